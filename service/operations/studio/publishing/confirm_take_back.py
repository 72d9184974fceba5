"""Confirms, as a second person, that a publication was rightly taken back."""

from datetime import datetime

from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict, NotAllowed
from service.operations import rights
from service.operations.collaborators import Collaborators
from service.operations.studio.drafts import require_owner
from service.operations.studio.publishing.confirming import unconfirmed
from service.operations.studio.publishing.publications import numbered
from service.storage import TakeBack


def confirm_take_back(
    session: Session, collaborators: Collaborators, *, number: int, actor: Actor, now: datetime
) -> None:
    """Confirms that publication ``number`` rightly took another one back.

    Raises:
        NotFound: there is no such publication for this actor.
        Conflict: no confirmation is asked for it (any more), or a colleague gave one.
        NotAllowed: the actor took it back.
    """
    require_owner(session, collaborators, actor)
    row = _asked(session, actor.municipality, number)
    if row.confirmed_by is not None:
        raise Conflict(
            f"{row.confirmed_by_name} heeft dit al bevestigd, om {rights.clock(row.confirmed_at)}."
        )
    if row.taken_back_by == actor.user_id:
        raise NotAllowed(
            "U hebt zelf teruggedraaid; vraag een collega die ook publiceert om het te bevestigen."
        )
    row.confirmed_by, row.confirmed_by_name, row.confirmed_at = actor.user_id, actor.name, now
    thing = f"publicatie {number}"
    rights.note_access(session, actor=actor, what="terugdraaien_bevestigd", now=now, thing=thing)


def _asked(session: Session, municipality: str, number: int) -> TakeBack:
    """The taking back, held, so that of two who confirm at once the second is told."""
    publication = numbered(session, municipality, number)
    row = session.get(TakeBack, publication.id, with_for_update=True, populate_existing=True)
    if row is None:
        raise Conflict(f"Voor publicatie {number} wordt geen bevestiging gevraagd.")
    if row.confirmed_by is None and number not in unconfirmed(session, municipality):
        raise Conflict(f"Publicatie {number} is zelf teruggedraaid; bevestigen hoeft niet meer.")
    return row
