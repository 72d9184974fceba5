"""Which variables an expression reads from outside."""

from service.feel.functions import BUILT_INS
from service.feel.nodes import Call, ContextOf, For, FunctionOf, Name, Node, Quantified

_ALWAYS_THERE = frozenset({"item", "partial"})


def free_names(tree: Node) -> frozenset[str]:
    """Every name that is not bound by a loop, parameter or earlier entry around it.

    A name inside a filter may turn out to be an entry of the filtered items; it is included.
    """
    found: set[str] = set()
    waiting: list[tuple[Node, frozenset[str]]] = [(tree, _ALWAYS_THERE)]
    while waiting:
        node, bound = waiting.pop()
        if isinstance(node, Name):
            if node.name not in bound and node.name not in BUILT_INS:
                found.add(node.name)
            continue
        if isinstance(node, Call) and isinstance(node.function, Name):
            bound = bound | ({node.function.name} & BUILT_INS.keys())
        waiting += _below(node, bound)
    return frozenset(found)


def _below(node: Node, bound: frozenset[str]) -> list[tuple[Node, frozenset[str]]]:
    if isinstance(node, FunctionOf):
        return [(node.body, bound | {name for name, _ in node.parameters})]
    if isinstance(node, For | Quantified):
        below: list[tuple[Node, frozenset[str]]] = []
        for loop in node.loops:
            below += [(child, bound) for child in loop.children()]
            bound = bound | {loop.name}
        return [*below, (node.children()[-1], bound)]
    if isinstance(node, ContextOf):
        below = []
        for key, value in node.entries:
            below.append((value, bound))
            bound = bound | {key}
        return below
    return [(child, bound) for child in node.children()]
