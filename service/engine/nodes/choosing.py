"""Conditions on flows, as gateways and activities read them."""

from collections.abc import Iterator
from typing import Any

from service.engine.elements import Element, Flow
from service.engine.scope import evaluate, incident
from service.engine.spiff import Task

Way = tuple[Flow, Any]
"""A flow with the node that it leads to."""


def holds(task: Task, flow: Flow) -> bool:
    """Whether the condition of a flow holds; null without a reason does not.

    Raises:
        Incident: it yields something else than true or false, or null with a reason.
    """
    if flow.condition is None:
        return True
    value = evaluate(task, flow.condition)
    if value is not None and not isinstance(value, bool):
        element = task.task_spec.element
        raise incident(element, f"={flow.condition.text} zegt niet waar of onwaar.")
    return value is True


def holding(task: Task, ways: list[Way]) -> Iterator[Way]:
    """The ways other than the default one whose condition holds, in the order of the document."""
    default = task.task_spec.element.default
    return (way for way in ways if way[0].id != default and holds(task, way[0]))


def default_way(element: Element, ways: list[Way]) -> list[Way]:
    """The default flow.

    Raises:
        Incident: there is none, and no condition held.
    """
    found = [way for way in ways if way[0].id == element.default]
    if not found and ways:
        raise incident(element, "geen enkele uitgaande pijl past bij de gegevens.")
    return found


def every_way(task: Task, ways: list[Way]) -> list[Way]:
    """All ways whose condition holds, else the default; a flow without condition always holds.

    Raises:
        Incident: a condition says neither true nor false, or no way is left.
    """
    return list(holding(task, ways)) or default_way(task.task_spec.element, ways)
