"""Compensation: what has been done is undone, the last first.

A completed activity that can be undone leaves a *line* in its scope: the node, its locals, and
the lines of what was done inside it when it has no handler of its own. Undoing works a list of
lines off from the end, one at a time.
"""

from typing import Any

from service.engine.elements import Cancel, Compensate
from service.engine.nodes.base import Node, What
from service.engine.nodes.events import EndEvent, ThrowEvent
from service.engine.nodes.handlers import EventSubProcess
from service.engine.scope import incident
from service.engine.spiff import STARTED, Task, add_child, make_ready, set_state, update

UNDOING = "[undo]"
"""The node of each process that works the lines off; it is not in the diagram."""


class Undoing(Node):
    """Holds the lines that are left, and the handler that runs now."""

    can_be_entered = False

    def arrive(self, task: Task) -> None:
        """Begins with the last line."""
        set_state(task, STARTED)
        self.go_on(task)

    def go_on(self, task: Task) -> None:
        """Takes the next line; without any, it is done."""
        lines = task.internal_data["lines"]
        if not lines:
            make_ready(task)
            return
        name, data, inner = lines.pop()
        node = task.workflow.spec.node(name)
        if inner is None:
            event = node.undo_event
            task.workflow.tell(event, event.type, "completed", task)
            handler = add_child(task, task.workflow.spec.node(node.undo))
            handler.data = dict(data)
            update(handler)
        else:
            node.undo_inside(add_child(task, node), data, inner)

    def member_left(self, task: Task, member: Task) -> None:  # noqa: ARG002
        """One line has been undone."""
        self.go_on(task)

    def tell(self, task: Task, what: What) -> None:
        """Nobody has drawn it."""


def undo(parent: Task, lines: list[Any]) -> Task:
    """Begins to undo these lines; ``parent`` hears when that is done."""
    token = add_child(parent, parent.workflow.spec.node(UNDOING))
    token.internal_data["lines"] = lines
    return token


class _Undoer(Node):
    """An event that has things undone before it goes on."""

    def undone(self, task: Task) -> bool:
        """Whether everything has been undone; begins with it when not."""
        if task.internal_data.pop("undone", None):
            return True
        host, lines = self.to_undo(task)
        if not lines:
            return True
        token = undo(host, lines)
        task.internal_data["undo"] = token.id.hex
        update(token)
        return False

    def to_undo(self, task: Task) -> tuple[Task, list[Any]]:
        """What is to be undone, taken out of its scope; and under which token."""
        workflow, event = task.workflow, self.element.event
        wanted = event.activity if isinstance(event, Compensate) else None
        around = workflow.parent_task
        handles = around is not None and isinstance(around.task_spec, EventSubProcess)
        if handles and (wanted is None or not workflow.spec.has(wanted)):
            return around, _taken(around.workflow, wanted)
        return task, _taken(workflow, wanted)

    def member_left(self, task: Task, member: Task) -> None:  # noqa: ARG002
        """Everything has been undone."""
        resume(task)


def resume(task: Task) -> None:
    """Lets an event go on after what it asked for has been undone."""
    del task.internal_data["undo"]
    task.internal_data["undone"] = 1
    make_ready(task)


def _taken(workflow: Any, wanted: str | None) -> list[Any]:
    kept: list[Any] = []
    taken: list[Any] = []
    for line in workflow.undoable:
        here = wanted is None or workflow.spec.node(line[0]).element.id == wanted
        (taken if here else kept).append(line)
    workflow.undoable = kept
    return taken


class CompensateThrow(_Undoer, ThrowEvent):
    """Undoes on the way."""

    def execute(self, task: Task) -> bool | None:
        """Goes on when everything has been undone."""
        return super().execute(task) if self.undone(task) else None


class CompensateEnd(_Undoer, EndEvent):
    """Undoes at an end."""

    def execute(self, task: Task) -> bool | None:
        """Ends when everything has been undone."""
        return super().execute(task) if self.undone(task) else None


class CancelEnd(_Undoer, EndEvent):
    """Takes a transaction back: ends what runs in it, undoes what was done, leaves by its edge."""

    def execute(self, task: Task) -> bool | None:
        """Leaves by the cancel event on the edge of the transaction."""
        workflow = task.workflow
        if "undone" not in task.internal_data:
            workflow.cancel_tokens(but=task)
        if not self.undone(task):
            return None
        self.tell(task, "completed")
        host = workflow.parent_task
        for event in host.children if host else ():
            if isinstance(event.task_spec.trigger.event, Cancel):
                event.task_spec.fire(event)
                return True
        raise incident(self.element, "niets vangt de annulering op.")
