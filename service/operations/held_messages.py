"""Messages for a suspended case: kept as they came, given to it once when it is resumed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import Actor
from service.operations.case import Case
from service.operations.settle import Happening, append_event
from service.storage import HeldMessage


def hold_message(
    session: Session,
    case: Case,
    name: str,
    correlation_key: str | None,
    payload: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Keeps a message for a locked case that is suspended."""
    session.execute(
        insert(HeldMessage),
        {
            "id": uuid4(),
            "municipality": case.instance.municipality,
            "instance_id": case.instance.id,
            "name": name,
            "correlation_key": correlation_key,
            "payload": case.vault.seal("message", engine.dump_values(dict(payload))),
            "sender_id": actor.user_id,
            "sender_name": actor.name,
            "received_at": now,
        },
    )
    happening = Happening(kind="bericht_bewaard", actor=actor, element_name=name)
    append_event(session, case, happening, now=now)


def held_messages(session: Session, case: Case) -> Sequence[HeldMessage]:
    """What waits for a locked case, in order of arrival."""
    return session.scalars(
        select(HeldMessage)
        .where(HeldMessage.instance_id == case.instance.id)
        .order_by(HeldMessage.received_at, HeldMessage.id)
    ).all()


def let_go(session: Session, ids: Sequence[UUID]) -> None:
    """Takes messages out, in the transaction in which their case gets them."""
    session.execute(
        delete(HeldMessage)
        .where(HeldMessage.id.in_(ids))
        .execution_options(synchronize_session=False)
    )


def payload_of(case: Case, message: HeldMessage) -> Mapping[str, Any]:
    """What a held message carries."""
    found: Mapping[str, Any] = engine.load_values(case.vault.open("message", message.payload))
    return found


def sender_of(message: HeldMessage) -> Actor:
    """Who sent a held message, as far as history names them."""
    return Actor(
        user_id=message.sender_id, name=message.sender_name, municipality=message.municipality
    )
