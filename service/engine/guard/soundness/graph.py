"""One process or subprocess as nodes and arrows, when its drawing is whole enough to judge."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations

from lxml import etree

from service.engine.guard.model import Flow, Node, Scope

FEW = 5
"""Optional branches of one split of which every combination is tried."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Arc:
    """A way from node to node: a sequence flow, or a jump from link to link."""

    source: Node
    target: Node
    flow: Flow | None


@dataclass(frozen=True, eq=False, kw_only=True)
class Graph:
    """What tokens of one scope can walk on; every node can be reached and can reach an end."""

    nodes: list[Node]
    starts: list[Node]
    out: dict[Node, list[Arc]]
    into: dict[Node, list[Arc]]
    edges: dict[Node, list[Node]]
    """The boundary events of each node."""

    def onward(self, node: Node) -> Iterable[Node]:
        """The nodes that a token here can get to in one step."""
        yield from (arc.target for arc in self.out[node])
        yield from self.edges[node]

    def ways(self, node: Node) -> list[tuple[Arc, ...]]:
        """Each set of arcs that tokens may leave along together; one empty set at an end."""
        arcs = self.out[node]
        if node.tag == "endEvent" or not arcs:
            return [()]
        if len(arcs) == 1 or node.tag == "parallelGateway":
            return [tuple(arcs)]
        if node.tag in ("exclusiveGateway", "eventBasedGateway"):
            return [(arc,) for arc in arcs]
        return _conditional(node, arcs)


def graph_of(scope: Scope) -> Graph | None:
    """The graph, or None where other rules already say that something is missing.

    None too for what no net can tell: complex gateways, ad-hoc parts, quantities of tokens.
    """
    nodes = [node for node in scope.nodes if not _stands_apart(node)]
    if scope.xml.tag.endswith("}adHocSubProcess") or any(map(_beyond, nodes)):
        return None
    here = set(nodes)
    arcs = [*_flows(scope), *_jumps(nodes)]
    if None in arcs or any(a is None or {a.source, a.target} - here for a in arcs):
        return None
    graph = _joined(nodes, [arc for arc in arcs if arc is not None])
    return graph if _whole(graph) else None


def spread(begin: Iterable[Node], step: Callable[[Node], Iterable[Node]]) -> set[Node]:
    """Everything that repeated steps reach, with where they begin."""
    seen = set(begin)
    todo = list(seen)
    while todo:
        fresh = [node for node in step(todo.pop()) if node not in seen]
        seen.update(fresh)
        todo += fresh
    return seen


def rings(graph: Graph) -> set[Node]:
    """The nodes that may stand in a loop; all others certainly do not."""
    back: dict[Node, list[Node]] = {node: [] for node in graph.nodes}
    onward = {node: list(graph.onward(node)) for node in graph.nodes}
    for node, targets in onward.items():
        for target in targets:
            back[target].append(node)
    return _peeled(_peeled(set(graph.nodes), onward, back), back, onward)


def _peeled(
    nodes: set[Node], onward: dict[Node, list[Node]], back: dict[Node, list[Node]]
) -> set[Node]:
    """Without what nothing in the set leads to, again and again."""
    count = {node: sum(before in nodes for before in back[node]) for node in nodes}
    todo = [node for node in nodes if not count[node]]
    left = set(nodes)
    while todo:
        node = todo.pop()
        left.discard(node)
        for target in onward[node]:
            if target in left:
                count[target] -= 1
                if not count[target]:
                    todo.append(target)
    return left


def _joined(nodes: list[Node], arcs: list[Arc]) -> Graph:
    here = set(nodes)
    out: dict[Node, list[Arc]] = {node: [] for node in nodes}
    into: dict[Node, list[Arc]] = {node: [] for node in nodes}
    for arc in arcs:
        out[arc.source].append(arc)
        into[arc.target].append(arc)
    edges = {node: [event for event in node.boundaries if event in here] for node in nodes}
    starts = [node for node in nodes if node.tag == "startEvent"]
    return Graph(nodes=nodes, starts=starts, out=out, into=into, edges=edges)


def _whole(graph: Graph) -> bool:
    if not graph.starts or any(graph.into[node] for node in graph.starts):
        return False
    back: dict[Node, list[Node]] = {node: [] for node in graph.nodes}
    for node in graph.nodes:
        for target in graph.onward(node):
            back[target].append(node)
    ends = [node for node in graph.nodes if graph.ways(node) == [()]]
    everything = len(graph.nodes)
    reached = len(spread(graph.starts, graph.onward))
    return reached == everything and len(spread(ends, back.__getitem__)) == everything


def _flows(scope: Scope) -> Iterable[Arc | None]:
    for flow in scope.flows:
        if flow.source is None or flow.target is None:
            yield None
        else:
            yield Arc(source=flow.source, target=flow.target, flow=flow)


def _jumps(nodes: list[Node]) -> Iterable[Arc]:
    links = [node for node in nodes if node.kind == "linkEventDefinition"]
    targets = {_link(node): node for node in links if node.tag == "intermediateCatchEvent"}
    for node in links:
        if node.tag == "intermediateThrowEvent" and _link(node) in targets:
            yield Arc(source=node, target=targets[_link(node)], flow=None)


def _link(node: Node) -> str:
    return node.definitions[0].get("name", "")


def _stands_apart(node: Node) -> bool:
    """Event subprocesses and what undoes work take no tokens from the flow around them."""
    return (
        _is_true(node.xml, "triggeredByEvent")
        or _is_true(node.xml, "isForCompensation")
        or (node.tag == "boundaryEvent" and node.kind == "compensateEventDefinition")
    )


def _beyond(node: Node) -> bool:
    xml = node.xml
    return (
        node.tag == "complexGateway"
        or xml.get("startQuantity", "1") != "1"
        or xml.get("completionQuantity", "1") != "1"
        or xml.get("eventGatewayType", "Exclusive") != "Exclusive"
        or _is_true(xml, "instantiate")
    )


def _is_true(xml: etree._Element, name: str) -> bool:
    return xml.get(name) in ("true", "1")


def _conditional(node: Node, arcs: list[Arc]) -> list[tuple[Arc, ...]]:
    """Any of the branches with a condition; the default when none of those holds."""
    default = [arc for arc in arcs if arc.flow is not None and arc.flow.is_default]
    rest = [arc for arc in arcs if arc.flow is None or not arc.flow.is_default]
    kept = node.tag != "inclusiveGateway"
    always = [arc for arc in rest if kept and _free(arc)]
    optional = [arc for arc in rest if not (kept and _free(arc))]
    found = [(*always, *chosen) for chosen in _some(optional)]
    if default or always:
        found.append((*always, *default))
    return found


def _free(arc: Arc) -> bool:
    return arc.flow is None or arc.flow.condition is None


def _some(arcs: list[Arc]) -> Iterable[tuple[Arc, ...]]:
    """Every combination of a few; of many, each one alone and all together."""
    sizes = range(1, len(arcs) + 1) if len(arcs) <= FEW else (1, len(arcs))
    for size in sizes:
        yield from combinations(arcs, size)
