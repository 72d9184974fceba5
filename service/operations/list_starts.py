"""What begins by itself: the starts by the clock, and starts by a message or signal that failed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.operations import rights
from service.operations.collaborators import Collaborators
from service.storage import Delivery, MessageOut, ScheduledStart


@dataclass(frozen=True, kw_only=True)
class AutomaticStart:
    """One way in which a process begins without anybody starting it."""

    id: UUID
    process_id: str
    by: Literal["timer", "message", "signal"]
    name: str
    """The id of the start event, or the name of the message or signal."""
    next_at: datetime | None
    """Of a timer: when it begins a case; nothing when it has none left."""
    missed_at: datetime | None
    """When a case should have begun and could not."""
    incident: str | None


def list_starts(
    session: Session, collaborators: Collaborators, *, actor: Actor, limit: int = 500
) -> list[AutomaticStart]:
    """The planned starts of the actor's municipality and the failed ones; failed ones first.

    Raises:
        NotAllowed: none of the actor's roles looks after what begins by itself.
    """
    profile = collaborators.publications.current(session, actor.municipality).profile
    rights.require_messenger(actor, profile, "Uw rol gaat niet over wat vanzelf begint.")
    found = [*_failed(session, actor.municipality, limit), *_planned(session, actor.municipality)]
    return sorted(found, key=lambda start: start.incident is None)


def _failed(session: Session, municipality: str, limit: int) -> list[AutomaticStart]:
    rows = session.execute(
        select(Delivery, MessageOut.channel, MessageOut.subject)
        .join(MessageOut, MessageOut.id == Delivery.message_id)
        .where(
            Delivery.municipality == municipality,
            Delivery.state == "failed",
            Delivery.process_id.is_not(None),
        )
        .order_by(Delivery.created_at.desc())
        .limit(limit)
    )
    return [
        AutomaticStart(
            id=delivery.id,
            process_id=delivery.process_id or "",
            by="signal" if channel == "signal" else "message",
            name=name,
            next_at=None,
            missed_at=delivery.created_at,
            incident=delivery.error,
        )
        for delivery, channel, name in rows
    ]


def _planned(session: Session, municipality: str) -> list[AutomaticStart]:
    starts = session.scalars(
        select(ScheduledStart)
        .where(ScheduledStart.municipality == municipality)
        .order_by(ScheduledStart.process_id, ScheduledStart.element_id)
    )
    return [
        AutomaticStart(
            id=start.id,
            process_id=start.process_id,
            by="timer",
            name=start.element_id,
            next_at=start.next_at,
            missed_at=start.missed_at,
            incident=start.incident,
        )
        for start in starts
    ]
