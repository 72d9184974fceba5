"""A newer original of something that a municipality made its own: taken in, or declined."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import NotFound
from service.operations import bundle_files
from service.operations.collaborators import Collaborators
from service.operations.studio.draft_files import Saved, ToSave, read_file, save_file
from service.operations.studio.drafts import require_owner
from service.operations.studio.merging import Prefer, merge
from service.operations.studio.originals import decline, digest_of, own_versions, shared_files
from service.storage import Publication

NEW_VERSION = "de nieuwe versie van Meldroute"


def follow_original(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    path: str,
    actor: Actor,
    now: datetime,
    prefer: Prefer | None = None,
) -> Saved:
    """Takes the newest original into a draft, together with what is one's own.

    Where both changed the same thing nothing is saved, unless ``prefer`` says whose counts.

    Raises:
        NotFound: there is no such draft for this actor, or the file has no original.
        Conflict: the draft has been published or thrown away.
    """
    here = read_file(session, collaborators, draft_id=draft_id, path=path, actor=actor)
    shared = _shared(path)
    own = own_versions(session, actor.municipality).get(path)
    mine = here.content or b""
    merged = merge(
        path,
        base=(own.original if own else None) or mine,
        mine=mine,
        theirs=shared,
        prefer=prefer,
        other=NEW_VERSION,
    )
    if merged.conflicts and prefer is None:
        return Saved(
            saved=False, revision=here.revision, content=shared, conflicts=merged.conflicts
        )
    file = ToSave(
        path=path, content=merged.content, revision=here.revision, follows=digest_of(shared)
    )
    return save_file(session, collaborators, draft_id=draft_id, file=file, actor=actor, now=now)


def decline_original(
    session: Session, collaborators: Collaborators, *, path: str, actor: Actor, now: datetime
) -> None:
    """Notes that the newest original is not wanted; the next one is announced again.

    Raises:
        NotFound: the actor's role does not publish, or the file has no original.
    """
    require_owner(session, collaborators, actor)
    _shared(path)
    published = collaborators.publications.current(session, actor.municipality)
    if path not in bundle_files.unpack(session.get_one(Publication, published.id).files):
        raise NotFound(f"{path} staat niet in uw publicatie.")
    decline(session, municipality=actor.municipality, path=path, now=now)


def _shared(path: str) -> bytes:
    shared = shared_files().get(path)
    if shared is None:
        raise NotFound(f"Van {path} komt geen gedeelde versie met Meldroute mee.")
    return shared
