"""What two people made of the same nodes, in one."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from service.operations.comparing.kind import ABSENT, CLASH, ORDER, PLACE, TAG, Kind, Tangled
from service.operations.comparing.mending import mend
from service.operations.comparing.ordering import merged_order
from service.operations.comparing.tree import Key, Node, Tree, children_of, sorted_tree


@dataclass(frozen=True, kw_only=True)
class Clash:
    """Something that both changed, each in another way."""

    key: Key
    name: str | None
    """The value; ``None`` when one removed what the other counts on."""
    mine: Any = ABSENT
    theirs: Any = ABSENT


@dataclass(kw_only=True)
class ThreeWay:
    """One merge: three trees, and what was found on the way."""

    kind: Kind
    base: Tree
    mine: Tree
    theirs: Tree
    mine_first: bool
    """Whose change counts where they clash."""
    clashes: list[Clash] = field(default_factory=list)

    def merged(self) -> Tree:
        """The changes of both.

        Raises:
            Tangled: they cannot stand in one file.
        """
        kept_of_mine = self._counted_on(self.mine, self.theirs)
        kept_of_theirs = self._counted_on(self.theirs, self.mine)
        restored = kept_of_mine if self.mine_first else kept_of_theirs
        nodes = {key: self._node(key) for key in self._keys(restored)}
        self._follow_restored(nodes, restored)
        known = {*self.base.nodes, *self.mine.nodes, *self.theirs.nodes}
        mend(self.kind, nodes, known=known, first=self._first)
        _require_tree(nodes)
        return self.kind.finish(self._in_order(nodes))

    @property
    def _first(self) -> Tree:
        return self.mine if self.mine_first else self.theirs

    def _keys(self, restored: Collection[Key]) -> Iterator[Key]:
        for key in dict.fromkeys((*self.mine.nodes, *self.theirs.nodes)):
            both = key in self.mine.nodes and key in self.theirs.nodes
            if both or key not in self.base.nodes or key in restored:
                yield key

    def _counted_on(self, stays: Tree, goes: Tree) -> set[Key]:
        """What one removed and the other changed or built on, with all that belongs to it."""
        gone = {key for key in stays.nodes if key in self.base.nodes and key not in goes.nodes}
        used = list(dict.fromkeys(self._used(stays, gone)))
        removed = "mine" if goes is self.mine else "theirs"
        self.clashes += [Clash(key=key, name=None, **{removed: True}) for key in used]
        return self._with_what_belongs(stays, gone, used)

    def _used(self, stays: Tree, gone: set[Key]) -> Iterator[Key]:
        for node in stays.nodes.values():
            if self.kind.follows(node):
                continue
            before = self.base.nodes.get(node.key)
            if node.key in gone and before and _differs(before, node):
                yield node.key
            if node.parent in gone and (before is None or before.parent != node.parent):
                yield node.parent
            old = [ref for ref, _ in self.kind.references(before)] if before else []
            for ref, counts in self.kind.references(node):
                if counts and ref.to in gone and ref not in old:
                    yield ref.to

    def _with_what_belongs(self, stays: Tree, gone: set[Key], used: Iterable[Key]) -> set[Key]:
        """What must be there again when ``used`` is: what it lies in, holds, names, is named by."""
        named_by: dict[Key, list[Key]] = {}
        for key in gone:
            for ref, _ in self.kind.references(stays.nodes[key]):
                named_by.setdefault(ref.to, []).append(key)
        found: set[Key] = set()
        ahead = [key for key in used if key in gone]
        while ahead:
            key = ahead.pop()
            if key in found or key not in gone:
                continue
            found.add(key)
            ahead += [node.key for node in stays.up(key)]
            ahead += [*stays.below(key), *named_by.get(key, ())]
            ahead += [ref.to for ref, _ in self.kind.references(stays.nodes[key])]
        return found

    def _node(self, key: Key) -> Node:
        mine, theirs = self.mine.nodes.get(key), self.theirs.nodes.get(key)
        if mine is None or theirs is None:
            [only] = (node for node in (mine, theirs) if node)
            return only
        base = self.base.nodes.get(key)
        values = {}
        for name in dict.fromkeys((*mine.values, *theirs.values)):
            sides = [
                (one.values.get(name, ABSENT) if one else ABSENT) for one in (base, mine, theirs)
            ]
            value = self._value(mine, name, *sides)
            if value is not ABSENT:
                values[name] = value
        tag = self._value(mine, TAG, base and base.tag, mine.tag, theirs.tag)
        parent = self._value(mine, PLACE, base and base.parent, mine.parent, theirs.parent)
        return Node(key=key, tag=tag, parent=parent, values=values)

    def _value(self, node: Node, name: str, base: Any, mine: Any, theirs: Any) -> Any:
        if same(mine, theirs) or same(theirs, base):
            return mine
        if same(mine, base):
            return theirs
        settled = self.kind.settle(node, name, base, mine, theirs)
        if settled is not CLASH:
            return settled
        self.clashes.append(Clash(key=node.key, name=name, mine=mine, theirs=theirs))
        return mine if self.mine_first else theirs

    def _follow_restored(self, nodes: dict[Key, Node], restored: set[Key]) -> None:
        """What led to something that is there again, leads there again."""
        for key in nodes if restored else ():
            chosen = self._first.nodes.get(key)
            for ref, _ in self.kind.references(chosen) if chosen else ():
                if chosen and ref.to in restored and ref.value in chosen.values:
                    values = {**nodes[key].values, ref.value: chosen.values[ref.value]}
                    nodes[key] = replace(nodes[key], values=values)

    def _in_order(self, nodes: dict[Key, Node]) -> Tree:
        within: dict[Key, list[Key]] = {}
        for node in nodes.values():
            if node.parent is not None:
                within.setdefault(node.parent, []).append(node.key)
        return sorted_tree(nodes.values(), lambda key: self._order(nodes[key], within.get(key, [])))

    def _order(self, node: Node, within: list[Key]) -> list[Key]:
        b, m, t = (children_of(tree, node.key) for tree in (self.base, self.mine, self.theirs))
        ordered, clash = merged_order(b, m, t, within, mine_first=self.mine_first)
        if clash and self.kind.ordered(node):
            self.clashes.append(Clash(key=node.key, name=ORDER))
        return ordered


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same; 1 is not true."""
    return type(one) is type(other) and bool(one == other)


def _differs(one: Node, other: Node) -> bool:
    return one.values != other.values or one.parent != other.parent or one.tag != other.tag


def _require_tree(nodes: dict[Key, Node]) -> None:
    """Raises Tangled when something lies, by way of others, in itself."""
    for node in nodes.values():
        seen, at = {node.key}, node.parent
        while at is not None:
            if at in seen:
                raise Tangled
            seen.add(at)
            at = nodes[at].parent
