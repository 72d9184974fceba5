"""Brings one message or signal to one receiver: a case that waits, or a process that begins."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import engine_actor
from service.domain.errors import Incident, MeldrouteError
from service.operations.anonymity import no_sharper
from service.operations.case import Case, lock_case
from service.operations.collaborators import Collaborators
from service.operations.history import Happening, append_event
from service.operations.incidents import record_incident
from service.operations.outbox import Letter, erase_when_done, opened
from service.operations.settle import settle
from service.operations.start_instance import begin_case, refuse_own_variables
from service.storage import Delivery, MessageOut


def deliver(
    session: Session, collaborators: Collaborators, *, delivery_id: UUID, now: datetime
) -> None:
    """Makes one delivery; one that was made already is left alone, so twice is once.

    A suspended case gets it when it is resumed. When the receiver cannot take it, a case shows an
    incident, and a start that failed is listed for who keeps the system; both can be tried again.
    """
    delivery = _waiting(session, delivery_id)
    if delivery is None:
        return
    message = session.get_one(MessageOut, delivery.message_id)
    letter = opened(session, collaborators, message)
    try:
        with session.begin_nested():
            _bring(session, collaborators, delivery, letter, no_sharper(message.created_at, now))
    except MeldrouteError as error:
        _fail(session, collaborators, delivery, error, now)
    erase_when_done(session, message)


def give_up_delivery(
    session: Session, collaborators: Collaborators, *, delivery_id: UUID, why: str, now: datetime
) -> None:
    """Called when the last try of a delivery failed with an error from outside."""
    delivery = _waiting(session, delivery_id)
    if delivery is not None:
        _fail(session, collaborators, delivery, Incident(why), now)


def _waiting(session: Session, delivery_id: UUID) -> Delivery | None:
    """The delivery, held until the transaction ends; ``None`` when there is nothing to do."""
    delivery = session.scalars(
        select(Delivery)
        .where(Delivery.id == delivery_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    return delivery if delivery is not None and delivery.state == "waiting" else None


def _bring(
    session: Session,
    collaborators: Collaborators,
    delivery: Delivery,
    letter: Letter,
    now: datetime,
) -> None:
    refuse_own_variables(letter.payload)
    if delivery.process_id is not None:
        instance_id = _begin(session, collaborators, delivery.process_id, letter, now)
        _mark(session, delivery, "done", instance_id=instance_id)
        return
    assert delivery.instance_id is not None  # noqa: S101 - a receiver is the one or the other
    case = lock_case(
        session,
        collaborators,
        instance_id=delivery.instance_id,
        municipality=delivery.municipality,
    )
    if not _waits(case, letter):
        _mark(session, delivery, "missed")
        return
    if case.instance.suspended_at is not None:
        happening = Happening(kind="bericht_bewaard", actor=letter.actor, element_name=letter.name)
        append_event(session, case, happening, now=now)
        _mark(session, delivery, "held")
        return
    _wake(session, collaborators, case, letter, now)
    _mark(session, delivery, "done")


def _waits(case: Case, letter: Letter) -> bool:
    if letter.channel == "signal":
        return letter.name in case.instance.waiting_signals
    return not set(letter.keys).isdisjoint(case.instance.waiting_for)


def _wake(
    session: Session, collaborators: Collaborators, case: Case, letter: Letter, now: datetime
) -> None:
    bundle, state, around = case.published.bundle, case.state, case.published.around(now)
    if letter.channel == "signal":
        kind = "signaal_gehoord"
        advance = engine.deliver_signal(
            bundle, state, name=letter.name, payload=letter.payload, around=around
        )
    else:
        kind = "bericht_ontvangen"
        advance = engine.deliver_message(
            bundle,
            state,
            name=letter.name,
            correlation_key=letter.correlation_key,
            payload=letter.payload,
            around=around,
        )
    settle(session, collaborators, case, advance, _happening(kind, letter), now=now)


def _begin(
    session: Session, collaborators: Collaborators, process_id: str, letter: Letter, now: datetime
) -> UUID:
    published = collaborators.publications.current(session, letter.actor.municipality)
    bundle, around = published.bundle, published.around(now)

    def first_step(own: Mapping[str, Any]) -> engine.Advance:
        if letter.channel == "signal":
            return engine.start_by_signal(
                bundle,
                process_id,
                signal=letter.name,
                payload=letter.payload,
                variables=own,
                around=around,
            )
        return engine.start_by_message(
            bundle,
            process_id,
            message=letter.name,
            payload=letter.payload,
            variables=own,
            around=around,
        )

    happening = _happening("gestart", letter)
    return begin_case(
        session, collaborators, published, process_id, first_step, happening, now=now
    ).id


def _happening(kind: str, letter: Letter) -> Happening:
    return Happening(
        kind=kind,
        actor=letter.actor,
        element_name=letter.name,
        detail={"payload": dict(letter.payload)},
    )


def _mark(
    session: Session,
    delivery: Delivery,
    state: str,
    *,
    error: str | None = None,
    instance_id: UUID | None = None,
) -> None:
    session.execute(
        update(Delivery)
        .where(Delivery.id == delivery.id)
        .values(state=state, error=error, instance_id=instance_id or delivery.instance_id)
    )


def _fail(
    session: Session,
    collaborators: Collaborators,
    delivery: Delivery,
    error: MeldrouteError,
    now: datetime,
) -> None:
    _mark(session, delivery, "failed", error=str(error)[:2000])
    if delivery.process_id is None and delivery.instance_id is not None:
        case = lock_case(
            session,
            collaborators,
            instance_id=delivery.instance_id,
            municipality=delivery.municipality,
        )
        place = error.element_id if isinstance(error, Incident) else None
        incident = Incident(str(error), element_id=place)
        record_incident(session, case, incident, actor=engine_actor(delivery.municipality), now=now)
