"""Sends a message of the outbox: a mail, or a process message to the cases that wait for it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import engine_actor
from service.domain.errors import NotFound
from service.operations.collaborators import Collaborators
from service.operations.deliver_message import deliver_message
from service.operations.mail import Mailer, send_mail
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
    if message.channel == "mail":
        send_mail(session, mailer, message=message, now=now)
        return
    _deliver(session, collaborators, message, now)


def _deliver(
    session: Session, collaborators: Collaborators, message: MessageOut, now: datetime
) -> None:
    sender = session.get_one(Instance, message.instance_id)
    payload = collaborators.vault.case(sender.id, sender.data_key).open(
        "message", message.payload or b""
    )
    error = None
    try:
        deliver_message(
            session,
            collaborators,
            name=message.subject,
            correlation_key=message.correlation_key,
            payload=engine.load_values(payload),
            actor=engine_actor(message.municipality),
            now=now,
        )
    except NotFound as nobody:
        error = str(nobody)
    session.execute(
        update(MessageOut)
        .where(MessageOut.id == message.id)
        .values(sent_at=now, attempts=message.attempts + 1, error=error)
    )
