"""Forgets who reported, a while after their case has ended."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service.domain.actor import engine_actor
from service.operations import rights
from service.storage import Reporter


def forget_reporters(session: Session, *, now: datetime, limit: int = 100) -> int:
    """Wipes the contact details that are due, longest overdue first; how many.

    That somebody reported stays, and the code of who did so anonymously: neither says who.
    """
    due = session.scalars(
        select(Reporter.instance_id)
        .where(Reporter.wipe_at <= now)
        .order_by(Reporter.wipe_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    if not due:
        return 0
    wiped = session.execute(
        update(Reporter)
        .where(Reporter.instance_id.in_(due))
        .values(contact=None, wants_feedback=False, wipe_at=None)
        .returning(Reporter.instance_id, Reporter.municipality)
        .execution_options(synchronize_session=False)
    ).all()
    for instance_id, municipality in wiped:
        actor = engine_actor(municipality)
        rights.note_access(
            session, actor=actor, what="melder_gewist", now=now, instance_id=instance_id
        )
    return len(wiped)
