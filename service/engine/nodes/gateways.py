"""Gateways: where tokens choose, split, meet and wait."""

from collections.abc import Iterable
from typing import Any

from service.engine.elements import Flow
from service.engine.nodes.base import Node, cancel
from service.engine.scope import evaluate, incident
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


class ChoosingGateway(Node):
    """A gateway whose outgoing flows have conditions, tried in the order of the document."""

    def true_flows(self, task: Task) -> Iterable[tuple[Flow, Node]]:
        """The flows other than the default one whose condition holds."""
        default = self.element.default
        return (way for way in self.flows if way[0].id != default and holds(task, way[0]))

    def default_flow(self) -> list[tuple[Flow, Node]]:
        """The default flow.

        Raises:
            Incident: there is none, and no condition held.
        """
        found = [way for way in self.flows if way[0].id == self.element.default]
        if not found and self.flows:
            raise incident(self.element, "geen enkele uitgaande pijl past bij de gegevens.")
        return found


class ExclusiveGateway(ChoosingGateway):
    """One way on: the first whose condition holds, else the default."""

    def chosen(self, task: Task) -> list[tuple[Flow, Node]]:
        """Exactly one flow."""
        first = next(iter(self.true_flows(task)), None)
        return [first] if first else self.default_flow()


class Join(Node):
    """A gateway that waits for tokens; ``via`` of a token is the flow it came along."""

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
        for task in self.waiting(workflow):
            if task.state == WAITING:
                first.setdefault(task.internal_data["via"], task)
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

    def complete(self, workflow: Any, arrived: set[str]) -> bool:  # noqa: ARG002
        """Every incoming flow has a token."""
        return len(arrived) == len(self.incoming)


class InclusiveGateway(ChoosingGateway, Join):
    """Goes every way whose condition holds; waits for every token that can still come."""

    origins: dict[str, frozenset[str]]

    def chosen(self, task: Task) -> list[tuple[Flow, Node]]:
        """At least one flow."""
        return list(self.true_flows(task)) or self.default_flow()

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
