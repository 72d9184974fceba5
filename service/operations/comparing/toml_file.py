"""TOML: the profile, scenarios and the tests of tables, with the comments that people wrote.

Each table and each key is a node that holds its own lines and the comment above it. What stands in
``[[…]]`` is known by its id, name or number; without one, by its equal in the other version.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from service.domain.errors import Unreadable
from service.domain.profile.lines import statements
from service.domain.working_days import norm_in_words
from service.operations.comparing.alike import alike
from service.operations.comparing.kind import CLASH, Kind, Tangled, in_words
from service.operations.comparing.ordering import merged_order
from service.operations.comparing.toml_names import aspect_of, called, owner_of
from service.operations.comparing.tree import ROOT, Key, Node, Reference, Tree

LEAD, LINES, END = "#lead", "#lines", "#end"
PATH = "#path"
"""The names in a header, or the name of a key."""
KEY, TABLE, ITEM = "key", "table", "item"
_NAMES = ("id", "naam", "nr", "name")
_ROLES = ("achtervang", "werkvoorraad_van", "rol", "voorzitter", "wie")


@dataclass(kw_only=True)
class _Part:
    """A header or key with its lines, on the way to become a node."""

    tag: str
    path: tuple[str, ...]
    lead: str
    lines: str
    inner: list["_Part"] = field(default_factory=list)

    @property
    def content(self) -> str:
        """Everything in it, by which it is compared with others."""
        return "".join((self.lines, *(one.content for one in self.inner)))

    @property
    def name(self) -> str | None:
        """The value of its first key that names it."""
        told = {one.path[0]: value_of(one.lines) for one in self.inner if one.tag == KEY}
        return next((str(told[name]) for name in _NAMES if name in told), None)


class TomlKind(Kind):
    """See the module."""

    def read(self, content: bytes, *, file: str, like: Tree | None = None) -> Tree:
        """The nodes of a file; see Kind."""
        try:
            text = content.decode().replace("\r\n", "\n")
            tomllib.loads(text)
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise Unreadable(f"{file} is geen TOML: {error}.") from error
        parts, end = _parts(text)
        found = {ROOT: Node(key=ROOT, tag="file", parent=None, values={END: end})}
        _place(parts, ROOT, found, like)
        return Tree(nodes=found)

    def write(self, tree: Tree, *, mine: bytes, theirs: bytes) -> bytes:  # noqa: ARG002
        """The file; see Kind."""
        written = "".join(_lines(tree, ROOT)) + str(tree.nodes[ROOT].values.get(END, ""))
        try:
            tomllib.loads(written)
        except tomllib.TOMLDecodeError as error:
            raise Tangled from error
        return written.encode()

    def references(self, node: Node) -> Iterator[tuple[Reference, bool]]:
        """Roles that are named elsewhere in the profile."""
        if node.tag == KEY and node.values[PATH][-1] in _ROLES:
            role = value_of(node.values[LINES])
            yield Reference(value=LINES, to=(f"[rollen.{role}]",), needed=True), True

    def ordered(self, node: Node) -> bool:  # noqa: ARG002
        """Steps of a scenario are taken in their order."""
        return True

    def settle(self, node: Node, name: str, base: Any, mine: Any, theirs: Any) -> Any:
        """The same value written differently, and lists to which each added something."""
        if name != LINES:
            return super().settle(node, name, base, mine, theirs)
        if node.tag != KEY or value_of(mine) == value_of(theirs):
            return max(mine, theirs)
        return _joined(node.values[PATH], base, mine, theirs)

    def owner(self, tree: Tree, key: Key) -> Key:
        """The role, norm, partner or meeting of which this is a detail."""
        return owner_of(tree, key)

    def called(self, tree: Tree, key: Key) -> str:
        """What people call it."""
        return called(tree, owner_of(tree, key))

    def aspect(self, tree: Tree, node: Node, name: str) -> str:
        """What people call a value."""
        return aspect_of(tree, node, name)

    def value_called(self, tree: Tree, node: Node, name: str) -> str:
        """A norm or setting is its own value."""
        own = self.owner(tree, node.key) == node.key and node.tag == KEY and name == LINES
        return self.called(tree, node.key) if own else super().value_called(tree, node, name)

    def shown(self, tree: Tree, node: Node, name: str, value: Any) -> str:  # noqa: ARG002
        """A value as people read it."""
        if name == LINES and isinstance(value, str) and node.tag == KEY:
            return norm_in_words(in_words(value_of(value)))
        return in_words(value).strip()


def value_of(lines: str) -> Any:
    """The value in the lines of a key."""
    found: Any = tomllib.loads(lines)
    while isinstance(found, dict) and len(found) == 1 and not lines.lstrip().startswith("["):
        [found] = found.values()
        if "{" in lines:
            break
    return found


def _parts(text: str) -> tuple[list[_Part], str]:
    """The parts of a file, and what stands after the last one."""
    rows, done = text.split("\n"), 0
    top: list[_Part] = []
    items: dict[tuple[str, ...], _Part] = {}
    here = top
    for begin, lines in statements(text):
        part = _part(lines, lead="".join(f"{row}\n" for row in rows[done : begin - 1]))
        done = begin - 1 + lines.count("\n")
        if part.tag == KEY:
            here.append(part)
            continue
        around = _item_around(items, part)
        (around.inner if around else top).append(part)
        if part.tag == ITEM:
            items = {
                path: one for path, one in items.items() if path[: len(part.path)] != part.path
            }
            items[part.path] = part
        here = part.inner
    return top, "\n".join(rows[done:])


def _item_around(items: Mapping[tuple[str, ...], _Part], part: _Part) -> _Part | None:
    """The thing of a list to which a header belongs: ``[stap.antwoorden]`` to the last step."""
    longest = len(part.path) - (part.tag == ITEM)
    paths = (part.path[:length] for length in range(longest, 0, -1))
    return next((items[path] for path in paths if path in items), None)


def _part(lines: str, *, lead: str) -> _Part:
    inside: Any = tomllib.loads(lines)
    path: list[str] = []
    header = lines.lstrip().startswith("[")
    while isinstance(inside, dict) and len(inside) == 1:
        [(name, inside)] = inside.items()
        path.append(name)
        if not header and "{" in lines:
            break
    tag = KEY if not header else ITEM if isinstance(inside, list) else TABLE
    return _Part(tag=tag, path=tuple(path), lead=lead, lines=lines)


def _place(parts: Sequence[_Part], parent: Key, found: dict[Key, Node], like: Tree | None) -> None:
    """Makes nodes of the parts; things in a list get the key of their equal in ``like``."""
    keys = _keys(parts, parent, like)
    for part, own in zip(parts, keys, strict=True):
        values = {PATH: part.path, LEAD: part.lead, LINES: part.lines}
        found[own] = Node(key=own, tag=part.tag, parent=parent, values=values)
        _place(part.inner, own, found, like)


def _keys(parts: Sequence[_Part], parent: Key, like: Tree | None) -> list[Key]:
    keys: dict[int, Key] = {}
    for path in dict.fromkeys(part.path for part in parts if part.tag == ITEM):
        group = [n for n, part in enumerate(parts) if part.tag == ITEM and part.path == path]
        things = [(parts[n].name, parts[n].content) for n in group]
        known = list(_known(like, parent, path)) if like else []
        start = f"[[{'.'.join(path)}]]="
        keys |= dict(zip(group, alike(things, known, parent, start), strict=True))
    return [keys.get(n) or _fixed(part, parent) for n, part in enumerate(parts)]


def _known(like: Tree, parent: Key, path: tuple[str, ...]) -> Iterator[tuple[Key, str]]:
    for node in like.within(parent):
        if node.tag == ITEM and node.values[PATH] == path:
            lines = (str(like.nodes[one].values[LINES]) for one in like.below(node.key))
            yield node.key, "".join(lines)


def _fixed(part: _Part, parent: Key) -> Key:
    name = ".".join(part.path)
    return (*parent, f"[{name}]" if part.tag == TABLE else name)


def _lines(tree: Tree, key: Key) -> Iterator[str]:
    """The text of a node and what is in it: keys first, for after a header they would be its."""
    if key != ROOT:
        yield str(tree.nodes[key].values[LEAD]) + str(tree.nodes[key].values[LINES])
    for node in sorted(tree.within(key), key=lambda one: one.tag != KEY):
        yield from _lines(tree, node.key)


def _joined(path: tuple[str, ...], *sides: Any) -> Any:
    """A list of texts on one line to which each added, or from which each took, something else."""
    if not all(isinstance(one, str) and one.count("\n") == 1 and "#" not in one for one in sides):
        return CLASH
    base, mine, theirs = (value_of(one) for one in sides)
    if not all(_texts(one) for one in (base, mine, theirs)):
        return CLASH
    kept = [
        (one,)
        for one in dict.fromkeys((*mine, *theirs))
        if (one in mine and one in theirs) or one not in base
    ]
    b, m, t = ([(one,) for one in side] for side in (base, mine, theirs))
    order, clash = merged_order(b, m, t, kept, mine_first=True)
    if clash:
        return CLASH
    told = ", ".join(json.dumps(one, ensure_ascii=False) for [one] in order)
    return f"{'.'.join(path)} = [{told}]\n"


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
