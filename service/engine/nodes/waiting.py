"""Waiting for what an event says: a message, a signal, a moment, or a condition that comes true."""

from typing import Any

from service.engine import timers
from service.engine.elements import Condition, Message, Timer
from service.engine.scope import evaluate, incident, spelled, true_now
from service.engine.spiff import WAITING, Task, set_state


def wait(task: Task) -> bool:
    """Notes what a token waits for; True when that is so already.

    Raises:
        Incident: a formula of the event gives nothing usable.
    """
    event = task.task_spec.trigger.event
    set_state(task, WAITING)
    if isinstance(event, Message):
        name = evaluate(task, event.name)
        task.internal_data |= {"name": name, "key": correlation_key(task, event)}
    elif isinstance(event, Timer):
        timers.arm(task, event)
        return timers.due(task, task.workflow.top_workflow.around.now)
    elif isinstance(event, Condition):
        task.internal_data["was"] = true_now(task, event.when)
        return bool(task.internal_data["was"])
    return False


def look_again(case: Any) -> None:
    """A variable has changed: wakes whoever waits for a condition that has become true."""
    for task in case.in_order():
        event = task.task_spec.trigger.event
        if task.state == WAITING and isinstance(event, Condition):
            before, now = task.internal_data["was"], true_now(task, event.when)
            task.internal_data["was"] = now
            if now and not before:
                task.task_spec.fire(task)


def comes_again(task: Task) -> bool:
    """Whether a token that does not interrupt goes on waiting after it has fired."""
    event = task.task_spec.trigger.event
    return not isinstance(event, Timer) or timers.rearm(task)


def correlation_key(task: Task, event: Message) -> str | None:
    """The key of a message; numbers in their shortest form.

    Raises:
        Incident: there is a key expression, but it yields nothing to compare.
    """
    if event.key is None:
        return None
    value = evaluate(task, event.key)
    if value is None or isinstance(value, bool | list | dict):
        raise incident(task.task_spec.element, f"={event.key.text} geeft geen sleutel.")
    return value if isinstance(value, str) else spelled(value)
