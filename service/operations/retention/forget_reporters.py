"""Forgets who reported, a while after their case has ended."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service.domain.actor import engine_actor
from service.operations import rights
from service.operations.reporter_contact import forget_accounts
from service.storage import Instance, Reporter


def forget_reporters(session: Session, *, now: datetime, limit: int = 100) -> int:
    """Wipes the contact details and the accounts that are due, longest overdue first; how many.

    That somebody reported stays, and the code of who did so anonymously: neither says who.
    """
    due = _taken(session, now, limit)
    if not due:
        return 0
    wiped = session.execute(
        update(Reporter)
        .where(Reporter.instance_id.in_(due))
        .values(contact=None, wants_feedback=False, wipe_at=None)
        .returning(Reporter.instance_id, Reporter.municipality)
        .execution_options(synchronize_session=False)
    ).all()
    forget_accounts(session, due)
    for instance_id, municipality in wiped:
        actor = engine_actor(municipality)
        rights.note_access(
            session, actor=actor, what="melder_gewist", now=now, instance_id=instance_id
        )
    return len(wiped)


def _taken(session: Session, now: datetime, limit: int) -> Sequence[UUID]:
    """What is due, with case and reporter locked; it waits for nobody, who may hold the case."""
    due = session.scalars(
        select(Reporter.instance_id)
        .where(Reporter.wipe_at <= now)
        .order_by(Reporter.wipe_at)
        .limit(limit)
    ).all()
    if not due:
        return due
    return session.scalars(
        select(Reporter.instance_id)
        .join(Instance, Instance.id == Reporter.instance_id)
        .where(Reporter.instance_id.in_(due), Reporter.wipe_at <= now)
        .with_for_update(skip_locked=True)
    ).all()
