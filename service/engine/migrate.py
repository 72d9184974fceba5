"""Moves a running case to another publication: token by token, by the ids of the elements.

What runs goes on running: timers keep their moment, tasks their id, repetitions their items and
results. What only waits beside something else (on an edge, at an event gateway, for its scope)
is dropped when it is gone, and armed when it is new.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from service.domain.errors import Refused
from service.domain.findings import Finding, Severity
from service.engine import codec
from service.engine.advance import Advance, Surroundings
from service.engine.arming import arm, waits_beside
from service.engine.bundle import CompiledBundle, ProcessInfo, StepInfo
from service.engine.elements import Element
from service.engine.nodes.gateways import Join
from service.engine.nodes.instances import MultiInstance
from service.engine.nodes.undoing import UNDOING
from service.engine.nodes.waiting import wait
from service.engine.report import open_work, report, requests, tasks_for_people
from service.engine.spiff import WAITING, Task, restore
from service.engine.steps import telling
from service.engine.tokens import is_armed
from service.engine.workflow import Inner, Instance, Running


@dataclass(frozen=True, kw_only=True)
class Move:
    """Where what stands at one element goes."""

    process_id: str
    element_id: str
    name: str
    """What to call it beside others."""
    type: str
    to: str | None
    """None when a case that stands here has no place."""
    why: Literal["same", "form", "name", "gone", "changed"]
    """``changed``: the id is still there, but means another kind of element."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Where each element goes; change ``to`` of a move with ``dataclasses.replace``."""

    moves: tuple[Move, ...]

    def target(self, element: Element) -> str | None:
        """Where what stands at an element goes."""
        return self._targets.get((element.process_id, element.id), element.id)

    @cached_property
    def _targets(self) -> dict[tuple[str, str], str | None]:
        return {(move.process_id, move.element_id): move.to for move in self.moves}


def plan_migration(old: CompiledBundle, new: CompiledBundle, process_ids: Iterable[str]) -> Plan:
    """Each element of these processes with where it goes, or a suggestion.

    The same id and kind stays; else the one element of that kind with the same form, else with
    the same name.
    """
    moves = []
    for process_id in process_ids:
        there = new.processes.get(process_id)
        moves += [_move(process_id, step, there) for step in old.processes[process_id].steps]
    return Plan(moves=tuple(moves))


def _move(process_id: str, step: StepInfo, there: ProcessInfo | None) -> Move:
    to, why = _suggestion(step, there.steps if there else ())
    return Move(
        process_id=process_id,
        element_id=step.element_id,
        name=step.label,
        type=step.type,
        to=to,
        why=why,
    )


def _suggestion(
    step: StepInfo, there: tuple[StepInfo, ...]
) -> tuple[str | None, Literal["same", "form", "name", "gone", "changed"]]:
    same = next((other for other in there if other.element_id == step.element_id), None)
    if same is not None and same.type == step.type:
        return same.element_id, "same"
    alike = [other for other in there if other.type == step.type]
    forms = [o.element_id for o in alike if step.form_id and o.form_id == step.form_id]
    if len(forms) == 1:
        return forms[0], "form"
    names = [o.element_id for o in alike if step.name and o.name == step.name]
    if len(names) == 1:
        return names[0], "name"
    return None, "changed" if same is not None else "gone"


def migrate(
    old: CompiledBundle, new: CompiledBundle, state: bytes, plan: Plan, *, around: Surroundings
) -> Advance:
    """The case on the new publication.

    ``opened`` and ``jobs`` hold all that stands open, as the new publication describes it;
    ``closed`` and ``cancelled_jobs`` what an event that is new, and due already, has ended.

    Raises:
        Refused: something that runs has no place; one finding each, nothing is changed.
        Incident: what is new cannot be armed, or a task can no longer be assigned.
    """
    moving = _Moving(old=codec.load(state, old, around), new=new, plan=plan, around=around)
    case = moving.moved()
    if moving.problems:
        first = moving.problems[0]
        raise Refused(f"{first.reason} {first.way_out}", moving.problems)
    before = open_work(case)
    with telling(case):
        for source, target in moving.pairs:
            arm(source, target, moving.successor)
        for _, target in moving.pairs:
            for join in (n for n in target.spec.nodes() if isinstance(n, Join)):
                join.try_to_go(target)  # It may wait for fewer flows now.
        case.changed = True  # Conditions may be others now, and true.
        case.run()
        told = report(case, before)
        return replace(told, opened=tasks_for_people(case), jobs=requests(case))


