"""Messages and signals on their way: put in by somebody, opened for who gets them, and erased."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from sqlalchemy import exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import Actor, engine_actor
from service.operations.collaborators import Collaborators
from service.operations.start_instance import refuse_own_variables
from service.storage import Delivery, Instance, MessageOut
from service.storage.instance import waiting_key


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message or signal, opened."""

    channel: str
    """``process`` for a message, ``signal`` for a signal."""
    name: str
    correlation_key: str | None
    payload: Mapping[str, Any]
    actor: Actor
    """Who sent it in; the engine when a case did."""

    @property
    def keys(self) -> list[str]:
        """How ``instance.waiting_for`` spells who takes this message: this key, or any."""
        return waiting_keys(self.name, self.correlation_key)


def waiting_keys(name: str, correlation_key: str | None) -> list[str]:
    """What ``instance.waiting_for`` holds of whoever takes this message: its key, or none."""
    return list(dict.fromkeys((waiting_key(name, correlation_key), waiting_key(name, None))))


def put_in(
    session: Session,
    collaborators: Collaborators,
    letter: Letter,
    *,
    message_id: UUID | None,
    now: datetime,
) -> tuple[MessageOut, bool]:
    """Writes what somebody sends in to the outbox, under a key of its own; and whether it is new.

    ``message_id`` is the sender's own number: sending it again finds the first.

    Raises:
        InvalidInput: no case could keep the payload, or it has a name that is the product's own.
    """
    refuse_own_variables(letter.payload)
    payload = engine.checked(letter.payload)
    key = (
        uuid5(message_id, f"{letter.channel} {letter.actor.municipality}")
        if message_id
        else uuid4()
    )
    wrapped = collaborators.vault.new_case_key(key)
    sealed = collaborators.vault.case(key, wrapped).seal("message", engine.dump_values(payload))
    written = session.scalar(
        insert(MessageOut)
        .values(
            id=key,
            municipality=letter.actor.municipality,
            channel=letter.channel,
            subject=letter.name,
            correlation_key=letter.correlation_key,
            payload=sealed,
            data_key=wrapped,
            sender_id=letter.actor.user_id,
            sender_name=letter.actor.name,
            created_at=now,
            attempts=0,
        )
        .on_conflict_do_nothing(index_elements=[MessageOut.id])
        .returning(MessageOut.id)
    )
    return session.get_one(MessageOut, key), written is not None


def opened(session: Session, collaborators: Collaborators, message: MessageOut) -> Letter:
    """What a message or signal says, and on whose behalf."""
    return Letter(
        channel=message.channel,
        name=message.subject,
        correlation_key=message.correlation_key,
        payload=_payload(session, collaborators, message),
        actor=_sender(message),
    )


def erase_when_done(session: Session, message: MessageOut) -> None:
    """Takes away what was sent in, with its key, once nobody is to have it any more.

    Of two last deliveries at once, the second waits here for the first.
    """
    if message.data_key is None:
        return
    session.execute(select(MessageOut.id).where(MessageOut.id == message.id).with_for_update())
    to_come = exists().where(
        Delivery.message_id == message.id, Delivery.state.in_(("waiting", "held", "failed"))
    )
    session.execute(
        update(MessageOut)
        .where(MessageOut.id == message.id, ~to_come)
        .values(payload=None, data_key=None)
        .execution_options(synchronize_session=False)
    )


def _payload(session: Session, collaborators: Collaborators, message: MessageOut) -> dict[str, Any]:
    if message.data_key is not None:
        vault = collaborators.vault.case(message.id, message.data_key)
    else:
        sender = session.get_one(Instance, message.instance_id)
        vault = collaborators.vault.case(sender.id, sender.data_key)
    return dict(engine.load_values(vault.open("message", message.payload or b"")))


def _sender(message: MessageOut) -> Actor:
    if message.sender_name is None:
        return engine_actor(message.municipality)
    return Actor(
        user_id=message.sender_id, name=message.sender_name, municipality=message.municipality
    )
