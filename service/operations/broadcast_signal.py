"""Takes a signal in from a person or another system; the worker carries it to who waits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.operations import rights
from service.operations.collaborators import Collaborators
from service.operations.outbox import Letter, put_in


def broadcast_signal(
    session: Session,
    collaborators: Collaborators,
    *,
    name: str,
    payload: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    message_id: UUID | None = None,
) -> UUID:
    """Puts a signal in the outbox, for every case that waits and every process that begins by it.

    Nobody need wait. ``message_id`` is the sender's own number: sending the same once more
    changes nothing. The number in the outbox.

    Raises:
        NotAllowed: none of the actor's roles may send messages.
        InvalidInput: the payload cannot be taken in.
    """
    profile = collaborators.publications.current(session, actor.municipality).profile
    rights.require_messenger(actor, profile)
    message, new = put_in(
        session,
        collaborators,
        Letter(channel="signal", name=name, correlation_key=None, payload=payload, actor=actor),
        message_id=message_id,
        now=now,
    )
    if new:
        collaborators.queue.send_messages(session, [message.id])
    return message.id