@dataclass
class _Moving:
    old: Instance
    new: CompiledBundle
    plan: Plan
    around: Surroundings

    def moved(self) -> Instance:
        self.problems: list[Finding] = []
        self.pairs: list[tuple[Running, Running]] = []
        """Each process that runs, as it was and as it will be."""
        case = Instance(self.new.process(self.old.spec.name), self.new, self.around)
        case.data, case.completed = self.old.data, self.old.completed
        if self.old.ended_by:
            to = self._name(self.old.spec.node(self.old.ended_by))
            case.ended_by = to if to is not None and case.spec.has(to) else None
        self._fill(self.old, case)
        for key, inner in self.old.subprocesses.items():
            host = case.find(key)
            if host is None:
                continue  # It has no place, and so nothing within has.
            own = None if inner.embedded else inner.data
            here = Inner(host.task_spec.process(host), host, own)
            here.plant()
            if here.written is not None and inner.written:
                here.written.update(inner.written)
            self._fill(inner, here)
        return case

    def successor(self, node: Any, target: Running) -> str | None:
        """The node of its kind that takes its place."""
        name = self._name(node)
        if name is None or not target.spec.has(name):
            return None
        return name if _alike(node, target.spec.node(name)) else None

    def _fill(self, source: Running, target: Running) -> None:
        self.pairs.append((source, target))
        target.undoable = self._lines(source.undoable, source.spec, target.spec)
        parents = {source.task_tree.id: target.task_tree}
        stack = list(reversed(source.task_tree.children))
        while stack:
            task = stack.pop()
            name, armed = self._place(task, target), is_armed(task)
            parent = parents[task.parent.id]
            if name is None or (armed and not _can_wait(target.spec.node(name), parent)):
                if not armed:
                    self._refuse(task.task_spec.element)
                continue
            copy = _copy(task, target, name, parent, self.plan)
            if (lines := copy.internal_data.get("lines")) is not None:
                copy.internal_data["lines"] = self._lines(lines, source.spec, target.spec)
            if (lines := copy.internal_data.get("log")) is not None:
                copy.internal_data["log"] = self._lines(lines, source.spec, target.spec)
            parents[task.id] = copy
            stack.extend(reversed(task.children))

    def _place(self, task: Task, target: Running) -> str | None:
        """The name of the node that a token goes to; None when there is none of its kind."""
        node = task.task_spec
        name = self.successor(node, target)
        if name is None or _via(task, target.spec.node(name), self.plan) is None:
            return None
        return name

    def _name(self, node: Any) -> str | None:
        if node.name == UNDOING:
            return UNDOING
        to = self.plan.target(node.element)
        return None if to is None else to + node.name[len(node.element.id) :]

    def _lines(self, lines: list[Any], source: Any, target: Any) -> list[Any]:
        """What can be undone, as far as the new diagram can."""
        kept = []
        for name, data, inside in lines:
            node = source.node(name)
            to = self._name(node)
            there = target.node(to) if to is not None and target.has(to) else None
            if there is None or type(there) is not type(node):
                continue
            if there.undo:
                kept.append([to, data, None])
            elif inside:
                kept.append([to, data, self._lines(inside, node.inside, there.inside)])
        return kept

    def _refuse(self, element: Element) -> None:
        self.problems.append(
            Finding(
                file=self.new.processes[element.process_id].file
                if element.process_id in self.new.processes
                else "",
                element_id=element.id,
                code="no-place",
                severity=Severity.ERROR,
                reason=f"De zaak staat bij {element.name or element.id}; dat heeft geen plek meer.",
                way_out="Kies een andere stap in het plan, of rond deze stap eerst af.",
                line=None,
            )
        )


def _alike(node: Any, there: Any) -> bool:
    """Whether what stands at one node can stand at the other and go on from there."""
    if type(there) is not type(node) or type(there.trigger.event) is not type(node.trigger.event):
        return False
    if isinstance(node, MultiInstance):
        return bool(node.loop.sequential == there.loop.sequential)
    return True


def _can_wait(node: Any, parent: Task) -> bool:
    """Whether a token may wait here beside its parent, and none does yet."""
    if any(other.task_spec is node and is_armed(other) for other in parent.children):
        return False
    return parent is parent.workflow.task_tree or waits_beside(node, parent)


def _via(task: Task, there: Any, plan: Plan) -> str | None:
    """The flow along which the token came, in the new diagram; empty when that is no matter."""
    via = task.internal_data.get("via")
    if not via:
        return ""
    if any(flow.id == via for flow in there.incoming):
        return str(via)
    spec = task.workflow.spec
    source = next((f.source for f in task.task_spec.incoming if f.id == via), None)
    goal = plan.target(spec.node(source).element) if source and spec.has(source) else None
    found = next((flow.id for flow in there.incoming if flow.source == goal), None)
    matters = len(there.incoming) > 1 and hasattr(there, "try_to_go")
    return found if found or matters else ""


def _copy(task: Task, workflow: Running, name: str, parent: Task, plan: Plan) -> Task:
    node = workflow.spec.node(name)
    internal = dict(task.internal_data)
    if via := _via(task, node, plan):
        internal["via"] = via
    copy = restore(
        id=task.id,
        workflow=workflow,
        spec=node,
        parent=parent,
        state=task.state,
        data=task.data,
        internal=internal,
    )
    if copy.state == WAITING and "name" in internal:
        wait(copy)  # The name or key of its message may be another now.
    return copy
