"""Lays counts over the elements of a diagram."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from service.domain.working_days import Unit, unit_of
from service.engine import FlowInfo, ProcessInfo, StepInfo
from service.operations.studio.insight.count import Done, Passed, Waiting
from service.operations.studio.insight.figures import (
    EVENT,
    FLOW,
    STEP,
    TASK,
    PathFigures,
    StepFigures,
)

_NORM_NAME = re.compile(r"\bnormtijden\.(\w+)")
_NEVER = Passed(times=0, cases=0)
Part = tuple[ProcessInfo, frozenset[str]]
"""A diagram, and which of its elements are meant."""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What was counted, by element id, and the norm times of the municipality."""

    waiting: Mapping[str, Waiting]
    done: Mapping[str, Done]
    passed: Mapping[str, Passed]
    norms: Mapping[str, str]

    def elements(self) -> frozenset[str]:
        """Everything at which something was counted."""
        return frozenset({*self.waiting, *self.done, *self.passed})


def whole(process: ProcessInfo) -> Part:
    """A diagram with all that can be counted in it."""
    steps = {step.element_id for step in process.steps}
    return process, frozenset(steps.union(flow.element_id for flow in process.flows))


def steps_of(counts: Counts, parts: Iterable[Part]) -> Iterator[StepFigures]:
    """The steps of diagrams, in their order; other elements only where cases stand now.

    Events after an event gateway are ways on: it is at the gateway that a case waits.
    """
    for process, among in parts:
        kinds = {step.element_id: step.type for step in process.steps}
        ways = {flow.target for flow in process.flows if kinds[flow.source] == "eventBasedGateway"}
        for step in process.steps:
            is_step = step.type in STEP and step.element_id not in ways
            if step.element_id in among and (is_step or step.element_id in counts.waiting):
                yield _step(counts, step)


def paths_of(counts: Counts, parts: Iterable[Part]) -> Iterator[PathFigures]:
    """The events and sequence flows of diagrams, in their order."""
    for process, among in parts:
        steps = {step.element_id: step for step in process.steps}
        for step in process.steps:
            if step.type in EVENT and step.element_id in among:
                yield _event(counts, step)
        for flow in process.flows:
            if flow.element_id in among:
                yield _flow(counts, flow, steps)


def _step(counts: Counts, step: StepInfo) -> StepFigures:
    norms = _norms(step, counts.norms)
    waiting = counts.waiting.get(step.element_id)
    found = StepFigures(
        element_id=step.element_id,
        name=step.label,
        type=step.type,
        called=step.called,
        norms=norms,
        unit=_unit(norms),
        waiting=waiting.cases if waiting else 0,
        waiting_late=waiting.late if waiting else 0,
    )
    if done := counts.done.get(step.element_id):
        return _with_done(found, done)
    if step.type != TASK and (passed := counts.passed.get(step.element_id)):
        return _with_passed(found, passed)
    return found


def _with_done(step: StepFigures, done: Done) -> StepFigures:
    spread = {"wd": done.working_days, "wu": done.working_hours, "clock": done.hours}[step.unit]
    return replace(
        step,
        done=done.tasks,
        done_cases=done.cases,
        timed=done.tasks,
        timed_cases=done.cases,
        median=spread.median,
        p90=spread.p90,
        median_hours=done.hours.median,
        p90_hours=done.hours.p90,
        with_norm=done.with_norm,
        late=done.late,
        late_share=round(100 * done.late / done.with_norm) if done.with_norm else None,
    )


def _with_passed(step: StepFigures, passed: Passed) -> StepFigures:
    median = passed.hours.median if passed.hours else None
    p90 = passed.hours.p90 if passed.hours else None
    return replace(
        step,
        done=passed.times,
        done_cases=passed.cases,
        timed=passed.timed,
        timed_cases=passed.timed_cases,
        median=median,
        p90=p90,
        median_hours=median,
        p90_hours=p90,
    )


def _event(counts: Counts, event: StepInfo) -> PathFigures:
    passed = counts.passed.get(event.element_id, _NEVER)
    return PathFigures(
        element_id=event.element_id,
        name=event.label,
        type=event.type,
        times=passed.times,
        cases=passed.cases,
    )


def _flow(counts: Counts, flow: FlowInfo, steps: Mapping[str, StepInfo]) -> PathFigures:
    passed = counts.passed.get(flow.element_id, _NEVER)
    source, target = steps[flow.source], _past_joins(steps[flow.target], steps)
    left = counts.passed.get(flow.source, _NEVER).times
    choice = len(source.outgoing) > 1 and source.type != "parallelGateway"
    return PathFigures(
        element_id=flow.element_id,
        name=flow.name,
        type=FLOW,
        source=source.label,
        target=target.name or target.label,
        choice=choice,
        times=passed.times,
        cases=passed.cases,
        share=round(100 * passed.times / left) if choice and left else None,
    )


def _past_joins(step: StepInfo, steps: Mapping[str, StepInfo]) -> StepInfo:
    """What comes after gateways without a name that only bring ways together."""
    seen: set[str] = set()
    while step.type.endswith("Gateway") and not step.name and len(step.outgoing) == 1:
        if step.element_id in seen:
            break
        seen.add(step.element_id)
        step = steps[step.outgoing[0]]
    return step


def _norms(step: StepInfo, norms: Mapping[str, str]) -> tuple[str, ...]:
    """The norm times that an expression names, in its order."""
    named = (norms.get(name) for name in _NORM_NAME.findall(step.due))
    return tuple(dict.fromkeys(norm for norm in named if norm))


def _unit(norms: tuple[str, ...]) -> Unit:
    """Working days where a norm time is in working days, else hours of work, else the clock."""
    units = {unit_of(norm) for norm in norms}
    return "wd" if "wd" in units else "wu" if "wu" in units else "clock"
