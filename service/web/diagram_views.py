"""Where something stands: its diagram for the island, and the same as a list of steps."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service.operations.diagrams import Diagram, Step
from service.web.views import due_view


@dataclass(frozen=True, kw_only=True)
class StepView:
    """A step of the process in words."""

    name: str
    state: str
    """``done``, ``now`` or ``ahead``."""
    about: str
    times: int


@dataclass(frozen=True, kw_only=True)
class DiagramChoice:
    """One of the processes a case has been in."""

    name: str
    url: str
    shown: bool
    busy: bool


def diagram_values(
    diagrams: Sequence[Diagram], *, wanted: str, address: Callable[[str], str], now: datetime
) -> dict[str, Any]:
    """What ``macros/diagram.html`` draws of one of the processes: ``wanted``, else the first.

    ``address``: of the page with the diagram of a process.
    """
    diagram = _shown(diagrams, wanted)
    steps = [_step(step, now) for step in diagram.steps] if diagram else []
    reached = _reached(steps)
    return {
        "diagram": _for_island(diagram) if diagram else None,
        "diagrams": list(_choices(diagrams, diagram, address)),
        "steps": steps[:reached],
        "steps_ahead": steps[reached:],
    }


def _shown(diagrams: Sequence[Diagram], wanted: str) -> Diagram | None:
    chosen = [diagram for diagram in diagrams if diagram.process_id == wanted]
    return next(iter(chosen or diagrams), None)


def _choices(
    diagrams: Sequence[Diagram], shown: Diagram | None, address: Callable[[str], str]
) -> Iterator[DiagramChoice]:
    for diagram in diagrams if len(diagrams) > 1 else ():
        yield DiagramChoice(
            name=diagram.name,
            url=address(diagram.process_id),
            shown=diagram is shown,
            busy=bool(diagram.now),
        )


def _for_island(diagram: Diagram) -> dict[str, Any]:
    badges = [
        {"element": step.element_id, "text": f"{step.times} keer"}
        for step in diagram.steps
        if step.times > 1
    ]
    return {
        "xml": diagram.xml,
        "done": diagram.done,
        "now": diagram.now,
        "taken": diagram.path,
        "badges": badges,
    }


def _step(step: Step, now: datetime) -> StepView:
    state = {"klaar": "done", "nu": "now"}.get(step.status, "ahead")
    due = due_view(step.due_at, now) if state == "now" else None
    about = [step.assignee or "", due.text if due else ""]
    return StepView(
        name=step.name, state=state, about=", ".join(filter(None, about)), times=step.times
    )


def _reached(steps: Sequence[StepView]) -> int:
    """How many steps there are up to the last one that was reached."""
    return max((n for n, step in enumerate(steps, 1) if step.state != "ahead"), default=0)
