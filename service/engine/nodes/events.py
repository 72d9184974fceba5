"""Events: what starts, ends, is waited for, and is thrown."""

from typing import Any

from service.engine.elements import Link, Message, Signal, Terminate, Thrown
from service.engine.nodes.base import Node, cancel
from service.engine.nodes.waiting import comes_again, correlation_key, wait
from service.engine.routing import broadcast, carried, publish, throw
from service.engine.scope import (
    apply_outputs,
    incident,
    merge_result,
)
from service.engine.spiff import (
    Task,
    add_child,
    adopt,
    make_ready,
)


def take_in(task: Task) -> None:
    """Takes in what an event brought, by its output mappings or name by name."""
    if payload := task.internal_data.pop("payload", None):
        merge_result(task, payload)
    apply_outputs(task)


class StartEvent(Node):
    """Where a process begins; what triggers it has happened before the token comes."""

    def execute(self, task: Task) -> bool | None:
        """Takes in what the trigger brought."""
        take_in(task)
        return True


class Catcher(Node):
    """Waits in WAITING for a message, a signal, a moment or a condition."""

    def arrive(self, task: Task) -> None:
        """Notes what is waited for; what is so already happens at once."""
        if self.element.event is None or isinstance(self.element.event, Link):
            make_ready(task)
        elif wait(task):
            self.fire(task)

    def fire(self, task: Task, payload: dict[str, Any] | None = None) -> None:
        """What is waited for has happened."""
        raise NotImplementedError

    def execute(self, task: Task) -> bool | None:
        """Takes in what the event brought."""
        take_in(task)
        return True


class CatchEvent(Catcher):
    """An event on the way."""

    rests = True

    def arrive(self, task: Task) -> None:
        """Under an event gateway it is the gateway that is entered."""
        if task.parent is task.workflow.task_tree:
            self.tell(task, "entered")
        super().arrive(task)

    def enter(self, task: Task) -> None:
        """The case begins here, behind an event gateway: what is waited for has happened."""
        for flow in self.incoming:
            gateway = task.workflow.spec.node(flow.source)
            gateway.tell(task, "completed")
            task.workflow.tell_flow(gateway.element, flow)
        make_ready(task)

    def fire(self, task: Task, payload: dict[str, Any] | None = None) -> None:
        """The token goes on."""
        if task.parent is not task.workflow.task_tree:
            task.parent.task_spec.member_fires(task.parent, task)
        task.internal_data["payload"] = payload
        make_ready(task)

    def tell(self, task: Task, what: Any) -> None:
        """An event that lost the race at an event gateway was never entered."""
        if what != "cancelled" or task.parent is task.workflow.task_tree:
            super().tell(task, what)


class BoundaryEvent(Catcher):
    """An event on the edge of an activity; armed as long as the activity runs."""

    can_be_entered = False

    def fire(self, task: Task, payload: dict[str, Any] | None = None) -> None:
        """Interrupts the activity, or sends a token of its own while the activity goes on."""
        workflow = task.workflow
        if self.element.interrupting:
            host = task.parent
            adopt(task, workflow.task_tree)
            cancel(host)
        elif comes_again(task):
            task = add_child(workflow.task_tree, self)
        else:
            adopt(task, workflow.task_tree)
        task.internal_data["payload"] = payload
        make_ready(task)


class Thrower(Node):
    """Throws what its event says, then goes on."""

    def execute(self, task: Task) -> bool | None:
        """Throws; an error that nobody catches stops the case."""
        self.tell(task, "completed")  # Told first: what it throws may end its own process.
        event = self.element.event
        if isinstance(event, Message):
            publish(task, event, correlation_key(task, event), carried(task))
        elif isinstance(event, Signal):
            broadcast(task, event)
        elif isinstance(event, Thrown):
            self.throw(task, event)
        return True

    def finished(self, task: Task) -> None:
        """Told already."""

    def throw(self, task: Task, event: Thrown) -> None:
        """To the nearest catcher outside; an escalation may find none."""
        if not throw(task, event.kind, event.code) and event.kind == "error":
            raise incident(self.element, f"fout {event.code!r} wordt nergens opgevangen.")


class ThrowEvent(Thrower):
    """Throws on the way."""


class EndEvent(Thrower):
    """Takes its token out of the process."""

    def execute(self, task: Task) -> bool | None:
        """Throws, or ends everything else in its process."""
        workflow = task.workflow
        if workflow.top_workflow is workflow:
            workflow.ended_by = self.element.id
        if isinstance(self.element.event, Terminate):
            workflow.cancel_tokens(but=task)
        return super().execute(task)
