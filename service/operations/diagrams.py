"""Where a case stands and has been, drawn in its diagrams and told as a list of steps."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from service import engine


class Passed(NamedTuple):
    """One thing that happened: where, and what (``entered``, ``completed`` …)."""

    process_id: str
    element_id: str
    what: str
    is_repetition: bool = False
    """Whether it is about a repetition as a whole, beside each of its instances."""

    @classmethod
    def of(cls, entry: engine.TrailEntry) -> "Passed":
        """As the engine tells it; the history of a case has it without the kind of element."""
        is_repetition = entry.element_type == engine.REPETITION
        return cls(entry.process_id, entry.element_id, entry.what, is_repetition)


@dataclass(frozen=True, kw_only=True)
class OpenHere:
    """An open task."""

    process_id: str
    element_id: str
    assignee: str | None
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of the diagram in words."""

    element_id: str
    name: str
    status: str
    """``klaar``, ``nu`` or ``nog niet``."""
    times: int
    """How often it was done."""
    assignee: str | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Diagram:
    """One process of the case: its diagram and the same as a list of steps."""

    process_id: str
    name: str
    xml: str
    steps: tuple[Step, ...]
    done: tuple[str, ...]
    now: tuple[str, ...]
    path: tuple[str, ...]
    """The sequence flows that a token took."""


def diagrams(
    bundle: engine.CompiledBundle, trail: Sequence[Passed], tasks: Collection[OpenHere]
) -> Iterator[Diagram]:
    """The processes a case has been in, the one where something is open first."""
    visited = dict.fromkeys(step.process_id for step in trail)
    busy = {task.process_id for task in tasks}
    for process_id in sorted(visited, key=lambda p: (p not in busy,)):
        if process_id in bundle.processes:
            yield _diagram(bundle.processes[process_id], trail, tasks)


def _diagram(
    process: engine.ProcessInfo, trail: Sequence[Passed], tasks: Collection[OpenHere]
) -> Diagram:
    here = [step for step in trail if step.process_id == process.id]
    entered = Counter(step.element_id for step in here if step.what == "entered")
    left = Counter(step.element_id for step in here if step.what in ("completed", "cancelled"))
    completed = [step for step in here if step.what == "completed"]
    done = dict.fromkeys(step.element_id for step in completed)
    times = Counter(step.element_id for step in completed if not step.is_repetition)
    now = tuple(element for element in entered if entered[element] > left[element])
    open_here = {task.element_id: task for task in tasks if task.process_id == process.id}
    return Diagram(
        process_id=process.id,
        name=process.name or process.id,
        xml=process.xml.decode(),
        steps=tuple(
            _step(step, times[step.element_id], open_here.get(step.element_id), now, done)
            for step in process.steps
            if step.type.lower().endswith(("task", "callactivity"))
        ),
        done=tuple(done),
        now=now,
        path=tuple(dict.fromkeys(step.element_id for step in here if step.what == "taken")),
    )


def _step(
    step: engine.StepInfo,
    times: int,
    task: OpenHere | None,
    now: Collection[str],
    done: Collection[str],
) -> Step:
    here = step.element_id
    return Step(
        element_id=here,
        name=step.label,
        status="nu" if here in now else "klaar" if here in done else "nog niet",
        times=times,
        assignee=task.assignee if task else None,
        due_at=task.due_at if task else None,
    )
