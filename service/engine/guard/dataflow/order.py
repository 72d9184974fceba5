"""Whether one step may have been done before another: along the arrows, or beside each other."""

from collections.abc import Iterator

from service.engine.guard.model import Diagram, Node, Scope
from service.engine.guard.soundness.graph import Graph, graph_of, spread
from service.engine.guard.soundness.judge import parallel
from service.engine.guard.xmlnames import elements, local

LARGEST = 1000
"""Nodes in a scope; in a larger one every step may come before every other."""


class Order:
    """For one diagram; remembers what it has looked up."""

    def __init__(self, diagram: Diagram) -> None:
        """Nothing is looked up yet."""
        self._holders = {node.xml: node for node in diagram.nodes}
        self._graphs: dict[Scope, Graph | None] = {}
        self._reach: dict[Node, set[Node]] = {}
        self._splits: dict[Scope, list[set[Node]]] = {}

    def may_come_before(self, first: Node, then: Node) -> bool:
        """False only when no case does ``first`` before it comes to ``then``.

        A step comes before itself when it can be done again.
        """
        scope = next((s for s in first.scope.outwards() if s in set(then.scope.outwards())), None)
        if scope is None:
            return False  # Two processes.
        if any(self._again(around, then) for around in scope.outwards() if around is not scope):
            return True
        return self._within(scope, first, then)

    def _within(self, scope: Scope, first: Node, then: Node) -> bool:
        one, other = self._seen_from(scope, first), self._seen_from(scope, then)
        graph = self._graph(scope)
        if graph is None or one is None or other is None:
            return True
        if one is other and (first is not then or _repeats(first)):
            return True
        if not {one, other} <= graph.out.keys():
            return True  # An event subprocess goes off at any moment.
        return other in self._after(graph, one) or any(
            one in together and other in together for together in self._beside(scope, graph)
        )

    def _again(self, scope: Scope, node: Node) -> bool:
        """Whether the part of ``scope`` in which the node stands may be done again."""
        holder, graph = self._seen_from(scope, node), self._graph(scope)
        if holder is None or graph is None or holder not in graph.out:
            return True
        return holder in self._after(graph, holder)

    def holders(self, scope: Scope) -> Iterator[Node]:
        """The subprocesses that a scope stands in, from the inside out."""
        for around in scope.outwards():
            if around.xml in self._holders:
                yield self._holders[around.xml]

    def _seen_from(self, scope: Scope, node: Node) -> Node | None:
        """The node of ``scope`` that is the node, or in which it stands."""
        inside = (node, *self.holders(node.scope))
        return next((here for here in inside if here.scope is scope), None)

    def _graph(self, scope: Scope) -> Graph | None:
        if scope not in self._graphs:
            self._graphs[scope] = graph_of(scope) if len(scope.nodes) <= LARGEST else None
        return self._graphs[scope]

    def _after(self, graph: Graph, node: Node) -> set[Node]:
        if node not in self._reach:
            self._reach[node] = spread(graph.onward(node), graph.onward)
        return self._reach[node]

    def _beside(self, scope: Scope, graph: Graph) -> list[set[Node]]:
        if scope not in self._splits:
            splits = (node for node in graph.nodes if parallel(graph, node))
            self._splits[scope] = [self._after(graph, node) for node in splits]
        return self._splits[scope]


def _repeats(node: Node) -> bool:
    """Whether it is drawn to be done several times, or stands in something that is."""
    around = (node.xml, *(scope.xml for scope in node.scope.outwards()))
    return any(
        local(child).endswith("LoopCharacteristics") for e in around for child in elements(e)
    )
