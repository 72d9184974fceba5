"""How big each part of a syntax tree is: what one evaluation of it costs."""

from typing import NamedTuple

from service.feel.nodes import Call, ContextOf, Filter, For, Name, Node, Quantified, walk

_SPECIAL = frozenset({"?", "partial"})
_HEAVY = 3
_NONE: frozenset[str] = frozenset()


class Measure(NamedTuple):
    """The measure of one node and everything below it."""

    size: int
    """Nodes, those that make something new counted three times."""
    depth: int
    """Levels."""
    special: frozenset[str]
    """Which of the names ``?`` and ``partial`` it reads."""


def measure(tree: Node) -> dict[int, Measure]:
    """The measure of every node, by its identity; in one pass, without recursion."""
    measures: dict[int, Measure] = {}
    for node, _ in reversed([*walk(tree)]):
        below = [measures[id(child)] for child in node.children()]
        special = _NONE.union(*(part.special for part in below))
        if isinstance(node, Name) and node.name in _SPECIAL:
            special |= {node.name}
        measures[id(node)] = Measure(
            (_HEAVY if isinstance(node, Call | ContextOf | Filter | For | Quantified) else 1)
            + sum(part.size for part in below),
            1 + max((part.depth for part in below), default=0),
            special,
        )
    return measures
