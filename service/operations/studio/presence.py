"""Who has which file of a draft open at this moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.operations.collaborators import Collaborators
from service.operations.file_kinds import kind_of
from service.operations.studio.drafts import draft_for
from service.storage import DraftPresence

GONE_AFTER = timedelta(seconds=30)
"""Who has not been heard of for this long has left."""


@dataclass(frozen=True, kw_only=True)
class Present:
    """A colleague at work in the draft."""

    name: str
    path: str


def be_present(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    path: str,
    actor: Actor,
    now: datetime,
) -> tuple[Present, ...]:
    """Notes that the actor has a file open, and says which colleagues have one open too.

    Raises:
        NotFound: there is no such draft for this actor.
        Unreadable: no file of a bundle has such a path.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    kind_of(path)
    here = {"path": path, "user_name": actor.name, "seen_at": now}
    session.execute(
        insert(DraftPresence)
        .values(draft_id=draft.id, user_id=actor.user_id, municipality=draft.municipality, **here)
        .on_conflict_do_update(index_elements=["draft_id", "user_id"], set_=here)
    )
    rows = session.scalars(
        select(DraftPresence)
        .where(
            DraftPresence.draft_id == draft.id,
            DraftPresence.user_id != actor.user_id,
            DraftPresence.seen_at > now - GONE_AFTER,
        )
        .order_by(DraftPresence.user_name)
    )
    return tuple(Present(name=row.user_name, path=row.path) for row in rows)
