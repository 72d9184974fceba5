"""Starts the processes whose moment has come, each in a transaction of its own."""

import logging
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import engine_actor
from service.domain.errors import Incident, MeldrouteError
from service.operations.collaborators import Collaborators
from service.operations.history import Happening
from service.operations.plan_starts import plan_next
from service.operations.published import Published
from service.operations.start_instance import begin_case
from service.storage import ScheduledStart

_LOG = logging.getLogger("meldroute.starts")


def due_starts(session: Session, *, now: datetime, limit: int = 100) -> list[UUID]:
    """The starts that should have happened by ``now``, longest overdue first."""
    return list(
        session.scalars(
            select(ScheduledStart.id)
            .where(ScheduledStart.next_at <= now)
            .order_by(ScheduledStart.next_at)
            .limit(limit)
        )
    )


def start_due(
    session: Session, collaborators: Collaborators, *, start_id: UUID, now: datetime
) -> bool:
    """Begins one case and plans the next; False when another worker has it, or it is not due.

    A start that fails is kept as an incident and waits for somebody; the series goes on.
    """
    start = _held(session, start_id, now)
    if start is None or start.next_at is None:
        return False
    published = collaborators.publications.get(session, start.publication_id)
    moment = start.next_at
    start.missed_at = start.incident = None
    try:
        with session.begin_nested():
            _begin(session, collaborators, start, published, now)
    except MeldrouteError as error:
        start.missed_at = moment
        _keep_incident(start, error)
    _plan_on(start, published, moment, now)
    return True


def give_up_start(session: Session, *, start_id: UUID, why: str, now: datetime) -> None:
    """Called when a start failed with an error that nobody foresaw; the series rests as well."""
    start = _held(session, start_id, now)
    if start is not None:
        start.missed_at, start.next_at, start.incident = start.next_at, None, why


def _held(session: Session, start_id: UUID, now: datetime) -> ScheduledStart | None:
    query = (
        select(ScheduledStart)
        .where(ScheduledStart.id == start_id, ScheduledStart.next_at <= now)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()


def _begin(
    session: Session,
    collaborators: Collaborators,
    start: ScheduledStart,
    published: Published,
    now: datetime,
) -> None:
    process_id, element_id = start.process_id, start.element_id
    begin_case(
        session,
        collaborators,
        published,
        process_id,
        lambda own: engine.start_by_timer(
            published.bundle,
            process_id,
            element_id=element_id,
            variables=own,
            around=published.around(now),
        ),
        Happening(
            kind="gestart",
            actor=engine_actor(start.municipality),
            element_id=element_id,
            element_name=published.bundle.label(process_id, element_id),
        ),
        now=now,
    )


def _plan_on(start: ScheduledStart, published: Published, moment: datetime, now: datetime) -> None:
    """The next of the series; what was missed while nothing ran is not made up for."""
    try:
        plan_next(start, published, after=moment)
        if start.next_at is not None and start.next_at <= now:
            plan_next(start, published, after=now)
    except Incident as error:
        if start.incident is None:
            _keep_incident(start, error)


def _keep_incident(start: ScheduledStart, error: MeldrouteError) -> None:
    start.incident = str(error)[:2000]
    told = {"start": start.id, "municipality": start.municipality, "element": start.element_id}
    _LOG.warning("a start by the clock failed", extra=told)
