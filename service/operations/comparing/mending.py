"""Nothing in a merged file may name what is not there."""

from collections.abc import Collection
from dataclasses import replace

from service.operations.comparing.kind import Kind
from service.operations.comparing.tree import Key, Node, Reference, Tree


def mend(kind: Kind, nodes: dict[Key, Node], *, known: Collection[Key], first: Tree) -> None:
    """Takes out what lies in nothing and what names nothing, until all holds together.

    A value that names something gone becomes what it is in ``first``, if that is there; else it
    goes, with its node if that means nothing without it. ``known``: what is a name at all.
    """
    again = True
    while again:
        again = False
        for node in list(nodes.values()):
            if node.parent is not None and node.parent not in nodes:
                del nodes[node.key]
                again = True
                continue
            for ref, _ in kind.references(node):
                if ref.to in known and ref.to not in nodes:
                    _let_go(kind, nodes, ref, node.key, first)
                    again = True
                    break


def _let_go(kind: Kind, nodes: dict[Key, Node], ref: Reference, key: Key, first: Tree) -> None:
    chosen = first.nodes.get(key)
    for other, _ in kind.references(chosen) if chosen else ():
        if chosen and other.value == ref.value and other.to in nodes:
            values = {**nodes[key].values, ref.value: chosen.values[ref.value]}
            nodes[key] = replace(nodes[key], values=values)
            return
    if ref.needed:
        del nodes[key]
        return
    values = {name: value for name, value in nodes[key].values.items() if name != ref.value}
    nodes[key] = replace(nodes[key], values=values)
