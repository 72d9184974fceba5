"""How big each part of a syntax tree is: what one evaluation of it costs."""

from typing import NamedTuple

from service.feel.nodes import (
    Call,
    ContextOf,
    Filter,
    For,
    FunctionOf,
    Name,
    Node,
    Quantified,
    walk,
)

_SPECIAL = frozenset({"?", "partial"})
_MAKING = Call | ContextOf | Filter | For | FunctionOf | Quantified
_HEAVY = 3
_FRAMES_PER_STEP = 8
_NONE: frozenset[str] = frozenset()


class Measure(NamedTuple):
    """The measure of one node and everything below it."""

    size: int
    """Nodes; those that make something new, and names to look for far away, count for more."""
    depth: int
    """Levels."""
    special: frozenset[str]
    """Which of the names ``?`` and ``partial`` it reads."""


def measure(tree: Node) -> dict[int, Measure]:
    """The measure of every node, by its identity; without recursion."""
    measures: dict[int, Measure] = {}
    frames = _frames(tree)
    for node, _ in reversed([*walk(tree)]):
        below = [measures[id(child)] for child in node.children()]
        special = _NONE.union(*(part.special for part in below))
        if isinstance(node, Name) and node.name in _SPECIAL:
            special |= {node.name}
        measures[id(node)] = Measure(
            _own(node, frames[id(node)]) + sum(part.size for part in below),
            1 + max((part.depth for part in below), default=0),
            special,
        )
    return measures


def _own(node: Node, frames: int) -> int:
    """What a node costs apart from what is below it; ``frames`` lie around it."""
    if isinstance(node, Name):
        return 1 + frames // _FRAMES_PER_STEP
    return _HEAVY if isinstance(node, _MAKING) else 1


def _frames(tree: Node) -> dict[int, int]:
    """For every node in how many frames at most a name that stands there is looked for."""
    frames: dict[int, int] = {}
    waiting = [(tree, 0)]
    while waiting:
        node, around = waiting.pop()
        frames[id(node)] = around
        waiting += [(child, around + _opened(node)) for child in node.children()]
    return frames


def _opened(node: Node) -> int:
    if isinstance(node, For | Quantified):
        return len(node.loops) + 1  # one for ``partial``
    if isinstance(node, Filter):
        return 2
    return int(isinstance(node, ContextOf | FunctionOf))
