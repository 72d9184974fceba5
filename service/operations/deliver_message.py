"""Delivers a process message to the cases that wait for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import Actor
from service.domain.errors import Incident, NotAllowed, NotFound
from service.operations import rights
from service.operations.case import Case, lock_case
from service.operations.collaborators import Collaborators
from service.operations.held_messages import hold_message
from service.operations.incidents import record_incident
from service.operations.settle import Happening, settle, waiting_key
from service.storage import Instance
from service.storage.instance import ENDED


def send_in(
    session: Session,
    collaborators: Collaborators,
    *,
    name: str,
    correlation_key: str | None,
    payload: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> list[UUID]:
    """Delivers a message on behalf of a person.

    Raises:
        NotAllowed: none of the actor's roles may send messages.
        NotFound: no case waits for it.
    """
    profile = collaborators.publications.current(session, actor.municipality).profile
    if not (rights.coordinates(actor, profile) or rights.repairs(actor, profile)):
        raise NotAllowed("Uw rol mag geen berichten naar zaken sturen.")
    return deliver_message(
        session,
        collaborators,
        name=name,
        correlation_key=correlation_key,
        payload=payload,
        actor=actor,
        now=now,
    )


def deliver_message(
    session: Session,
    collaborators: Collaborators,
    *,
    name: str,
    correlation_key: str | None,
    payload: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> list[UUID]:
    """Gives the message to each waiting case of the actor's municipality; their ids.

    Raises:
        NotFound: no case waits for this message with this correlation key.
    """
    waiting = session.scalars(
        select(Instance.id)
        .where(
            Instance.municipality == actor.municipality,
            Instance.status.not_in(ENDED),
            Instance.waiting_for.contains([waiting_key(name, correlation_key)]),
        )
        .order_by(Instance.id)
    ).all()
    if not waiting:
        raise NotFound(f"Geen zaak wacht op bericht {name!r} met deze sleutel.")
    for instance_id in waiting:
        _deliver(session, collaborators, instance_id, name, correlation_key, payload, actor, now)
    return list(waiting)


def _deliver(
    session: Session,
    collaborators: Collaborators,
    instance_id: UUID,
    name: str,
    correlation_key: str | None,
    payload: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> None:
    case = lock_case(
        session, collaborators, instance_id=instance_id, municipality=actor.municipality
    )
    if waiting_key(name, correlation_key) not in case.instance.waiting_for:
        return
    if case.instance.suspended_at is not None:
        hold_message(session, case, name, correlation_key, payload, actor=actor, now=now)
        return
    receive(session, collaborators, case, name, correlation_key, payload, actor, now)


def receive(
    session: Session,
    collaborators: Collaborators,
    case: Case,
    name: str,
    correlation_key: str | None,
    payload: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> bool:
    """Gives a message to a locked case that waits for it; False when that is an incident."""
    try:
        advance = engine.deliver_message(
            case.published.bundle,
            case.state,
            name=name,
            correlation_key=correlation_key,
            payload=payload,
            around=case.published.around(now),
        )
    except Incident as incident:
        record_incident(session, case, incident, actor=actor, now=now)
        return False
    happening = Happening(
        kind="bericht_ontvangen", actor=actor, element_name=name, detail={"payload": dict(payload)}
    )
    settle(session, collaborators, case, advance, happening, now=now)
    return True
