"""From graph to net: tasks, choices, joins, ends and what stands on the edge of a step."""

from collections.abc import Iterator

from service.engine.guard.model import Node, Scope
from service.engine.guard.soundness.graph import Arc, Graph, rings, spread
from service.engine.guard.soundness.net import Branch, Marking, Move, Net

MOST_PAIRS = 1_000_000
"""Pairs of a join or repeating event with a node that are looked at; more is not checked."""
_ENDS_ALL = frozenset({"terminateEventDefinition", "errorEventDefinition", "cancelEventDefinition"})
_SENDS = frozenset({"messageEventDefinition", "signalEventDefinition", "escalationEventDefinition"})


def net_of(graph: Graph, scope: Scope) -> Net | None:
    """The net of a graph; None when it is too large to look at."""
    patient = sum(len(graph.into[node]) for node in graph.nodes if _waits_for_some(graph, node))
    repeating = sum(node.tag == "boundaryEvent" and not node.interrupts for node in graph.nodes)
    splits = {node for node in rings(graph) if _splits(graph, node)}
    spawning = sum(len(graph.out[node]) for node in splits)
    if (patient + repeating + spawning) * len(graph.nodes) > MOST_PAIRS:
        return None
    return _Translation(graph, scope, splits).net()


def _splits(graph: Graph, node: Node) -> bool:
    """Whether one token can become several here; not where ways come together as well."""
    alone = len(graph.into[node]) <= 1 or node.tag in ("parallelGateway", "inclusiveGateway")
    return alone and len(graph.out[node]) > 1 and max(map(len, graph.ways(node))) > 1


def _waits_for_some(graph: Graph, node: Node) -> bool:
    return node.tag == "inclusiveGateway" and len(graph.into[node]) > 1


