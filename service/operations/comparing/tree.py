"""A file as keyed nodes: what merging and comparing work on, whatever the file is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Key = tuple[str, ...]
"""What stays the same when a node moves or changes: an id, or the key of its parent and a part."""
ROOT: Key = ()


@dataclass(frozen=True, kw_only=True)
class Node:
    """One part of a file: an element, a question, a table of settings."""

    key: Key
    tag: str
    """What it is: the name of an XML element, ``component``, ``key``."""
    parent: Key | None
    values: Mapping[str, Any]
    """Its own attributes and text, by name."""


@dataclass(frozen=True, kw_only=True)
class Tree:
    """All nodes of a file, in the order of the file."""

    nodes: Mapping[Key, Node]

    @cached_property
    def children(self) -> Mapping[Key, tuple[Key, ...]]:
        """The keys of the nodes within each node, in order."""
        found: dict[Key, list[Key]] = {}
        for node in self.nodes.values():
            if node.parent is not None:
                found.setdefault(node.parent, []).append(node.key)
        return {key: tuple(keys) for key, keys in found.items()}

    def within(self, key: Key) -> Iterator[Node]:
        """The nodes directly within a node."""
        return (self.nodes[child] for child in self.children.get(key, ()))

    def one(self, key: Key, *tags: str) -> Node | None:
        """The first node that the tags lead to, one level down for each."""
        found = self.nodes.get(key)
        for tag in tags:
            if found is None:
                return None
            found = next((n for n in self.within(found.key) if local(n.tag) == tag), None)
        return found

    def up(self, key: Key) -> Iterator[Node]:
        """A node and what it lies in, outward."""
        node = self.nodes.get(key)
        while node is not None:
            yield node
            node = self.nodes.get(node.parent) if node.parent is not None else None

    def below(self, key: Key) -> Iterator[Key]:
        """A key and the keys of everything within it, in the order of the file."""
        yield key
        for child in self.children.get(key, ()):
            yield from self.below(child)


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A value of a node that names another node."""

    value: str
    """The name of the value."""
    to: Key
    needed: bool
    """Whether the node means nothing without it: an arrow without an end."""


def local(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2]


def children_of(tree: Tree | None, key: Key) -> tuple[Key, ...]:
    """The keys within a node; none when there is no such tree."""
    return tree.children.get(key, ()) if tree else ()


def sorted_tree(nodes: Iterable[Node], order: Callable[[Key], Iterable[Key]]) -> Tree:
    """The tree of these nodes with the children of each node in the given order."""
    known = {node.key: node for node in nodes}
    found: dict[Key, Node] = {}

    def add(key: Key) -> None:
        found[key] = known[key]
        for child in order(key):
            add(child)

    add(ROOT)
    return Tree(nodes=found)
