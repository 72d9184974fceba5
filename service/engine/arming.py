"""Arms what a newer diagram has besides: events on edges, ways of event gateways, listeners.

Only what is new. An event that the old diagram had too, and that no longer waits, has happened
or was called off; it does not come again because its case was moved.
"""

from collections.abc import Callable, Iterator
from typing import Any

from service.engine.nodes.base import Activity
from service.engine.nodes.gateways import EventGateway
from service.engine.nodes.handlers import EventSubProcess
from service.engine.spiff import Task, add_child, update
from service.engine.workflow import Running

Successor = Callable[[Any, Running], str | None]
"""The node of a process that takes the place of a node of the old diagram, if one does."""


def arm(source: Running, target: Running, successor: Successor) -> None:
    """Arms what ``target``, the process that ``source`` has become, has more than that one."""
    for task in list(target.tasks.values()):
        before = source.tasks.get(task.id)
        if before is None or task is target.task_tree or "undoing" in task.internal_data:
            continue
        known = {successor(node, target) for node in _beside(before)}
        known |= {child.task_spec.name for child in task.children}
        for node, via in _ways(task):
            # One that was due already may have ended the task.
            if node.name not in known and task.id in target.tasks:
                token = add_child(task, node)
                token.internal_data |= {"via": via} if via else {}
                update(token)
    _listen(source, target, successor)


def waits_beside(node: Any, host: Task) -> bool:
    """Whether a token of this node can hang under that token."""
    return any(node is other for other in _beside(host))


def _beside(task: Task) -> list[Any]:
    return [node for node, _ in _ways(task)]


def _ways(task: Task) -> Iterator[tuple[Any, str]]:
    """What is armed while a token stands where it stands, and the flow that leads there."""
    node = task.task_spec
    one_of_several = "index" in task.internal_data  # The edge is that of the repetition as a whole.
    if isinstance(node, EventGateway):
        yield from ((goal, flow.id) for flow, goal in node.flows)
    elif isinstance(node, Activity) and not one_of_several and not node.listens(task):
        yield from ((task.workflow.spec.node(name), "") for name in node.boundary)


def _listen(source: Running, target: Running, successor: Successor) -> None:
    around = target.parent_task
    undone = around is not None and "undoing" in around.internal_data
    if undone or target.completed or any(map(_has_taken_over, target.tasks.values())):
        return
    known = {successor(node, target) for node in source.spec.handlers()}
    known |= {task.task_spec.name for task in target.tasks.values()}
    for handler in target.spec.handlers():
        if handler.name not in known:
            update(add_child(target.task_tree, handler))


def _has_taken_over(task: Task) -> bool:
    """Whether it is an event subprocess that has ended everything else in its scope."""
    node = task.task_spec
    return (
        isinstance(node, EventSubProcess) and not node.listens(task) and node.trigger.interrupting
    )
