"""Messages and signals for a suspended case: they wait, and it gets them once it is resumed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service.domain.actor import engine_actor
from service.operations.case import Case
from service.operations.collaborators import Collaborators
from service.operations.deliver import deliver
from service.operations.fire_due import fire
from service.operations.history import Happening, append_event
from service.operations.outbox import erase_when_done
from service.storage import Delivery, MessageOut


def held_names(session: Session, instance_id: UUID) -> tuple[str, ...]:
    """The names of what waits for a case, in order of arrival."""
    query = (
        select(MessageOut.subject)
        .join(Delivery, Delivery.message_id == MessageOut.id)
        .where(Delivery.instance_id == instance_id, Delivery.state == "held")
        .order_by(Delivery.created_at, Delivery.id)
    )
    return tuple(session.scalars(query))


def give_held(session: Session, collaborators: Collaborators, case: Case, *, now: datetime) -> None:
    """Gives a locked case what waits for it, in order of arrival; after an incident the rest waits.

    A timer that was due before something came goes first.
    """
    for delivery in _held(session, case.instance.id):
        due = case.instance.next_due
        late = due is not None and due <= delivery.created_at
        if late and not fire(session, collaborators, case, now=now):
            return
        _mark(session, delivery, "waiting")
        deliver(session, collaborators, delivery_id=delivery.id, now=now)
        session.refresh(delivery)
        if delivery.state == "failed":
            return
        if delivery.state == "missed":
            _tell_missed(session, case, delivery, now)


def let_go(session: Session, instance_id: UUID) -> None:
    """Takes back what waits for a case that will never get it."""
    for delivery in _held(session, instance_id):
        _mark(session, delivery, "missed")
        erase_when_done(session, session.get_one(MessageOut, delivery.message_id))


def _held(session: Session, instance_id: UUID) -> Sequence[Delivery]:
    return session.scalars(
        select(Delivery)
        .where(Delivery.instance_id == instance_id, Delivery.state == "held")
        .order_by(Delivery.created_at, Delivery.id)
        .with_for_update()
    ).all()


def _mark(session: Session, delivery: Delivery, state: str) -> None:
    session.execute(
        update(Delivery)
        .where(Delivery.id == delivery.id)
        .values(state=state)
        .execution_options(synchronize_session=False)
    )


def _tell_missed(session: Session, case: Case, delivery: Delivery, now: datetime) -> None:
    message = session.get_one(MessageOut, delivery.message_id)
    actor = engine_actor(delivery.municipality)
    happening = Happening(kind="bericht_niet_verwacht", actor=actor, element_name=message.subject)
    append_event(session, case, happening, now=now)
