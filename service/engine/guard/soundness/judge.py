"""What the token game means for the drawing: who waits for ever, who is reached twice."""

from dataclasses import dataclass

from service.engine.guard.model import Node, Scope
from service.engine.guard.soundness.explore import Budget, Found, explore, explore_one_order
from service.engine.guard.soundness.graph import Arc, Graph, graph_of, spread
from service.engine.guard.soundness.net import Marking, Move, Net
from service.engine.guard.soundness.translate import net_of


@dataclass(frozen=True, kw_only=True)
class Story:
    """How it comes to that."""

    begin: Node
    moves: list[Move]
    passed: dict[Arc, list[Node]]


@dataclass(frozen=True, kw_only=True)
class Deadlock:
    """A parallel join with tokens on some ways, and none to come on the others."""

    join: Node
    certain: bool
    """Whether no case gets through at all."""
    arrived: list[Arc]
    missing: list[Arc]
    unreached: list[Node]
    """What lies behind it, when no case gets through."""
    story: Story


@dataclass(frozen=True, kw_only=True)
class Doubled:
    """A node that is reached again while an earlier token is still on its way from it."""

    node: Node
    joins: bool
    """Whether several ways come together in it."""
    story: Story


@dataclass(kw_only=True)
class Verdict:
    """Everything that is wrong with one scope."""

    deadlocks: list[Deadlock]
    doubled: list[Doubled]
    sent_twice: list[tuple[Node, Story]]
    endless: Story | None
    checked: bool
    """Whether all ways were looked at."""


def judge(scope: Scope, budget: Budget) -> Verdict | None:
    """The verdict on a scope; None where its drawing is no net, for which others have rules.

    None too where one token can neither become several nor wait for others.
    """
    graph = graph_of(scope)
    if graph is None or not any(parallel(graph, node) for node in graph.nodes):
        return None
    net = net_of(graph, scope)
    if net is None:
        return Verdict(deadlocks=[], doubled=[], sent_twice=[], endless=None, checked=False)
    first = budget.half()
    found = explore(net, first)
    budget.markings += max(first.markings, 0)
    budget.moves += max(first.moves, 0)
    every_order = found.whole
    if not every_order and not net.joins:
        found = explore_one_order(net, budget)
    return _Judge(graph, net, found, every_order=every_order, rescued=_rescued(scope)).verdict()


class _Judge:
    def __init__(
        self, graph: Graph, net: Net, found: Found, *, every_order: bool, rescued: bool
    ) -> None:
        self.graph = graph
        self.net = net
        self.found = found
        self.sure = every_order and not found.doubled and not rescued
        self.rescued = rescued

    def verdict(self) -> Verdict:
        return Verdict(
            deadlocks=self._deadlocks(),
            doubled=self._doubled(),
            sent_twice=self._sent_twice(),
            endless=self._endless(),
            checked=self.found.whole,
        )

    def _deadlocks(self) -> list[Deadlock]:
        first: dict[Node, Marking] = {}
        for marking in self.found.stuck:
            for join in self._causes(marking):
                first.setdefault(join, marking)
        return [self._deadlock(join, marking) for join, marking in first.items()]

    def _causes(self, marking: Marking) -> list[Node]:
        """The joins that wait, without those that wait for another one of them."""
        waiting = [
            node for node, ways in self.net.waits.items() if any(mark & marking for _, mark in ways)
        ]
        if len(waiting) < 2:
            return waiting
        behind = {node: spread(self.graph.onward(node), self.graph.onward) for node in waiting}
        return [
            node
            for node in waiting
            if not any(
                node in behind[other] and other not in behind[node]
                for other in waiting
                if other is not node
            )
        ]

    def _deadlock(self, join: Node, marking: Marking) -> Deadlock:
        ways = self.net.waits[join]
        through = any(move.node is join for move in self.found.happened)
        certain = self.sure and not through
        return Deadlock(
            join=join,
            certain=certain,
            arrived=[arc for arc, mark in ways if mark & marking],
            missing=[arc for arc, mark in ways if not mark & marking],
            unreached=self._only_behind(join) if certain else [],
            story=self._story(marking),
        )

    def _only_behind(self, join: Node) -> list[Node]:
        others = spread(
            self.graph.starts, lambda node: () if node is join else self.graph.onward(node)
        )
        return [node for node in self.graph.nodes if node not in others]

    def _doubled(self) -> list[Doubled]:
        """The first one, and those that it cannot have caused."""
        kept: list[Doubled] = []
        caused: set[Node] = set()
        for marking, move in self.found.doubled:
            if move.node not in caused:
                caused |= spread([move.node], self.graph.onward)
                joins = len(self.graph.into[move.node]) > 1
                story = self._story(marking, move)
                kept.append(Doubled(node=move.node, joins=joins, story=story))
        return kept

    def _sent_twice(self) -> list[tuple[Node, Story]]:
        return [
            (node, self._story(found))
            for node, mask in self.net.sends.items()
            if (found := next((m for m in self.found.came_by if _several(m & mask)), None))
        ]

    def _endless(self) -> Story | None:
        if not self.found.whole or self.rescued:
            return None
        marking = self.found.endless()
        return None if marking is None else self._story(marking)

    def _story(self, marking: Marking, *more: Move) -> Story:
        begin = self.net.begins[self.found.beginning(marking)]
        moves = [*self.found.story(marking), *more]
        return Story(begin=begin, moves=moves, passed=self.net.passed)


def parallel(graph: Graph, node: Node) -> bool:
    """Whether tokens can wait for each other here, or one become several."""
    if node.tag == "parallelGateway":
        return max(len(graph.out[node]), len(graph.into[node])) > 1
    beside = node.tag == "boundaryEvent" and not node.interrupts
    one_way = node.tag in ("exclusiveGateway", "eventBasedGateway")
    return beside or (len(graph.out[node]) > 1 and not one_way)


def _several(marking: Marking) -> bool:
    return bool(marking & (marking - 1))


def _rescued(scope: Scope) -> bool:
    """Whether something can end the scope from outside its own ways."""
    hosts = scope.parent.nodes if scope.parent is not None else []
    edges = (event for node in hosts if node.xml is scope.xml for event in node.boundaries)
    return any(event.interrupts for event in edges) or any(
        node.xml.get("triggeredByEvent") in ("true", "1") for node in scope.nodes
    )
