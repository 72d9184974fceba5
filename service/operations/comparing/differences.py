"""What differs between two versions of a file, node by node."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from service.operations.comparing.kind import ABSENT, ORDER, PLACE, TAG, Kind
from service.operations.comparing.three_way import same
from service.operations.comparing.tree import Key, Node, Tree


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that is other than it was."""

    what: Literal["added", "removed", "changed"]
    key: Key
    name: str | None = None
    """The value that changed; ``None`` for a whole node."""
    before: Any = ABSENT
    after: Any = ABSENT


def differences(kind: Kind, before: Tree, after: Tree) -> Iterator[Difference]:
    """Every difference, in the order of the new version, what is gone last."""
    for key, node in after.nodes.items():
        old = before.nodes.get(key)
        if old is None:
            yield Difference(what="added", key=key)
            continue
        yield from _values(old, node)
        if kind.ordered(node) and _order(before, after, key) != _order(after, before, key):
            yield Difference(what="changed", key=key, name=ORDER)
    for key in before.nodes:
        if key not in after.nodes:
            yield Difference(what="removed", key=key)


def _values(old: Node, new: Node) -> Iterator[Difference]:
    sides = [
        (name, old.values.get(name, ABSENT), new.values.get(name, ABSENT))
        for name in dict.fromkeys((*old.values, *new.values))
    ]
    for name, before, after in [(TAG, old.tag, new.tag), (PLACE, old.parent, new.parent), *sides]:
        if not same(before, after):
            yield Difference(what="changed", key=new.key, name=name, before=before, after=after)


def _order(tree: Tree, other: Tree, key: Key) -> list[Key]:
    """What both have within a node, in the order of ``tree``."""
    there = {*other.children.get(key, ())}
    return [child for child in tree.children.get(key, ()) if child in there]
