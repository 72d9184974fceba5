"""Takes a process message in from a person or another system, and delivers it at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Incident, NotFound
from service.operations import rights
from service.operations.collaborators import Collaborators
from service.operations.deliver import deliver
from service.operations.outbox import Letter, put_in
from service.operations.spread import spread
from service.storage import Delivery, MessageOut


@dataclass(frozen=True, kw_only=True)
class Reached:
    """Where a message came."""

    instances: tuple[UUID, ...]
    """The cases that waited for it."""
    started: tuple[UUID, ...]
    """The cases that began by it, because none waited."""


def send_in(
    session: Session,
    collaborators: Collaborators,
    *,
    name: str,
    correlation_key: str | None,
    payload: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    message_id: UUID | None = None,
) -> Reached:
    """Gives a message to each case that waits for it; else it begins a case of each process
    that starts by it.

    ``message_id`` is the sender's own number: sending the same once more changes nothing and
    tells the same.

    Raises:
        NotAllowed: none of the actor's roles may send messages.
        InvalidInput: the payload cannot be taken in.
        NotFound: no case waits for it, and no process begins by it.
        Incident: a case that should begin cannot take its first step; nothing has happened.
    """
    profile = collaborators.publications.current(session, actor.municipality).profile
    rights.require_messenger(actor, profile)
    letter = Letter(
        channel="process",
        name=name,
        correlation_key=correlation_key,
        payload=payload,
        actor=actor,
    )
    return hand_in(session, collaborators, letter, message_id=message_id, now=now)


def hand_in(
    session: Session,
    collaborators: Collaborators,
    letter: Letter,
    *,
    message_id: UUID | None,
    now: datetime,
) -> Reached:
    """Delivers a message of somebody whose right to send it has been checked.

    Raises:
        InvalidInput: the payload cannot be taken in.
        NotFound: no case waits for it, and no process begins by it.
        Incident: a case that should begin cannot take its first step; nothing has happened.
    """
    message, new = put_in(session, collaborators, letter, message_id=message_id, now=now)
    if new:
        _deliver_all(session, collaborators, message, now)
    return _reached(session, message)


def nobody(name: str) -> str:
    """What is said when a message reaches nobody."""
    return f"Geen zaak wacht op bericht {name!r} met deze sleutel, en geen proces begint ermee."


def _deliver_all(
    session: Session, collaborators: Collaborators, message: MessageOut, now: datetime
) -> None:
    deliveries = spread(session, collaborators, message)
    if not deliveries:
        raise NotFound(nobody(message.subject))
    session.execute(
        update(MessageOut).where(MessageOut.id == message.id).values(sent_at=now, attempts=1)
    )
    for delivery_id in deliveries:
        deliver(session, collaborators, delivery_id=delivery_id, now=now)
    failed = session.scalar(
        select(Delivery.error).where(
            Delivery.message_id == message.id,
            Delivery.process_id.is_not(None),
            Delivery.state == "failed",
        )
    )
    if failed is not None:
        raise Incident(failed)


def _reached(session: Session, message: MessageOut) -> Reached:
    made = session.execute(
        select(Delivery.instance_id, Delivery.process_id)
        .where(Delivery.message_id == message.id, Delivery.state != "missed")
        .order_by(Delivery.instance_id)
    ).all()
    return Reached(
        instances=tuple(key for key, process in made if key and process is None),
        started=tuple(key for key, process in made if key and process is not None),
    )
