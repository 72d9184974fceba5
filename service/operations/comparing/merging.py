"""Merges what two people made of one file."""

from dataclasses import dataclass
from typing import Literal

from service.domain.errors import Unreadable
from service.operations.comparing.kind import ORDER, Kind, Tangled, bare, quoted
from service.operations.comparing.kinds import KINDS
from service.operations.comparing.three_way import Clash, ThreeWay
from service.operations.comparing.tree import Tree
from service.operations.file_kinds import kind_of

Prefer = Literal["mine", "theirs"]
COLLEAGUE = "uw collega"


@dataclass(frozen=True, kw_only=True)
class Merged:
    """A file with the changes of both."""

    content: bytes
    """Empty when the file is taken away."""
    conflicts: tuple[str, ...] = ()
    """What both changed differently, one Dutch sentence each."""


def merge(
    path: str,
    *,
    base: bytes,
    mine: bytes,
    theirs: bytes,
    prefer: Prefer | None = None,
    other: str = COLLEAGUE,
) -> Merged:
    """The changes of both since ``base``; ``prefer`` decides where they clash.

    ``other``: whose change ``theirs`` is, as the sentences call it.

    Empty content is a file that is not there. Nothing in the result names what is not there.
    """
    if theirs in (base, mine):
        return Merged(content=mine)
    if base == mine:
        return Merged(content=theirs)
    if not mine or not theirs:
        return _whole(_away(path, bool(theirs), other, "wijzigde dit"), mine, theirs, prefer)
    try:
        work, merged = _by_parts(path, base=base, mine=mine, theirs=theirs, prefer=prefer)
    except (Tangled, Unreadable):
        why = f"{path}: u en {other} hebben dit veranderd, op een manier die niet samengaat."
        return _whole(why, mine, theirs, prefer)
    told = dict.fromkeys(_sentence(work, clash, other) for clash in work.clashes)
    return Merged(content=merged, conflicts=tuple(told))


def _whole(why: str, mine: bytes, theirs: bytes, prefer: Prefer | None) -> Merged:
    return Merged(content=theirs if prefer == "theirs" else mine, conflicts=(why,))


def _by_parts(
    path: str, *, base: bytes, mine: bytes, theirs: bytes, prefer: Prefer | None
) -> tuple[ThreeWay, bytes]:
    kind = KINDS[kind_of(path)]
    before = kind.read(base, file=path) if base else bare()
    trees = [kind.read(content, file=path, like=before) for content in (mine, theirs)]
    work = ThreeWay(
        kind=kind,
        base=before,
        mine=trees[0],
        theirs=trees[1],
        mine_first=prefer != "theirs",
    )
    merged = work.merged()
    for tree, content in zip(trees, (mine, theirs), strict=True):
        if list(tree.nodes.items()) == list(merged.nodes.items()):
            return work, content
    written = kind.write(merged, mine=mine, theirs=theirs)
    kind.read(written, file=path)
    return work, written


def _sentence(work: ThreeWay, clash: Clash, other: str) -> str:
    tree, kind = _tree_with(work, clash), work.kind
    node, owner = tree.nodes[clash.key], kind.owner(tree, clash.key)
    thing = kind.called(tree, clash.key)
    if clash.name == ORDER:
        return f"Volgorde in {thing}: u en {other} hebben die veranderd."
    if clash.name is None:
        what = _first_up(thing if owner == clash.key else _detail(kind, tree, clash))
        return _away(what, clash.mine is True, other, "wijzigde dit of gebruikt het")
    mine, theirs = (
        quoted(kind.shown(one, node, clash.name, value))
        for one, value in ((work.mine, clash.mine), (work.theirs, clash.theirs))
    )
    what = _first_up(kind.value_called(tree, node, clash.name))
    if mine == theirs:
        return f"{what}: u en {other} hebben dit veranderd."
    return f"{what}: u {mine}, {other} {theirs}."


def _away(what: str, by_me: bool, other: str, built: str) -> str:
    gone, kept = ("u hebt", other) if by_me else (f"{other} heeft", "u")
    return f"{what}: {gone} dit weggehaald, {kept} {built}."


def _tree_with(work: ThreeWay, clash: Clash) -> Tree:
    """The base names things as both knew them; what is new is in one of the others."""
    return next(t for t in (work.base, work.mine, work.theirs) if clash.key in t.nodes)


def _detail(kind: Kind, tree: Tree, clash: Clash) -> str:
    node = tree.nodes[clash.key]
    names = [name for name in node.values if not name.startswith("#") or name == "#text"]
    return kind.value_called(tree, node, names[0] if names else "#text")


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
