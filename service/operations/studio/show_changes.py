"""What a draft changes, or what is other in one publication than in another."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import NotFound
from service.operations import bundle_files
from service.operations.collaborators import Collaborators
from service.operations.comparing import Comparison, FileChange, compare
from service.operations.comparing.sides import Side, side_of
from service.operations.studio.draft_files import content_of
from service.operations.studio.drafts import draft_for, require_owner
from service.storage import Draft, Publication


@dataclass(frozen=True, kw_only=True)
class Beside:
    """One file in both versions."""

    change: FileChange
    before: Side
    after: Side


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Everything that changed, and one file from nearby."""

    comparison: Comparison
    beside: Beside | None


def changes_of_draft(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    actor: Actor,
    path: str | None = None,
) -> tuple[Draft, int, Changes]:
    """A draft, the number of the publication that it changes, and what it changes.

    Raises:
        NotFound: there is no such draft for this actor, or it does not change this file.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    content = content_of(session, draft)
    number = session.get_one(Publication, draft.base_id).number
    return draft, number, _changes(content.base, content.files, path)


def changes_between(
    session: Session,
    collaborators: Collaborators,
    *,
    number: int,
    other: int,
    actor: Actor,
    path: str | None = None,
) -> Changes:
    """What is other in publication ``other`` than in publication ``number``.

    Raises:
        NotFound: one of them is not there for this actor, or this file is the same in both.
    """
    require_owner(session, collaborators, actor)
    before, after = (_files(session, actor.municipality, one) for one in (number, other))
    return _changes(before, after, path)


def _files(session: Session, municipality: str, number: int) -> bundle_files.Files:
    packed = session.scalars(
        select(Publication.files).where(
            Publication.municipality == municipality, Publication.number == number
        )
    ).one_or_none()
    if packed is None:
        raise NotFound(f"Publicatie {number} bestaat niet, of is niet voor u.")
    return bundle_files.unpack(packed)


def _changes(before: bundle_files.Files, after: bundle_files.Files, path: str | None) -> Changes:
    comparison = compare(before, after)
    if path is None:
        return Changes(comparison=comparison, beside=None)
    change = next((one for one in comparison.files if one.path == path), None)
    if change is None:
        raise NotFound(f"{path} is in beide hetzelfde.")
    old, new = (side_of(change, files.get(path)) for files in (before, after))
    return Changes(comparison=comparison, beside=Beside(change=change, before=old, after=new))
