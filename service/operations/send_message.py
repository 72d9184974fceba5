"""Sends a message of the outbox: a mail, or a message or signal to those who are to have it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service.domain.actor import engine_actor
from service.operations.anonymity import no_sharper
from service.operations.case import lock_case
from service.operations.collaborators import Collaborators
from service.operations.deliver_message import nobody
from service.operations.history import Happening, append_event
from service.operations.mail import Mail, Mailer
from service.operations.outbox import erase_when_done
from service.operations.reporter_contact import reporter_address
from service.operations.spread import spread
from service.storage import Instance, MessageOut


def send_message(
    session: Session,
    collaborators: Collaborators,
    mailer: Mailer,
    *,
    message_id: UUID,
    now: datetime,
) -> None:
    """Sends one message; one that was sent already is left alone.

    Raises:
        OSError: the mail server could not be reached; try again later.
    """
    message = session.scalars(
        select(MessageOut).where(MessageOut.id == message_id).with_for_update()
    ).one_or_none()
    if message is None or message.sent_at is not None:
        return
    error = (
        _mail(session, collaborators, mailer, message)
        if message.channel == "mail"
        else _spread(session, collaborators, message)
    )
    session.execute(
        update(MessageOut)
        .where(MessageOut.id == message.id)
        .values(
            sent_at=no_sharper(message.created_at, now),
            attempts=message.attempts + 1,
            error=error,
        )
    )


def give_up_message(
    session: Session, collaborators: Collaborators, *, message_id: UUID, why: str, now: datetime
) -> None:
    """Called when the last try failed: the case says that a mail has not gone out."""
    message = session.get(MessageOut, message_id)
    if message is None or message.sent_at is not None:
        return
    session.execute(update(MessageOut).where(MessageOut.id == message_id).values(error=why))
    if message.instance_id is not None:
        case = lock_case(
            session,
            collaborators,
            instance_id=message.instance_id,
            municipality=message.municipality,
        )
        happening = Happening(kind="bericht_mislukt", actor=engine_actor(message.municipality))
        append_event(session, case, happening, now=no_sharper(message.created_at, now))


def _mail(
    session: Session, collaborators: Collaborators, mailer: Mailer, message: MessageOut
) -> str | None:
    """Hands the mail over; the address of a reporter comes out of the melderkluis only here."""
    recipient = message.recipient
    if recipient is None and message.instance_id is not None:
        instance = session.get_one(Instance, message.instance_id)
        recipient = reporter_address(session, collaborators, instance)
    if recipient is None:
        return "De melder is niet (meer) per mail te bereiken."
    mailer.send(
        Mail(
            recipient=recipient,
            subject=message.subject,
            body=message.body or "",
            confidential=message.recipient is None,
        )
    )
    return None


def _spread(session: Session, collaborators: Collaborators, message: MessageOut) -> str | None:
    """Has the worker make each delivery by itself; nobody need wait for a signal."""
    deliveries = spread(session, collaborators, message)
    if deliveries:
        collaborators.queue.deliver(session, deliveries)
        return None
    erase_when_done(session, message)
    return nobody(message.subject) if message.channel == "process" else None
