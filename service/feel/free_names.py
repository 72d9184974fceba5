"""Which variables an expression reads from outside."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Optional

from service.feel.functions import BUILT_INS
from service.feel.nodes import Call, ContextOf, For, FunctionOf, Name, Node, Quantified


class _Bound(NamedTuple):
    """Names bound around a node: the first ``upto`` of ``names``, and those further out."""

    names: Mapping[str, int]
    upto: int
    around: Optional["_Bound"] = None

    def has(self, name: str) -> bool:
        here: _Bound | None = self
        while here is not None:
            if here.names.get(name, here.upto) < here.upto:
                return True
            here = here.around
        return False


_ALWAYS = _Bound({"item": 0, "partial": 1}, 2)


def free_names(tree: Node) -> frozenset[str]:
    """Every name that is not bound by a loop, parameter or earlier entry around it.

    A name inside a filter may turn out to be an entry of the filtered items; it is included.
    A name of a built-in function counts only where it is not called.
    """
    found: set[str] = set()
    waiting: list[tuple[Node, _Bound]] = [(tree, _ALWAYS)]
    while waiting:
        node, bound = waiting.pop()
        if isinstance(node, Name):
            if not bound.has(node.name):
                found.add(node.name)
        elif isinstance(node, Call) and _calls_built_in(node):
            waiting += [(argument, bound) for argument in node.arguments]
        else:
            waiting += _below(node, bound)
    return frozenset(found)


def _calls_built_in(node: Call) -> bool:
    return isinstance(node.function, Name) and node.function.name in BUILT_INS


def _below(node: Node, around: _Bound) -> Iterator[tuple[Node, _Bound]]:
    match node:
        case FunctionOf():
            names = {name: place for place, (name, _) in enumerate(node.parameters)}
            yield node.body, _Bound(names, len(names), around)
        case For() | Quantified():
            names = {loop.name: place for place, loop in reversed([*enumerate(node.loops)])}
            for place, loop in enumerate(node.loops):
                for child in loop.children():
                    yield child, _Bound(names, place, around)
            yield node.children()[-1], _Bound(names, len(node.loops), around)
        case ContextOf():
            names = {key: place for place, (key, _) in enumerate(node.entries)}
            for place, (_, value) in enumerate(node.entries):
                yield value, _Bound(names, place, around)
        case _:
            for child in node.children():
                yield child, around
