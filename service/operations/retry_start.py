"""What to do about a start that failed, by the clock, a message or a signal: again, or not."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict, NotFound
from service.operations import rights
from service.operations.collaborators import Collaborators
from service.operations.outbox import erase_when_done
from service.operations.plan_starts import plan_next
from service.storage import Delivery, MessageOut, ScheduledStart


def retry_start(
    session: Session,
    collaborators: Collaborators,
    *,
    start_id: UUID,
    actor: Actor,
    now: datetime,
) -> None:
    """Lets the worker begin the case that should have begun; a series goes on as it was.

    Raises:
        NotAllowed: none of the actor's roles looks after what begins by itself.
        NotFound: there is no such start.
        Conflict: it has not failed (any more).
        Incident: the formula of its timer still gives no moment.
    """
    start = _failed(session, collaborators, start_id, actor)
    if isinstance(start, ScheduledStart):
        _start_again(session, collaborators, start, now)
    else:
        start.state, start.error = "waiting", None
        collaborators.queue.deliver(session, [start.id])
    _note(session, actor, "start_opnieuw", start_id, now)


def drop_start(
    session: Session,
    collaborators: Collaborators,
    *,
    start_id: UUID,
    actor: Actor,
    now: datetime,
) -> None:
    """Lets a case that should have begun be; a series goes on without it. The log keeps by whom.

    Raises:
        NotAllowed: none of the actor's roles looks after what begins by itself.
        NotFound: there is no such start.
        Conflict: no case was missed (any more).
    """
    start = _failed(session, collaborators, start_id, actor)
    if isinstance(start, Delivery):
        start.state = "missed"
        session.flush()
        erase_when_done(session, session.get_one(MessageOut, start.message_id))
    elif start.missed_at is None:
        raise Conflict("Hier is geen zaak gemist; verbeter de timer en publiceer opnieuw.")
    else:
        start.missed_at = start.incident = None
    _note(session, actor, "start_vervallen", start_id, now)


def _failed(
    session: Session, collaborators: Collaborators, start_id: UUID, actor: Actor
) -> ScheduledStart | Delivery:
    """A start that failed, held until the transaction ends."""
    profile = collaborators.publications.current(session, actor.municipality).profile
    rights.require_messenger(actor, profile, "Uw rol gaat niet over wat vanzelf begint.")
    planned = session.scalars(
        select(ScheduledStart)
        .where(ScheduledStart.id == start_id, ScheduledStart.municipality == actor.municipality)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    start = planned or session.scalars(_delivery(start_id, actor)).one_or_none()
    if start is None:
        raise NotFound("Deze start bestaat niet (meer).")
    wrong = start.incident if isinstance(start, ScheduledStart) else start.state == "failed"
    if not wrong:
        raise Conflict("Deze start is niet (meer) mislukt; bekijk de lijst opnieuw.")
    return start


def _delivery(delivery_id: UUID, actor: Actor) -> "Select[Delivery]":
    return (
        select(Delivery)
        .where(
            Delivery.id == delivery_id,
            Delivery.municipality == actor.municipality,
            Delivery.process_id.is_not(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _note(session: Session, actor: Actor, what: str, start_id: UUID, now: datetime) -> None:
    rights.note_access(session, actor=actor, what=what, now=now, thing=str(start_id))


def _start_again(
    session: Session, collaborators: Collaborators, start: ScheduledStart, now: datetime
) -> None:
    if start.missed_at is not None:
        start.next_at = start.missed_at
    else:
        published = collaborators.publications.get(session, start.publication_id)
        plan_next(start, published, after=now)
    start.missed_at = start.incident = None
