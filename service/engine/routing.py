"""Who catches what is thrown: errors and escalations inwards out, signals and messages by name."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from service.engine.advance import MessageOut, SignalOut
from service.engine.elements import Message, Signal, Thrown
from service.engine.scope import assign, evaluate, evaluate_mapping
from service.engine.spiff import WAITING, Task


def throw(task: Task, kind: Literal["error", "escalation"], code: str | None) -> bool:
    """To the nearest that catches it around the thrower; at most once.

    Nearest are the events on the edge of an activity, then the event subprocesses beside it,
    then the edge of the activity around it. What names the code goes before what catches
    everything, but what is nearer goes before both.
    """
    for catchers in _around(task):
        armed = [t for t in catchers if _catches(t, kind, code)]
        armed.sort(key=lambda t: t.task_spec.trigger.event.code is None)
        if armed:
            armed[0].task_spec.fire(armed[0])
            return True
    return False


def _around(task: Task) -> Iterator[list[Task]]:
    """Who may catch, from the inside out, up to and through call activities."""
    here: Task | None = task
    while here is not None:
        yield here.children
        workflow, own = here.workflow, here.task_spec
        if here.parent is not workflow.task_tree:
            here = here.parent
            continue
        # An event subprocess does not catch what it throws itself.
        yield [
            t
            for t in workflow.task_tree.children
            if t.task_spec.listens(t) and t.task_spec is not own
        ]
        here = workflow.parent_task


def _catches(task: Task, kind: str, code: str | None) -> bool:
    event = task.task_spec.trigger.event
    fits = isinstance(event, Thrown) and event.kind == kind and event.code in (None, code)
    return fits and task.state == WAITING


def broadcast(task: Task, signal: Signal) -> None:
    """Wakes everybody in the case that waits for a signal; other cases hear it afterwards."""
    top = task.workflow.top_workflow
    payload = carried(task)
    top.signals.append(SignalOut(name=signal.name, payload=payload))
    hear(top, signal.name, payload)


def hear(top: Any, name: str, payload: Mapping[str, Any]) -> int:
    """Wakes everybody in the case that waits for a signal now; returns how many."""
    found = [task for task in top.in_order() if awaits(task, Signal, name)]
    woken = 0
    for task in found:
        if task.state == WAITING:  # Unless another one has cancelled it.
            task.task_spec.fire(task, dict(payload))
            woken += 1
    return woken


def awaits(task: Task, kind: type[Signal], name: str) -> bool:
    """Whether a token waits for this signal."""
    event = task.task_spec.trigger.event
    return task.state == WAITING and isinstance(event, kind) and event.name == name


def carried(task: Task) -> dict[str, Any]:
    """What a message or signal carries: what the input mappings of its event say."""
    payload: dict[str, Any] = {}
    for mapping in task.task_spec.element.inputs:
        assign(task, [payload], mapping.target, evaluate_mapping(task, mapping.source))
    return payload


def publish(task: Task, message: Message, key: str | None, payload: dict[str, Any]) -> None:
    """Puts a message in the outbox."""
    name = str(evaluate(task, message.name))
    outbox = task.workflow.top_workflow.outbox
    outbox.append(MessageOut(name=name, correlation_key=key, payload=payload))


def deliver(top: Any, name: str, key: str | None, payload: Mapping[str, Any]) -> int:
    """Hands a message to everybody who waits for it with this key; returns how many.

    A waiter without a key takes every message of its name.
    """
    found = 0
    for task in top.in_order():
        wants = task.internal_data
        if task.state != WAITING or wants.get("name") != name:
            continue
        if wants["key"] in (None, key) and task.id in task.workflow.tasks:
            task.task_spec.fire(task, dict(payload))
            found += 1
    return found
