"""What is certainly wrong with an expression, told before anybody evaluates it.

Parts that read no variable have the same outcome every time, so they are evaluated; of the rest
the calls and the types are looked at. Nothing is said of what depends on the case.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from typing import Final

from service.feel.compile import bound_names, compile_tree
from service.feel.functions import BUILT_INS, takes
from service.feel.nodes import (
    Call,
    ContextOf,
    Each,
    For,
    FunctionOf,
    InstanceOf,
    Literal,
    Name,
    Node,
    Quantified,
    TypeRef,
    UnaryTestsOf,
    walk,
)
from service.feel.run import Diagnosis, Environment, Exceeded, Frame, Run, shown
from service.feel.types import is_simple

_ENV: Final = Environment(now=datetime(2026, 1, 5, 12, tzinfo=UTC), budget=1_000)
"""A quick look: what takes more steps is not judged."""
_UNKNOWN: Final = frozenset({"?"})
_NOT_EVALUATED: Final = (Literal, Name, Each, UnaryTestsOf)


def certain_faults(
    tree: Node,
    source: str,
    *,
    names: Collection[str] = (),
    types: Callable[[str], bool] = lambda _name: False,
) -> list[Diagnosis]:
    """Every part of an expression or cell that gives null whatever the case holds.

    ``names`` are those that the surroundings may bind; ``types`` tells which others than FEEL's
    own exist.
    """
    rebound = frozenset(names) | bound_names(tree)
    found = [*_of_constants(tree, source, rebound)]
    spots = {fault.position for fault in found}
    for node, _ in walk(tree):
        message = _wrong_call(node, rebound) or _wrong_type(node, types)
        if message and node.at not in spots:
            found.append(Diagnosis(source, node.at, message))
    return sorted(found, key=lambda fault: fault.position)


def unknown_calls(tree: Node, names: Collection[str]) -> list[tuple[str, int]]:
    """The functions that are called and exist nowhere, with their positions."""
    known = frozenset(names) | bound_names(tree)
    return [
        (node.function.name, node.at)
        for node, _ in walk(tree)
        if isinstance(node, Call)
        and isinstance(node.function, Name)
        and node.function.name not in BUILT_INS
        and node.function.name not in known
    ]


def _of_constants(tree: Node, source: str, rebound: frozenset[str]) -> Iterator[Diagnosis]:
    free = _free(tree, rebound)
    run = Run(_ENV)
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if free[id(node)] or isinstance(node, _NOT_EVALUATED):
            waiting += node.children()
            continue
        before = len(run.diagnoses)
        try:
            compile_tree(node, source, rebound)(Frame(run, {}))
        except (Exceeded, RecursionError):
            return
        # The first is the cause; the others follow from it.
        yield from [fault for fault in run.diagnoses[before:] if not fault.minor][:1]
        if isinstance(node, FunctionOf):
            waiting.append(node.body)


def _free(tree: Node, rebound: frozenset[str]) -> dict[int, frozenset[str]]:
    """For every node which names it reads from around it, rather one too many."""
    free: dict[int, frozenset[str]] = {}
    for node, _ in reversed([*walk(tree)]):
        free[id(node)] = _own_free(node, rebound, free)
    return free


def _own_free(
    node: Node, rebound: frozenset[str], free: dict[int, frozenset[str]]
) -> frozenset[str]:
    below = [free[id(child)] for child in node.children()]
    match node:
        case Name():
            return frozenset({node.name})
        case Call(function=Name(name=name)) if name in BUILT_INS and name not in rebound:
            return frozenset().union(*(free[id(argument)] for argument in node.arguments))
        case FunctionOf(external=True):
            return _UNKNOWN  # what it names is told elsewhere
        case FunctionOf():
            own = _UNKNOWN if any(_foreign_type(node)) else frozenset[str]()
            return own | below[0] - {name for name, _ in node.parameters}
        case InstanceOf():
            return below[0] | (_UNKNOWN if any(_foreign_type(node)) else frozenset())
        case For() | Quantified():
            inner = below[-1] - {each.name for each in node.loops} - {"partial"}
            return inner.union(*below[:-1])
        case ContextOf():
            keys: set[str] = set()
            found: set[str] = set()
            for (key, _), names in zip(node.entries, below, strict=True):
                found |= names - keys
                keys.add(key)
            return frozenset(found)
        case _:
            return frozenset().union(*below)


def _wrong_call(node: Node, rebound: frozenset[str]) -> str:
    if not isinstance(node, Call) or not isinstance(node.function, Name):
        return ""
    name = node.function.name
    if name not in BUILT_INS or name in rebound:
        return ""
    if takes(name, len(node.arguments), node.names):
        return ""
    return f"{name}: deze argumenten passen niet; kijk aantal en namen na."


def _wrong_type(node: Node, types: Callable[[str], bool]) -> str:
    for name in _foreign_type(node):
        if not types(name):
            return f"Het type {shown(name)} is onbekend."
    return ""


def _foreign_type(node: Node) -> Iterator[str]:
    """The types that a node names and FEEL itself does not have."""
    wanted: list[TypeRef] = []
    if isinstance(node, InstanceOf):
        wanted = [node.type]
    elif isinstance(node, FunctionOf):
        wanted = [ref for _, ref in node.parameters if ref is not None]
    while wanted:
        ref = wanted.pop()
        if not is_simple(ref.name):
            yield ref.name
        wanted += [*ref.arguments, *(inner for _, inner in ref.fields)]
        wanted += [ref.result] if ref.result else []
