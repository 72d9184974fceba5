"""Waiting timers: when they are due, and when they come again."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from service.domain.errors import InvalidInput
from service.engine.elements import Timer
from service.engine.expressions import Formula
from service.engine.moments import Span, next_after, read_cycle, read_moment, read_span
from service.engine.scope import evaluate, incident
from service.engine.spiff import WAITING, Task


def arm(task: Task, timer: Timer) -> None:
    """Computes when a timer is due, once.

    Raises:
        Incident: its formula gives no usable moment.
    """
    value = evaluate(task, timer.when)
    try:
        task.internal_data |= _schedule(task, timer, value)
    except InvalidInput as error:
        raise incident(task.task_spec.element, unusable(timer.when, error)) from error


def unusable(when: Formula, error: InvalidInput) -> str:
    """Why a formula gives no time; without its value, which may be about a person."""
    if when.expression is None:
        return str(error)
    return f"={when.text} geeft geen bruikbaar moment (met tijdzone), geen duur of herhaling."


def _schedule(task: Task, timer: Timer, value: Any) -> dict[str, Any]:
    around = task.workflow.top_workflow.around
    zone = around.calendar.zone
    if timer.kind == "date":
        return {"due": read_moment(value, zone).isoformat()}
    if timer.kind == "duration":
        return {"due": read_span(value).after(around.now, zone).isoformat()}
    cycle = read_cycle(value, zone)
    every = cycle.every
    due = cycle.start or every.after(around.now, zone)
    return {
        "due": due.isoformat(),
        "left": cycle.count,
        "every": [every.months, every.days, every.seconds],
    }


def due_at(task: Task) -> datetime | None:
    """When a waiting timer fires, in UTC; None for everything else."""
    if task.state != WAITING or "due" not in task.internal_data:
        return None
    return datetime.fromisoformat(task.internal_data["due"])


def due(task: Task, now: datetime) -> bool:
    """Whether it is time."""
    moment = due_at(task)
    return moment is not None and moment <= now


def rearm(task: Task) -> bool:
    """Sets a cycle to its next moment after now; False when this was its last round.

    A cycle that is late fires once and falls back into step.
    """
    internal = task.internal_data
    if "every" not in internal or internal["left"] == 1:
        return False
    around = task.workflow.top_workflow.around
    last = datetime.fromisoformat(internal["due"])
    following = next_after(Span(*internal["every"]), last, around.now, around.calendar.zone)
    internal["due"] = following.isoformat()
    if internal["left"] is not None:
        internal["left"] -= 1
    return True


def soonest(tasks: Iterable[Task]) -> datetime | None:
    """When the first of these timers is due."""
    moments = (due_at(task) for task in tasks if "due" in task.internal_data)
    return min((moment for moment in moments if moment is not None), default=None)


def in_order(tasks: Iterable[Task], now: datetime) -> list[Task]:
    """The timers that are due, longest overdue first."""
    found = [task for task in tasks if due(task, now)]
    return sorted(found, key=lambda task: due_at(task) or datetime.max.replace(tzinfo=UTC))
