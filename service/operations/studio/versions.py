"""Earlier savings of a file of a draft: which there are, what was in one, and going back to it."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import NotFound
from service.operations.collaborators import Collaborators
from service.operations.file_kinds import kind_of
from service.operations.studio.draft_files import base_of, content_at, put_file, read_file
from service.operations.studio.drafts import draft_for, require_open
from service.storage import Draft, DraftFile, Publication


@dataclass(frozen=True, kw_only=True)
class Version:
    """How a file was at some moment."""

    revision: int
    """0 as it is published."""
    by: str
    at: datetime
    gone: bool = False
    """Whether it was taken away then."""


@dataclass(frozen=True, kw_only=True)
class Versions:
    """What is kept of a file, the newest first."""

    draft: Draft
    path: str
    kept: tuple[Version, ...]


def versions_of(
    session: Session, collaborators: Collaborators, *, draft_id: UUID, path: str, actor: Actor
) -> Versions:
    """The savings of a file, and how it is published.

    Raises:
        NotFound: there is no such draft for this actor, or no such file in it.
        Unreadable: no file of a bundle has such a path.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    kind_of(path)
    rows = session.execute(
        select(
            DraftFile.revision,
            DraftFile.changed_by_name,
            DraftFile.changed_at,
            DraftFile.content.is_(None),
        )
        .where(DraftFile.draft_id == draft.id, DraftFile.path == path)
        .order_by(DraftFile.revision.desc())
    )
    kept = [Version(revision=revision, by=by, at=at, gone=gone) for revision, by, at, gone in rows]
    if path in base_of(session, draft):
        base = session.get_one(Publication, draft.base_id)
        kept.append(Version(revision=0, by=base.published_by, at=base.published_at))
    if not kept:
        raise NotFound(f"{path} staat niet in dit concept.")
    return Versions(draft=draft, path=path, kept=tuple(kept))


def read_version(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    path: str,
    revision: int,
    actor: Actor,
) -> bytes:
    """What was in a file.

    Raises:
        NotFound: there is no such draft for this actor, or there was no such file then.
        InvalidInput: that saving is no longer kept.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    return _there(session, draft, path, revision)


def bring_back(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    path: str,
    revision: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Lets a file read again as it did; that is one more saving, so it can be taken back too.

    Raises:
        NotFound: there is no such draft for this actor, or there was no such file then.
        Conflict: the draft has been published or thrown away.
        InvalidInput: that saving is no longer kept.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor, hold=True)
    require_open(draft)
    content = _there(session, draft, path, revision)
    here = read_file(session, collaborators, draft_id=draft_id, path=path, actor=actor)
    if here.content != content:
        put_file(session, draft, replace(here, content=content), actor=actor, now=now)


def _there(session: Session, draft: Draft, path: str, revision: int) -> bytes:
    content = content_at(session, draft, path, revision)
    if content is None:
        raise NotFound(f"{path} stond toen niet in dit concept.")
    return content
