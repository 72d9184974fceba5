"""Lays counts over the elements of a diagram, and tells apart what it does not have."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from service.domain.working_days import Unit, unit_of
from service.engine import FlowInfo, ProcessInfo, StepInfo
from service.operations.studio.insight.count import Done, Passed, Waiting
from service.operations.studio.insight.figures import (
    EVENT,
    FLOW,
    STEP,
    PathFigures,
    StepFigures,
)

_NORM_NAME = re.compile(r"\bnormtijden\.(\w+)")
_NEVER = Passed(flow=False, times=0, cases=0)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What was counted, by element id, and the norm times of the municipality."""

    waiting: Mapping[str, Waiting]
    done: Mapping[str, Done]
    passed: Mapping[str, Passed]
    norms: Mapping[str, str]


def steps_of(counts: Counts, process: ProcessInfo | None) -> Iterator[StepFigures]:
    """The steps of a diagram, in its order; other elements only where cases stand now."""
    for step in process.steps if process else ():
        if step.type in STEP or step.element_id in counts.waiting:
            name = step.name or step.element_id
            yield _step(counts, step.element_id, name, step.type, _norms(step, counts.norms))


def other_steps(counts: Counts, process: ProcessInfo | None) -> Iterator[StepFigures]:
    """What was counted at steps that are not in this diagram."""
    drawn = {step.element_id for step in process.steps} if process else set()
    for element_id in sorted({*counts.done, *counts.waiting} - drawn):
        known = counts.done.get(element_id) or counts.waiting[element_id]
        yield _step(counts, element_id, known.name or element_id, "", ())


def paths_of(counts: Counts, process: ProcessInfo | None) -> Iterator[PathFigures]:
    """The events and sequence flows of a diagram, in its order."""
    if process is None:
        return
    steps = {step.element_id: step for step in process.steps}
    for step in process.steps:
        if step.type in EVENT:
            passed = counts.passed.get(step.element_id, _NEVER)
            yield PathFigures(
                element_id=step.element_id,
                name=step.name or step.element_id,
                type=step.type,
                times=passed.times,
                cases=passed.cases,
            )
    for flow in process.flows:
        yield _flow(counts, flow, steps)


def other_paths(counts: Counts, process: ProcessInfo | None) -> Iterator[PathFigures]:
    """The sequence flows that were taken and are not in this diagram."""
    drawn = {flow.element_id for flow in process.flows} if process else set()
    for element_id, passed in sorted(counts.passed.items()):
        if passed.flow and element_id not in drawn:
            yield PathFigures(
                element_id=element_id,
                name=element_id,
                type="",
                times=passed.times,
                cases=passed.cases,
            )


def _step(
    counts: Counts, element_id: str, name: str, kind: str, norms: tuple[str, ...]
) -> StepFigures:
    waiting, done = counts.waiting.get(element_id), counts.done.get(element_id)
    found = StepFigures(
        element_id=element_id,
        name=name,
        type=kind,
        norms=norms,
        unit=_unit(norms),
        waiting=waiting.cases if waiting else 0,
        waiting_late=waiting.late if waiting else 0,
    )
    return _with_done(found, done) if done else found


def _with_done(step: StepFigures, done: Done) -> StepFigures:
    spread = {"wd": done.working_days, "wu": done.working_hours, "clock": done.hours}[step.unit]
    return replace(
        step,
        done=done.tasks,
        done_cases=done.cases,
        median=spread.median,
        p90=spread.p90,
        median_hours=done.hours.median,
        p90_hours=done.hours.p90,
        with_norm=done.with_norm,
        late=done.late,
        late_share=round(100 * done.late / done.with_norm) if done.with_norm else None,
    )


def _flow(counts: Counts, flow: FlowInfo, steps: Mapping[str, StepInfo]) -> PathFigures:
    passed = counts.passed.get(flow.element_id, _NEVER)
    source, target = steps[flow.source], steps[flow.target]
    left = counts.passed.get(flow.source, _NEVER).times
    forks = len(source.outgoing) > 1
    return PathFigures(
        element_id=flow.element_id,
        name=flow.name,
        type=FLOW,
        source=source.name or flow.source,
        target=target.name or flow.target,
        times=passed.times,
        cases=passed.cases,
        share=round(100 * passed.times / left) if forks and left else None,
    )


def _norms(step: StepInfo, norms: Mapping[str, str]) -> tuple[str, ...]:
    """The norm times that an expression names, in its order."""
    named = (norms.get(name) for name in _NORM_NAME.findall(step.due))
    return tuple(dict.fromkeys(norm for norm in named if norm))


def _unit(norms: tuple[str, ...]) -> Unit:
    """Working days where a norm time is in working days, else hours of work, else the clock."""
    units = {unit_of(norm) for norm in norms}
    return "wd" if "wd" in units else "wu" if "wu" in units else "clock"
