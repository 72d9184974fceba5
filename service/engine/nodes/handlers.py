"""Event subprocesses: what a scope does when something happens while it runs."""

from typing import Any

from service.engine.nodes.base import What, cancel
from service.engine.nodes.calls import SubProcess
from service.engine.nodes.waiting import comes_again, wait
from service.engine.spiff import WAITING, Task, add_child


class EventSubProcess(SubProcess):
    """Waits as a *listener* as long as its scope runs; started, it is a subprocess like any other.

    A listener is a token of the scope in WAITING; it does not keep the scope alive.
    """

    can_be_entered = False

    def prepare(self) -> None:
        """Its one start event says what it waits for."""
        self.trigger = self.inside.entrances()[0].element

    def listens(self, task: Task) -> bool:
        """Whether the token is a listener."""
        return task.state == WAITING

    def arrive(self, task: Task) -> None:
        """The scope begins."""
        if wait(task):
            self.fire(task)

    def fire(self, task: Task, payload: dict[str, Any] | None = None) -> None:
        """Interrupts everything else in the scope, or runs beside it."""
        root = task.workflow.task_tree
        if self.trigger.interrupting:
            for other in root.children:
                if other is not task:
                    cancel(other)
        elif comes_again(task):
            task = add_child(root, self)
        task.internal_data = {"begun": 1}
        task.workflow.top_workflow.count(self.element)
        self.tell(task, "entered")
        self.map_inputs(task)
        self.begin(task, payload)

    def entrance(self, task: Task) -> Any:  # noqa: ARG002
        """The start event that waited."""
        return self.inside.entrances()[0]

    def member_left(self, task: Task, member: Task) -> None:
        """What an event within asked to be undone in the scope around it, has been."""
        inner = task.workflow.top_workflow.subprocesses[task.id]
        for waiting in list(inner.tasks.values()):
            if waiting.internal_data.get("undo") == member.id.hex:
                waiting.task_spec.member_left(waiting, member)

    def tell(self, task: Task, what: What) -> None:
        """A listener that nothing came to was never entered."""
        if {"begun", "undoing"} & task.internal_data.keys():
            super().tell(task, what)
