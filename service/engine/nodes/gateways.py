"""Gateways: where tokens choose, split, meet and wait."""

from typing import Any

from service.engine.elements import Flow
from service.engine.nodes.base import Node, cancel
from service.engine.nodes.choosing import Way, default_way, holding
from service.engine.spiff import (
    COMPLETED,
    FUTURE,
    STARTED,
    WAITING,
    Task,
    add_child,
    adopt,
    make_ready,
    remove,
    set_state,
    update,
)


class ExclusiveGateway(Node):
    """One way on: the first whose condition holds, else the default."""

    def chosen(self, task: Task) -> list[Way]:
        """Exactly one flow."""
        first = next(holding(task, self.flows), None)
        return [first] if first else default_way(self.element, self.flows)


class Join(Node):
    """A gateway that waits for tokens; ``via`` of a token is the flow it came along."""

    def prepare(self) -> None:
        """Where several flows meet, a token must come along one of them."""
        self.can_be_entered = len(self.incoming) < 2

    def arrive(self, task: Task) -> None:
        """Waits, then goes on when it can."""
        set_state(task, WAITING)
        self.try_to_go(task.workflow)

    def waiting(self, workflow: Any) -> list[Task]:
        """The tokens that stand here, in order of arrival."""
        return [task for task in workflow.tasks.values() if task.task_spec is self]

    def try_to_go(self, workflow: Any) -> None:
        """Takes one token of each flow that has any, and goes on with one of them."""
        first: dict[str, Task] = {}
        only = self.incoming[0].id if self.incoming else ""
        for task in self.waiting(workflow):
            if task.state == WAITING:
                first.setdefault(task.internal_data.get("via", only), task)
        if first and self.complete(workflow, set(first)):
            *others, last = first.values()
            for task in others:
                remove(task)
            make_ready(last)

    def complete(self, workflow: Any, arrived: set[str]) -> bool:
        """Whether tokens have come along enough flows."""
        raise NotImplementedError


class ParallelGateway(Join):
    """Waits for a token on every incoming flow, then goes every way at once."""

    def chosen(self, task: Task) -> list[Way]:  # noqa: ARG002
        """Every flow: it has no conditions."""
        return self.flows

    def complete(self, workflow: Any, arrived: set[str]) -> bool:  # noqa: ARG002
        """Every incoming flow has a token."""
        return len(arrived) == len(self.incoming)


class InclusiveGateway(Join):
    """Goes every way whose condition holds; waits for every token that can still come."""

    origins: dict[str, frozenset[str]]

    def complete(self, workflow: Any, arrived: set[str]) -> bool:
        """No token elsewhere can come along a flow that has none yet.

        As in the BPMN standard: a token that could also come along a flow that has one already
        is not waited for.
        """
        if len(self.incoming) == len(arrived):
            return True
        occupied = set().union(*(self.origins[flow] for flow in arrived))
        empty = set().union(*(self.origins[f.id] for f in self.incoming if f.id not in arrived))
        for task in workflow.tasks.values():
            node = task.task_spec
            if task.state == COMPLETED or (node is self and task.state != FUTURE):
                continue
            if node is self or (node.element.id in empty and node.element.id not in occupied):
                return False
        return True

    def prepare(self) -> None:
        """Finds out, per incoming flow, from which elements a token can come along it."""
        super().prepare()
        self.origins = {flow.id: self._origins(flow) for flow in self.incoming}

    def _origins(self, flow: Flow) -> frozenset[str]:
        process = self._wf_spec
        found: set[str] = set()
        stack = [flow.source]
        while stack:
            name = stack.pop()
            if name in found or name == self.element.id:
                continue
            found.add(name)
            node = process.node(name)
            stack.extend(incoming.source for incoming in node.incoming)
            stack.extend(host.element.id for host in process.nodes() if name in host.boundary)
        return frozenset(found)


class EventGateway(Node):
    """Waits in STARTED for the first of several events."""

    rests = True

    def arrive(self, task: Task) -> None:
        """Awaits every event that follows."""
        self.tell(task, "entered")
        set_state(task, STARTED)
        for flow, target in self.flows:
            member = add_child(task, target)
            member.internal_data["via"] = flow.id
            update(member)
            if task.id not in task.workflow.tasks:
                return  # This event was due already.

    def member_fires(self, task: Task, member: Task) -> None:
        """Goes on along the flow of the event; the others are awaited no longer."""
        workflow = task.workflow
        adopt(member, workflow.task_tree)
        for other in task.children:
            cancel(other)
        self.tell(task, "completed")
        via = member.internal_data["via"]
        workflow.tell_flow(self.element, next(f for f, _ in self.flows if f.id == via))
        remove(task)
