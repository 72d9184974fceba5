"""Brings a draft onto the newest publication: each changed file merged with what others did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.operations import bundle_files
from service.operations.collaborators import Collaborators
from service.operations.studio.draft_files import FileText, base_of, changed_in, put_file
from service.operations.studio.drafts import draft_for, require_open
from service.operations.studio.merging import Merged, Prefer, merge
from service.storage import DraftFile, Publication


@dataclass(frozen=True, kw_only=True)
class Clash:
    """A file that both changed: somebody has to choose."""

    path: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Rebased:
    """What became of it."""

    done: bool
    """False when files clash: nothing has been changed then."""
    number: int
    """The newest publication."""
    clashes: tuple[Clash, ...] = ()
    """With ``done``: those for which a choice was made."""


def rebase_draft(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    actor: Actor,
    now: datetime,
    prefer: Mapping[str, Prefer] | None = None,
) -> Rebased:
    """Lets a draft change what is published now instead of what was when it was begun.

    ``prefer`` says by path whose change counts where both changed the same thing: ``mine`` is
    that of the draft.

    Raises:
        NotFound: there is no such draft for this actor.
        Conflict: it has been published or thrown away.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor, hold=True)
    require_open(draft)
    newest = collaborators.publications.current(session, draft.municipality)
    if draft.base_id == newest.id:
        return Rebased(done=True, number=newest.number)
    before, changed = base_of(session, draft), changed_in(session, draft)
    after = bundle_files.unpack(session.get_one(Publication, newest.id).files)
    merged = {
        path: merged_file(
            path,
            before.get(path),
            row.content,
            after.get(path),
            (prefer or {}).get(path),
            other=f"publicatie {newest.number}",
        )
        for path, row in changed.items()
    }
    clashes = tuple(
        Clash(path=path, sentences=found.conflicts)
        for path, found in merged.items()
        if found.conflicts
    )
    if {clash.path for clash in clashes} - (prefer or {}).keys():
        return Rebased(done=False, number=newest.number, clashes=clashes)
    draft.base_id, draft.changed_at = newest.id, now
    for path, found in merged.items():
        if found.content == after.get(path):
            session.execute(
                delete(DraftFile).where(DraftFile.draft_id == draft.id, DraftFile.path == path)
            )
        elif found.content != changed[path].content:
            here = FileText(path=path, content=found.content, revision=changed[path].revision)
            put_file(session, draft, here, actor=actor, now=now)
    session.flush()
    return Rebased(done=True, number=newest.number, clashes=clashes)


@dataclass(frozen=True, kw_only=True)
class MergedFile:
    """A file with the changes of both; None when it is gone."""

    content: bytes | None
    conflicts: tuple[str, ...] = ()


def merged_file(
    path: str,
    base: bytes | None,
    mine: bytes | None,
    theirs: bytes | None,
    prefer: Prefer | None,
    *,
    other: str,
) -> MergedFile:
    """The changes of both since ``base``, for a file that may be new or gone as well."""
    if theirs in (base, mine):
        return MergedFile(content=mine)
    if base == mine:
        return MergedFile(content=theirs)
    if mine is None or theirs is None:
        gone, kept = ("het concept", "de publicatie") if mine is None else _SWAPPED
        clash = f"{path} is in {gone} weggelaten en in {kept} gewijzigd."
        return MergedFile(content=theirs if prefer == "theirs" else mine, conflicts=(clash,))
    found: Merged = merge(
        path, base=base or b"", mine=mine, theirs=theirs, prefer=prefer, other=other
    )
    return MergedFile(content=found.content, conflicts=found.conflicts)


_SWAPPED = ("de publicatie", "het concept")