class _Translation:
    def __init__(self, graph: Graph, scope: Scope, splits: set[Node]) -> None:
        self.graph = graph
        self.splits = splits
        """The nodes in loops where one token becomes several."""
        self.ways = {node: graph.ways(node) for node in graph.nodes}
        self.escapes = _escalation_ends(scope)
        self.passed: dict[Arc, list[Node]] = {}
        self.before: dict[Node, list[tuple[Arc | None, Marking]]] = {n: [] for n in graph.nodes}
        self.at: dict[Node, Marking] = {}
        self.standing: list[Node] = []
        """The node that a token on each place is about to enter, or stands in."""
        self.places: dict[Arc, Marking] = {}

    def net(self) -> Net:
        begins = {self._place(node): node for node in self.graph.starts}
        for mark, node in begins.items():
            self.before[node].append((None, mark))
        for node in self.graph.nodes:
            for arc in self.graph.out[node]:
                self._walk(arc)
        for node in self.graph.nodes:
            if self._stays(node):
                self.at[node] = self._place(node)
        moves = [move for node in self.graph.nodes for move in self._moves(node)]
        return self._assembled(begins, moves)

    def _assembled(self, begins: dict[Marking, Node], moves: list[Move]) -> Net:
        by_bit: list[list[Move]] = [[] for _ in self.standing]
        for move in moves:
            if move.takes and not move.inclusive:
                by_bit[(move.takes & -move.takes).bit_length() - 1].append(move)
        several = {node: ins for node, ins in self.before.items() if len(ins) > 1}
        return Net(
            begins=begins,
            moves=by_bit,
            joins=[move for move in moves if move.inclusive],
            waits={
                node: [(arc, mark) for arc, mark in ins if arc is not None]
                for node, ins in several.items()
                if node.tag == "parallelGateway"
            },
            sends={n: _all(m for _, m in ins) for n, ins in several.items() if n.kind in _SENDS},
            passed=self.passed,
            stands=self._stands(),
        )

    def _stands(self) -> dict[Node, list[tuple[Arc | None, Marking]]]:
        """A step with edges holds its token; a join sees it on the way in; others pass it on."""
        found = {node: list(ins) for node, ins in self.before.items()}
        for node, mark in self.at.items():
            found[node] = [(None, mark)] if self.graph.edges[node] else [*found[node], (None, mark)]
        for arc, nodes in self.passed.items():
            found |= {node: [(None, self.places[arc])] for node in nodes}
        return found

    def _place(self, node: Node) -> Marking:
        self.standing.append(node)
        return 1 << (len(self.standing) - 1)

    def _walk(self, arc: Arc) -> None:
        """Follows an arc through steps that only pass a token on."""
        if self._passes(arc.source):
            return  # Walked already, or to be walked, from where the token came.
        here, passed = arc, list[Node]()
        self.passed[arc] = passed
        if self._vanishes(arc):
            passed.append(arc.target)
            self.places[arc] = 0
            return
        while self._passes(here.target):
            passed.append(here.target)
            here = self.graph.out[here.target][0]
        self.places[arc] = self._place(here.target)
        self.before[here.target].append((here, self.places[arc]))

    def _passes(self, node: Node) -> bool:
        ways = self.ways[node]
        return (
            len(self.graph.into[node]) == 1
            and len(ways) == 1
            and len(ways[0]) == 1
            and not self.graph.edges[node]
            and not self._ends_all(node)
        )

    def _vanishes(self, arc: Arc) -> bool:
        """Whether a token leaves the game here: an end without effect is no place to meet.

        Behind something that brings ways together, a second token is worth seeing.
        """
        waits = arc.source.tag in ("parallelGateway", "inclusiveGateway")
        merges = len(self.graph.into[arc.source]) > 1 and not waits
        return self._silent(arc.target) and not merges

    def _silent(self, node: Node) -> bool:
        """Whether it is an end where tokens come and go by themselves."""
        alone = node.kind not in _SENDS or len(self.graph.into[node]) == 1
        return node.tag == "endEvent" and alone and not self._ends_all(node)

    def _ends_all(self, node: Node) -> bool:
        if node.kind == "escalationEventDefinition":
            throws = node.tag in ("endEvent", "intermediateThrowEvent")
            return throws and self.escapes
        return node.tag == "endEvent" and node.kind in _ENDS_ALL

    def _stays(self, node: Node) -> bool:
        """Whether a token can be seen to stand in it: a step with edges, a join that chooses."""
        chooses = len(self.ways[node]) > 1 and len(self.before[node]) > 1
        return bool(self.graph.edges[node]) or chooses

    def _moves(self, node: Node) -> Iterator[Move]:
        ins = [mark for _, mark in self.before[node]]
        if node not in self.at:
            for takes, inclusive in self._entries(node, ins):
                yield from self._leaving(node, takes, inclusive)
            return
        inside = self.at[node]
        for takes, inclusive in self._entries(node, ins):
            yield Move(node=node, takes=takes, gives=inside, inclusive=inclusive)
        yield from self._leaving(node, inside, ())
        for event in self.graph.edges[node]:
            yield from self._interruptions(event, inside)

    def _entries(
        self, node: Node, ins: list[Marking]
    ) -> Iterator[tuple[Marking, tuple[Branch, ...]]]:
        if len(ins) > 1 and node.tag == "parallelGateway":
            yield _all(ins), ()
        elif len(ins) > 1 and node.tag == "inclusiveGateway":
            yield _all(ins), tuple(self._branches(node))
        else:
            yield from ((mark, ()) for mark in ins)

    def _leaving(self, node: Node, takes: Marking, inclusive: tuple[Branch, ...]) -> Iterator[Move]:
        ways = self.ways[node]
        for way in ways:
            yield Move(
                node=node,
                takes=takes,
                gives=_all(self.places[arc] for arc in way),
                arcs=way,
                chosen=len(ways) > 1,
                ends_all=self._ends_all(node),
                inclusive=inclusive,
                spawns=tuple(self._spawns(way)) if node in self.splits else (),
            )

    def _spawns(self, way: tuple[Arc, ...]) -> Iterator[tuple[Marking, Marking]]:
        for arc in way if len(way) > 1 else ():
            inside = {n for n in spread([arc.target], self.graph.onward) if not self._silent(n)}
            if arc.source not in inside and self.places[arc] and self._only_by(arc, inside):
                yield self.places[arc], self.places[arc] | self._places_of(inside)

    def _only_by(self, arc: Arc, inside: set[Node]) -> bool:
        """Whether no token gets inside but along this arc."""
        hosts = (
            event for n in self.graph.nodes if n not in inside for event in self.graph.edges[n]
        )
        return not any(event in inside for event in hosts) and all(
            other is arc or other.source in inside
            for node in inside
            for other in self.graph.into[node]
        )

    def _places_of(self, nodes: set[Node]) -> Marking:
        """The places in these nodes, and those that tokens leave them for."""
        left = _all(self.places.get(arc, 0) for node in nodes for arc in self.graph.out[node])
        return left | _all(self.at.get(node, 0) for node in nodes)

    def _standing_in(self, nodes: set[Node]) -> Marking:
        return _all(1 << bit for bit, node in enumerate(self.standing) if node in nodes)

    def _interruptions(self, event: Node, inside: Marking) -> Iterator[Move]:
        stays = 0 if event.interrupts else inside
        unless = 0 if event.interrupts else self._own_places(event)
        for way in self.ways[event]:
            yield Move(
                node=event,
                takes=inside,
                gives=stays | _all(self.places[arc] for arc in way),
                arcs=way,
                chosen=True,
                unless=unless,
            )

    def _own_places(self, event: Node) -> Marking:
        """The places that a token gets to from this event only."""
        others = spread(
            self.graph.starts, lambda node: (n for n in self.graph.onward(node) if n is not event)
        )
        own = spread([event], self.graph.onward) - others
        first = _all(self.places[arc] for arc in self.graph.out[event])
        return first | self._places_of(own)

    def _branches(self, join: Node) -> Iterator[Branch]:
        hosts = {event: node for node, events in self.graph.edges.items() for event in events}

        def before(node: Node) -> Iterator[Node]:
            if node is not join:
                yield from (arc.source for arc in self.graph.into[node])
                if node in hosts:
                    yield hosts[node]

        for arc, mark in self.before[join]:
            if arc is None:
                continue
            found = spread([arc.source], before) - {join}
            yield Branch(place=mark, origins=self._standing_in(found))


def _escalation_ends(scope: Scope) -> bool:
    """Whether an escalation inside ends the scope: its own subprocess has such an edge."""
    hosts = scope.parent.nodes if scope.parent is not None else []
    return any(
        event.interrupts and event.kind == "escalationEventDefinition"
        for node in hosts
        if node.xml is scope.xml
        for event in node.boundaries
    )


def _all(marks: Iterator[Marking] | list[Marking]) -> Marking:
    found = 0
    for mark in marks:
        found |= mark
    return found
