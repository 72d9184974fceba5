"""What a scenario file says: who does what, when, and where the case then stands or ends."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from service.domain.errors import MeldrouteError
from service.engine import ProcessInfo

Values = Mapping[str, Any]
_DATE = re.compile(r"[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d)", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a step stands in its file."""

    number: int
    """From 1."""
    line: int | None = None

    def __str__(self) -> str:
        return f"stap {self.number}" + (f" (regel {self.line})" if self.line else "")


@dataclass(frozen=True, kw_only=True)
class DoTask:
    """Somebody completes a task."""

    place: Place
    role: str
    task: str
    answers: Values = field(default_factory=dict)
    about: Values = field(default_factory=dict)
    """Which of several open tasks of this id: the one that can read these variables."""


@dataclass(frozen=True, kw_only=True)
class Wait:
    """Time passes."""

    place: Place
    span: str
    """``PT48H``, ``P3M``, ``2wd`` or ``4wu``."""


@dataclass(frozen=True, kw_only=True)
class Tell:
    """A message or signal arrives."""

    place: Place
    message: str
    key: str | None
    """The correlation key; None for the kenmerk of the case."""
    payload: Values = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Expect:
    """Exactly these tasks are open; one that is open twice is named twice."""

    place: Place
    open: tuple[str, ...]


Step = DoTask | Wait | Tell | Expect


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """Another case, which came about before this one."""

    scenario: str
    """Where it is written: ``map/naam``."""
    weeks: int
    """How long before this one it began."""


@dataclass(frozen=True, kw_only=True)
class Ending:
    """How the case ends."""

    names: tuple[str, ...] = ()
    """End events that were reached, in this order, others in between; the last one ended it."""
    outcome: Values = field(default_factory=dict)
    """Variables of the case: these, among others."""


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One course of one case."""

    file: str
    name: str
    municipalities: tuple[str, ...] | None
    """None for all."""
    process_id: str
    begin: datetime
    start: str | None
    """The timer start event that begins it, where a process can also begin otherwise."""
    variables: Values
    settings: Values
    jobs: Mapping[str, Values | Sequence[Values]]
    """Results of service tasks in memory, by job type: one for every visit, or one per visit."""
    reckoned: Mapping[str, Values | Sequence[Values]]
    """The same, and on a database their handlers must find exactly this, among other things."""
    earlier: Mapping[str, Earlier]
    """Other cases that must be there, by what this scenario calls their kenmerk. In memory nobody
    looks for them."""
    steps: tuple[Step, ...]
    ending: Ending

    def opening(self, process: ProcessInfo) -> Tell | None:
        """The first step, when that is the message or signal by which the process begins."""
        first = self.steps[0] if self.steps else None
        beginning = (*process.start_messages, *process.start_signals)
        return first if isinstance(first, Tell) and first.message in beginning else None


class ScenarioFailed(MeldrouteError):
    """A case does not go as its scenario says."""

    def __init__(
        self,
        scenario: Scenario,
        reason: str,
        *,
        place: Place | None = None,
        expected: Any = None,
        found: Any = None,
    ) -> None:
        at = f", {place}" if place else ""
        told = [f"{scenario.file}{at}: {reason}"]
        if expected is not None:
            told += [f"  verwacht: {spoken(expected)}", f"  gevonden: {spoken(found)}"]
        super().__init__("\n".join(told))
        self.reason, self.place, self.expected, self.found = reason, place, expected, found


def spoken(value: Any) -> str:
    """A value that was expected or found, in words."""
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value) or "niets"
    return str(value)


def begun(scenario: Scenario, at: datetime) -> Scenario:
    """The scenario with its whole course moved by weeks, so that it begins in the week of ``at``.

    Its dates move along, and stay on their day of the week.
    """
    by = timedelta(weeks=(at.date() - scenario.begin.date()).days // 7)
    return replace(
        scenario,
        begin=moved(scenario.begin, by),
        variables=moved(scenario.variables, by),
        steps=tuple(_moved_step(step, by) for step in scenario.steps),
    )


def _moved_step(step: Step, by: timedelta) -> Step:
    if isinstance(step, DoTask):
        return replace(step, answers=moved(step.answers, by), about=moved(step.about, by))
    if isinstance(step, Tell):
        return replace(step, payload=moved(step.payload, by))
    return step


def moved(value: Any, by: timedelta) -> Any:
    """A value with every date and moment in it so much later, dates written as text too."""
    if isinstance(value, Mapping):
        return {key: moved(inner, by) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [moved(inner, by) for inner in value]
    if isinstance(value, str) and _DATE.fullmatch(value):
        return (date.fromisoformat(value) + by).isoformat()
    return value + by if isinstance(value, date) else value
