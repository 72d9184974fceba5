"""Whether one step may have been done before another: along the arrows, or beside each other."""

from service.engine.guard.model import Node, Scope
from service.engine.guard.soundness.graph import Graph, graph_of, spread
from service.engine.guard.soundness.judge import parallel

LARGEST = 1000
"""Nodes in a scope; in a larger one every step may come before every other."""


class Order:
    """For one diagram; remembers what it has looked up."""

    def __init__(self) -> None:
        """Nothing is looked up yet."""
        self._graphs: dict[Scope, Graph | None] = {}
        self._reach: dict[Node, set[Node]] = {}
        self._splits: dict[Scope, list[set[Node]]] = {}

    def may_come_before(self, first: Node, then: Node) -> bool:
        """False only when no case does ``first`` before it comes to ``then``."""
        scope = next((s for s in first.scope.outwards() if s in set(then.scope.outwards())), None)
        if scope is None:
            return False  # Two processes.
        one, other = _seen_from(scope, first), _seen_from(scope, then)
        graph = self._graph(scope)
        if one is other or graph is None or one is None or other is None:
            return True
        if not {one, other} <= graph.out.keys():
            return True  # An event subprocess goes off at any moment.
        return other in self._after(graph, one) or any(
            one in together and other in together for together in self._beside(scope, graph)
        )

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


def _seen_from(scope: Scope, node: Node) -> Node | None:
    """The node of ``scope`` that is the node, or in which it stands."""
    here: Node | None = node
    while here is not None and here.scope is not scope:
        inner = here.scope
        holders = inner.parent.nodes if inner.parent is not None else []
        here = next((holder for holder in holders if holder.xml is inner.xml), None)
    return here
