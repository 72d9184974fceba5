"""Telling differences: each is put into words once, and none is left untold."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from service.operations.comparing.differences import Difference, differences
from service.operations.comparing.kind import ABSENT, ORDER, Kind, quoted
from service.operations.comparing.tree import Key, Tree

_WEIGHT = ("moved", "changed", "added", "removed")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One sentence about a change."""

    text: str
    element: str | None = None
    """The element of a diagram, the rule of a table or the question of a form."""


@dataclass(kw_only=True)
class Telling:
    """The differences of one file that still have to be told, and what was told."""

    kind: Kind
    before: Tree
    after: Tree
    lines: list[Line] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    left: dict[tuple[Key, str | None], Difference] = field(init=False)

    def __post_init__(self) -> None:
        """Finds the differences."""
        found = differences(self.kind, self.before, self.after)
        self.left = {(one.key, one.name): one for one in found}

    def say(self, text: str, key: Key = (), mark: str | None = None) -> None:
        """A sentence, and how its element is to be marked."""
        element = key[-1] if key else None
        self.lines.append(Line(text=sentence(text), element=element))
        if mark and element:
            self.mark(element, mark)

    def mark(self, element: str, mark: str) -> None:
        """Marks an element; that it moved says less than that it changed."""
        known = self.marks.get(element)
        if known is None or _WEIGHT.index(mark) > _WEIGHT.index(known):
            self.marks[element] = mark

    def take(self, key: Key, name: str | None = None) -> Difference | None:
        """A difference that is going to be told."""
        return self.left.pop((key, name), None)

    def take_all(self, tree: Tree, key: Key) -> None:
        """Everything about a node and what is in it: the sentence about it says enough."""
        inside = {*tree.below(key)}
        self.drop(lambda one: one.key in inside)

    def drop(self, told: Callable[[Difference], bool]) -> None:
        """Leaves out what another sentence says already."""
        self.left = {at: one for at, one in self.left.items() if not told(one)}

    def all(self, what: str, tags: Iterable[str] = ()) -> Iterator[Difference]:
        """The differences of one sort that still have to be told."""
        wanted = {*tags}
        for one in list(self.left.values()):
            node = self.tree(one).nodes[one.key]
            fits = not wanted or node.tag.rpartition("}")[2] in wanted
            if one.what == what and fits and (one.key, one.name) in self.left:
                yield one

    def tree(self, one: Difference) -> Tree:
        """The version in which a difference can be seen: the new one, unless it is gone there."""
        return self.before if one.what == "removed" else self.after

    def called(self, one: Difference) -> str:
        """What people call the thing that differs."""
        return self.kind.called(self.tree(one), one.key)

    def owner(self, one: Difference) -> Key:
        """The thing that differs, or of which a detail does."""
        return self.kind.owner(self.tree(one), one.key)

    def rest(self) -> None:
        """Tells all that is left in general words."""
        for one in list(self.left.values()):
            self.left.pop((one.key, one.name), None)
            for text in self.plainly(one):
                self.say(text, self.owner(one), "changed")

    def plainly(self, one: Difference) -> Iterator[str]:
        """A difference in general words: a value from this to that."""
        node, thing = self.tree(one).nodes[one.key], self.called(one)
        if one.name == ORDER:
            yield f"volgorde in {thing} is gewijzigd"
        elif one.name is not None:
            yield self.changed(one, self.kind.aspect(self.tree(one), node, one.name), thing)
        else:
            names = [name for name in node.values if name not in ("id", "#path", "#tail")]
            for name in [name for name in names if name[:1] != "{"] or names or ["#tag"]:
                value = node.values.get(name, node.tag)
                sides = (ABSENT, value) if one.what == "added" else (value, ABSENT)
                told = Difference(
                    what="changed", key=one.key, name=name, before=sides[0], after=sides[1]
                )
                trees = (
                    (self.after, self.after) if one.what == "added" else (self.before, self.before)
                )
                aspect = self.kind.aspect(trees[0], node, name)
                yield self.changed(told, aspect, thing, trees)

    def changed(
        self,
        one: Difference,
        aspect: str,
        thing: str,
        trees: Sequence[Tree] = (),
    ) -> str:
        """``Naam van *Triage*: van ‘a’ naar ‘b’``."""
        before, after = trees or (self.before, self.after)
        old = self._shown(before, one, one.before)
        new = self._shown(after, one, one.after)
        return f"{aspect} van {thing}{from_to(old, new)}"

    def _shown(self, tree: Tree, one: Difference, value: Any) -> str:
        return self.kind.shown(tree, tree.nodes[one.key], one.name or "", value)


def from_to(old: str, new: str) -> str:
    """``: van 2 naar 5 werkdagen``, `` is nu ‘b’`` or `` vervalt (was ‘a’)``."""
    if new == "niets":
        return f" vervalt (was {quoted(old)})"
    if old == "niets":
        return f" is nu {quoted(new)}"
    (number, _, unit), (other, _, new_unit) = old.partition(" "), new.partition(" ")
    if number.isdigit() and other.isdigit():
        return f": van {number if unit[:6] == new_unit[:6] else old} naar {new}".rstrip()
    return f": van {quoted(old)} naar {quoted(new)}"


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    ended = text if text.endswith((".", "?", "!")) else f"{text}."
    return ended[:1].upper() + ended[1:]


def enumerated(words: Iterable[str]) -> str:
    """``a, b en c``."""
    *first, last = [*words] or [""]
    return f"{', '.join(first)} en {last}" if first else last
