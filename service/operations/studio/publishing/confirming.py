"""Four eyes after the fact: which takings back somebody else has yet to confirm."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from service.domain.actor import Actor
from service.domain.errors import NotAllowed
from service.storage import Publication, TakeBack


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """Where the confirmation of a taking back stands."""

    by: str | None
    """Who confirmed it; None as long as nobody has."""
    at: datetime | None
    own: bool
    """Whether the actor took it back: then somebody else must confirm it."""


def ask_confirmation(session: Session, *, publication_id: UUID, actor: Actor) -> None:
    """Notes that somebody else has yet to confirm this taking back."""
    session.add(
        TakeBack(
            publication_id=publication_id,
            municipality=actor.municipality,
            taken_back_by=actor.user_id,
        )
    )
    session.flush()


def confirmations(session: Session, actor: Actor) -> Mapping[UUID, Confirmation]:
    """Of each taking back for which it is asked, by the id of its publication."""
    rows = session.scalars(select(TakeBack).where(TakeBack.municipality == actor.municipality))
    return {
        row.publication_id: Confirmation(
            by=row.confirmed_by_name,
            at=row.confirmed_at,
            own=row.taken_back_by == actor.user_id,
        )
        for row in rows
    }


def unconfirmed(session: Session, municipality: str) -> tuple[int, ...]:
    """The numbers of the publications that took another back and wait for a second person.

    What was taken back itself counts no longer, and waits for nobody.
    """
    later = aliased(Publication)
    numbers = (
        select(Publication.number)
        .join(TakeBack, TakeBack.publication_id == Publication.id)
        .outerjoin(
            later,
            and_(later.municipality == municipality, later.undoes == Publication.number),
        )
        .where(
            TakeBack.municipality == municipality,
            TakeBack.confirmed_by.is_(None),
            later.id.is_(None),
        )
        .order_by(Publication.number)
    )
    return tuple(session.scalars(numbers))


def require_confirmed(session: Session, municipality: str) -> None:
    """Raises NotAllowed as long as a taking back waits for a second person."""
    if waiting := unconfirmed(session, municipality):
        raise NotAllowed(
            f"Publicatie {waiting[0]} draaide een andere terug en is nog niet bevestigd. Vraag een "
            "collega die ook publiceert om haar te bekijken; daarna kunt u publiceren."
        )
