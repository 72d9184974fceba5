"""Tries a start again that failed: by the clock, by a message or by a signal."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict, NotFound
from service.operations import rights
from service.operations.collaborators import Collaborators
from service.operations.plan_starts import plan_next
from service.storage import Delivery, ScheduledStart


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
    profile = collaborators.publications.current(session, actor.municipality).profile
    rights.require_messenger(actor, profile, "Uw rol gaat niet over wat vanzelf begint.")
    planned = session.scalars(
        select(ScheduledStart)
        .where(ScheduledStart.id == start_id, ScheduledStart.municipality == actor.municipality)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if planned is None:
        _deliver_again(session, collaborators, start_id, actor)
    else:
        _start_again(session, collaborators, planned, now)


def _start_again(
    session: Session, collaborators: Collaborators, start: ScheduledStart, now: datetime
) -> None:
    if start.incident is None:
        raise _nothing_wrong()
    if start.missed_at is not None:
        start.next_at = start.missed_at
    else:
        published = collaborators.publications.get(session, start.publication_id)
        plan_next(start, published, after=now)
    start.missed_at = start.incident = None


def _deliver_again(
    session: Session, collaborators: Collaborators, delivery_id: UUID, actor: Actor
) -> None:
    delivery = session.scalars(
        select(Delivery)
        .where(
            Delivery.id == delivery_id,
            Delivery.municipality == actor.municipality,
            Delivery.process_id.is_not(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if delivery is None:
        raise NotFound("Deze start bestaat niet (meer).")
    if delivery.state != "failed":
        raise _nothing_wrong()
    delivery.state, delivery.error = "waiting", None
    collaborators.queue.deliver(session, [delivery.id])


def _nothing_wrong() -> Conflict:
    return Conflict("Deze start is niet (meer) mislukt; bekijk de lijst opnieuw.")
