"""Hands a signal to another municipality: a case of its own there, or a package to bring."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Incident
from service.operations.case import Case
from service.operations.collaborators import Collaborators
from service.operations.deliver import deliver
from service.operations.outbox import Letter, put_in
from service.operations.spread import spread
from service.storage import CaseLink, Delivery, Instance, MessageOut, Municipality
from service.storage.case_link import HANDED_OVER

MESSAGE = "signaal_van_andere_gemeente"


@dataclass(frozen=True, kw_only=True)
class HandedOver:
    """Where the signal went."""

    started: bool
    """False when the other municipality does not take signals in this installation."""
    municipality: str
    """Its name, or what was typed."""
    reference: str | None
    """The kenmerk of its case there."""


def hand_over_case(
    session: Session,
    collaborators: Collaborators,
    case: Case,
    *,
    to: str,
    signal: Mapping[str, Any],
    now: datetime,
) -> HandedOver:
    """Begins a case in the other municipality with ``signal`` and nothing else.

    ``to``: the id or the name of that municipality.

    Raises:
        Incident: it is the own municipality, or the case there cannot take its first step;
            nothing has happened then.
    """
    target = _target(session, to)
    if target is None:
        return HandedOver(started=False, municipality=to, reference=None)
    if target.id == case.instance.municipality:
        raise Incident("Dit is uw eigen gemeente; kies een andere gemeente, of geen.")
    began = _begin(session, collaborators, case, target, signal, now)
    if began is None:
        return HandedOver(started=False, municipality=target.name, reference=None)
    _link(session, case.instance, began, now)
    reference = session.get_one(Instance, began).reference
    return HandedOver(started=True, municipality=target.name, reference=reference)


def _target(session: Session, to: str) -> Municipality | None:
    told = to.strip().casefold().removeprefix("gemeente ")
    return session.scalars(
        select(Municipality).where(
            or_(Municipality.id == told, func.lower(Municipality.name) == told),
            Municipality.publication_id.is_not(None),
        )
    ).one_or_none()


def _begin(
    session: Session,
    collaborators: Collaborators,
    case: Case,
    target: Municipality,
    signal: Mapping[str, Any],
    now: datetime,
) -> UUID | None:
    """The case that began; ``None`` when no process there begins by the message."""
    message = _put(session, collaborators, case, target, signal, now)
    deliveries = spread(session, collaborators, message)
    session.execute(
        update(MessageOut).where(MessageOut.id == message.id).values(sent_at=now, attempts=1)
    )
    for delivery_id in deliveries:
        deliver(session, collaborators, delivery_id=delivery_id, now=now)
    made = session.scalars(select(Delivery).where(Delivery.message_id == message.id)).all()
    if failed := next((d.error for d in made if d.state == "failed"), None):
        raise Incident(f"De zaak in {target.name} kon niet beginnen: {failed}")
    if not made:
        session.execute(
            update(MessageOut)
            .where(MessageOut.id == message.id)
            .values(payload=None, data_key=None)
        )
    return next((d.instance_id for d in made if d.instance_id), None)


def _put(
    session: Session,
    collaborators: Collaborators,
    case: Case,
    target: Municipality,
    signal: Mapping[str, Any],
    now: datetime,
) -> MessageOut:
    name = f"Gemeente {case.published.profile.name}"
    message, _new = put_in(
        session,
        collaborators,
        Letter(
            channel="process",
            name=MESSAGE,
            correlation_key=None,
            payload={"signaal": dict(signal)},
            actor=Actor(user_id=None, name=name, municipality=target.id),
        ),
        message_id=None,
        now=now,
    )
    return message


def _link(session: Session, instance: Instance, to_id: UUID, now: datetime) -> None:
    session.execute(
        insert(CaseLink).values(
            from_id=instance.id,
            to_id=to_id,
            municipality=instance.municipality,
            kind=HANDED_OVER,
            made_at=now,
            made_by_name="systeem",
        )
    )
