"""Merges what two people made of one file."""

from dataclasses import dataclass
from typing import Literal

Prefer = Literal["mine", "theirs"]


@dataclass(frozen=True, kw_only=True)
class Merged:
    """A file with the changes of both."""

    content: bytes
    conflicts: tuple[str, ...] = ()
    """What both changed differently, one Dutch sentence each."""


def merge(
    path: str,
    *,
    base: bytes,
    mine: bytes,
    theirs: bytes,
    prefer: Prefer | None = None,
) -> Merged:
    """The changes of both since ``base``; ``prefer`` decides where they clash."""
    if theirs in (base, mine):
        return Merged(content=mine)
    if base == mine:
        return Merged(content=theirs)
    clash = (f"{path} is door u beiden gewijzigd.",)
    return Merged(content=theirs if prefer == "theirs" else mine, conflicts=clash)
