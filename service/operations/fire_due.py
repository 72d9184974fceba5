"""Fires the timers of cases whose due moment has come; touches no other case."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import engine_actor
from service.domain.errors import Incident
from service.operations.case import Case, open_case
from service.operations.collaborators import Collaborators
from service.operations.history import Happening
from service.operations.incidents import record_incident
from service.operations.settle import settle
from service.storage import Instance


def due_instances(session: Session, *, now: datetime, limit: int = 100) -> list[UUID]:
    """The cases with a timer that should have fired by ``now``, longest overdue first."""
    return list(
        session.scalars(
            select(Instance.id)
            .where(Instance.next_due <= now)
            .order_by(Instance.next_due)
            .limit(limit)
        )
    )


def fire_due(
    session: Session, collaborators: Collaborators, *, instance_id: UUID, now: datetime
) -> bool:
    """Fires what is due in one case; False when another worker has it, or nothing is due."""
    instance = session.scalars(
        select(Instance)
        .where(Instance.id == instance_id, Instance.next_due <= now)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if instance is None:
        return False
    fire(session, collaborators, open_case(session, collaborators, instance), now=now)
    return True


def fire(session: Session, collaborators: Collaborators, case: Case, *, now: datetime) -> bool:
    """Fires what is due in a locked case; False when that is an incident."""
    actor = engine_actor(case.instance.municipality)
    try:
        advance = engine.fire_timers(
            case.published.bundle, case.state, around=case.published.around(now)
        )
    except Incident as incident:
        record_incident(session, case, incident, actor=actor, now=now, rest=True)
        return False
    happening = Happening(kind="tijd_verstreken", actor=actor)
    settle(session, collaborators, case, advance, happening, now=now)
    return True
