"""Whether a case can stand where it stands: could its own diagrams have brought it there?

Each running scope is compared with every marking of its workflow net, the same that the guard
judges a diagram by. Only tokens count: what conditions would have said, nobody knows afterwards.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations, islice, product

from service.domain.xml import read_xml
from service.engine import codec
from service.engine.advance import Surroundings
from service.engine.bundle import CompiledBundle
from service.engine.guard.model import Diagram, Node, Scope, understand
from service.engine.guard.soundness.explore import Budget, Found, explore
from service.engine.guard.soundness.graph import graph_of
from service.engine.guard.soundness.net import Marking, Net
from service.engine.guard.soundness.translate import net_of
from service.engine.nodes.handlers import EventSubProcess
from service.engine.spiff import Task
from service.engine.tokens import workflows
from service.engine.workflow import Running

MOST_READINGS = 64
"""Ways to read tokens as a marking that are tried, where it is not known how they came."""
MOST_REASONS = 3
"""Sentences about one scope; more is not read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Oddity:
    """Why one part of a case cannot stand as it does."""

    scope: str
    """As in ``Token.scope``; "" for the process itself."""
    reason: str
    """A Dutch sentence with names of the diagram."""
    certain: bool
    """False when it cannot be told: the part is too large, or no net can tell."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """Whether the diagrams could have brought a case where it stands."""

    oddities: tuple[Oddity, ...]

    @property
    def possible(self) -> bool | None:
        """None when it cannot be told."""
        if not self.oddities:
            return True
        return False if any(oddity.certain for oddity in self.oddities) else None

    def beyond(self, before: "Verdict") -> "Verdict":
        """Only what was not so before."""
        known = {(odd.scope, odd.reason) for odd in before.oddities}
        fresh = (odd for odd in self.oddities if (odd.scope, odd.reason) not in known)
        return Verdict(oddities=tuple(fresh))


def could_stand(bundle: CompiledBundle, state: bytes) -> Verdict:
    """Whether every running part of a case stands as its diagram could have brought it."""
    case = codec.load(state, bundle, Surroundings(now=datetime.min.replace(tzinfo=UTC)))
    diagrams: dict[str, Diagram] = {}
    oddities = [
        Oddity(scope=workflow.path, reason=reason, certain=certain)
        for workflow in workflows(case)
        if not workflow.completed
        for reason, certain in _judged(workflow, _scope(bundle, workflow, diagrams))
    ]
    return Verdict(oddities=tuple(oddities))


def _scope(bundle: CompiledBundle, workflow: Running, diagrams: dict[str, Diagram]) -> Scope:
    process, key = _place(workflow)
    if process not in diagrams:
        info = bundle.processes[process]
        diagrams[process] = understand(read_xml(info.xml, file=info.file), file=info.file)
    return next(s for s in diagrams[process].scopes if s.xml.get("id") == key)


def _place(workflow: Running) -> tuple[str, str]:
    """The process it is part of, and the id of its own element."""
    host = workflow.parent_task
    if host is None or not workflow.embedded:
        return workflow.spec.name, workflow.spec.name
    element = host.task_spec.element
    return element.process_id, element.id


def _judged(workflow: Running, scope: Scope) -> Iterator[tuple[str, bool]]:
    tokens = [task for task in workflow.task_tree.children if _counts(task)]
    if not tokens:
        return
    if ended := _interrupted(workflow):
        yield f"‘{ended}’ heeft de rest van dit deel beëindigd; daar kan niets meer lopen.", True
        return
    graph = graph_of(scope)
    net = net_of(graph, scope) if graph is not None else None
    nodes = {node.id: node for node in scope.nodes}
    if net is None or any(task.task_spec.element.id not in nodes for task in tokens):
        yield _cannot_tell("dit deel van het diagram laat zich niet doorrekenen"), False
        return
    standing = [
        _Standing(nodes[task.task_spec.element.id], _marks(net, nodes, task)) for task in tokens
    ]
    yield from _Comparison(net, standing).reasons()


def _counts(task: Task) -> bool:
    """Whether a token is one of the flow; what is undone or listens stands beside it."""
    node = task.task_spec
    return bool(node.element.type) and not isinstance(node, EventSubProcess)


def _interrupted(workflow: Running) -> str:
    """The name of a running event subprocess that ended everything else in this scope."""
    for task in workflow.task_tree.children:
        node = task.task_spec
        running = isinstance(node, EventSubProcess) and not node.listens(task)
        if running and node.trigger.interrupting:
            return str(node.element.name or node.element.id)
    return ""


def _marks(net: Net, nodes: Mapping[str, Node], task: Task) -> tuple[Marking, ...]:
    """The places that a token may be on; none for an end, where it leaves the game."""
    ways = net.stands.get(nodes[task.task_spec.element.id], [])
    via = task.internal_data.get("via")
    came = [mark for arc, mark in ways if arc and arc.flow and arc.flow.xml.get("id") == via]
    return tuple(dict.fromkeys(came or [mark for _, mark in ways])) or (0,)


@dataclass(frozen=True, slots=True)
class _Standing:
    """A token, as the net sees it."""

    node: Node
    marks: tuple[Marking, ...]

    @property
    def name(self) -> str:
        return name_of(self.node)

    def on(self, marking: Marking) -> bool:
        """Whether a token stands here in a marking."""
        return 0 in self.marks or any(mark & marking for mark in self.marks)


class _Comparison:
    """Tokens of one scope beside every marking of its net."""

    def __init__(self, net: Net, standing: list[_Standing]) -> None:
        self.net = net
        self.standing = standing
        self.repeats = _repeating(net)

    def reasons(self) -> Iterator[tuple[str, bool]]:
        found = explore(self.net, Budget())
        readings = list(islice(product(*(s.marks for s in self.standing)), MOST_READINGS + 1))
        if any(self._fits(reading, found) for reading in readings[:MOST_READINGS]):
            return
        if found.doubled:
            yield _cannot_tell("het diagram laat er zelf al stappen dubbel lopen"), False
        elif not found.whole or len(readings) > MOST_READINGS:
            yield _cannot_tell("het heeft te veel mogelijke standen"), False
        elif any(self._may_repeat(reading, found) for reading in readings):
            yield _cannot_tell("een deel ervan kan meer dan één keer tegelijk lopen"), False
        else:
            yield from ((why, True) for why in self._told(found, readings)[:MOST_REASONS])

    def _fits(self, reading: tuple[Marking, ...], found: Found) -> bool:
        """Whether it is a marking; a branch that begins anew may hold several tokens."""
        marking = twice = 0
        for mark in reading:
            twice |= marking & mark
            marking |= mark
        return not twice & ~self.repeats and marking in found.came_by

    def _may_repeat(self, reading: tuple[Marking, ...], found: Found) -> bool:
        firm = 0
        for mark in reading:
            if firm & mark:
                return False
            firm |= mark & ~self.repeats
        fluid = any(mark & self.repeats for mark in reading)
        return fluid and any(marking & ~self.repeats == firm for marking in found.came_by)

    def _told(self, found: Found, readings: list[tuple[Marking, ...]]) -> list[str]:
        reasons = [*self._twice(), *self._never_together(found)]
        return (
            reasons
            or [*self._missing(found), *self._ahead(readings)]
            or [f"Zo, met {_listed(s.name for s in self.standing)}, kan dit deel nooit staan."]
        )

    def _twice(self) -> Iterator[str]:
        names = [s.name for s in self.standing]
        for name in dict.fromkeys(names):
            if names.count(name) > 1:
                yield f"{name} loopt dan {names.count(name)} keer tegelijk."

    def _never_together(self, found: Found) -> Iterator[str]:
        for one, other in combinations(self.standing, 2):
            together = (m for m in found.came_by if one.on(m) and other.on(m))
            if one.node is not other.node and next(together, None) is None:
                yield (
                    f"{one.name} en {other.name} lopen volgens het diagram nooit tegelijk; "
                    "wat erna komt, gebeurt dan twee keer."
                )

    def _missing(self, found: Found) -> Iterator[str]:
        """Whether they do stand so, but never without something else beside them."""
        wider = [m for m in found.came_by if all(s.on(m) for s in self.standing)]
        if wider:
            yield (
                f"Naast {_listed(s.name for s in self.standing)} hoort nog een andere stap "
                "te lopen; die ontbreekt."
            )

    def _ahead(self, readings: list[tuple[Marking, ...]]) -> Iterator[str]:
        """Which join would wait for ever."""
        for reading in readings[:1]:
            begin = 0
            for mark in reading:
                begin |= mark
            onward = replace(self.net, begins={begin: self.standing[0].node})
            stuck = explore(onward, Budget()).stuck
            for node, ways in self.net.waits.items():
                if any(mark & marking for marking in stuck for _, mark in ways):
                    yield f"{name_of(node)} blijft dan voor altijd wachten."


def _repeating(net: Net) -> Marking:
    """The places of branches that can begin anew while an earlier round is busy."""
    found = 0
    for move in (*(m for moves in net.moves for m in moves), *net.joins):
        found |= move.unless if not move.takes & move.unless else 0
        for _, region in move.spawns:
            found |= region
    return found


def name_of(node: Node) -> str:
    """A node in a sentence."""
    return f"‘{node.xml.get('name') or node.id}’"


def _listed(names: Iterator[str]) -> str:
    *some, last = dict.fromkeys(names)
    return f"{', '.join(some)} en {last}" if some else last


def _cannot_tell(why: str) -> str:
    return f"Of de zaak zo kan staan, is niet na te gaan: {why}."
