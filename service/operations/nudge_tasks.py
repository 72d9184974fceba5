"""Reminds at three quarters of the norm time, and escalates to the stand-in at its end."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from service.domain.actor import engine_actor
from service.operations.case import Case, lock_case
from service.operations.collaborators import Collaborators
from service.operations.history import Happening, append_event
from service.operations.mail import mail_to_roles
from service.storage import Task, TaskCandidate
from service.storage.task import ESCALATED, NEVER


def due_tasks(session: Session, *, now: datetime, limit: int = 100) -> list[tuple[UUID, UUID, str]]:
    """Tasks to remind of or to escalate: (task, case, municipality), longest overdue first."""
    rows = session.execute(
        select(Task.id, Task.instance_id, Task.municipality)
        .where(Task.next_nudge <= now)
        .order_by(Task.next_nudge)
        .limit(limit)
    )
    return [(task_id, instance_id, municipality) for task_id, instance_id, municipality in rows]


def nudge_task(
    session: Session,
    collaborators: Collaborators,
    *,
    task_id: UUID,
    instance_id: UUID,
    municipality: str,
    now: datetime,
) -> None:
    """Reminds of one task, or escalates it when its norm time is over."""
    case = lock_case(session, collaborators, instance_id=instance_id, municipality=municipality)
    task = session.scalars(
        select(Task).where(Task.id == task_id, Task.state == "open", Task.next_nudge <= now)
    ).one_or_none()
    if task is None:
        return
    if task.due_at <= now:
        _escalate(session, collaborators, case, task, now)
    else:
        _remind(session, collaborators, task, now)


def _remind(session: Session, collaborators: Collaborators, task: Task, now: datetime) -> None:
    session.execute(
        update(Task)
        .where(Task.id == task.id)
        .values(nudges=1, next_nudge=task.due_at if task.due_at < NEVER else None)
    )
    mail_to_roles(
        session,
        collaborators,
        task,
        roles=task.roles,
        subject="Herinnering: een taak loopt bijna af",
        now=now,
    )


def _escalate(
    session: Session, collaborators: Collaborators, case: Case, task: Task, now: datetime
) -> None:
    stand_ins = case.published.profile.stand_ins_of(task.roles)
    asked = list(task.roles)
    session.execute(
        update(Task)
        .where(Task.id == task.id)
        .values(nudges=ESCALATED, next_nudge=None, roles=[*asked, *stand_ins])
    )
    for role in stand_ins:
        session.execute(
            upsert(TaskCandidate)
            .values(task_id=task.id, role=role, municipality=task.municipality, due_at=task.due_at)
            .on_conflict_do_nothing()
        )
    append_event(
        session,
        case,
        Happening(
            kind="geescaleerd",
            actor=engine_actor(task.municipality),
            element_id=task.element_id,
            element_name=task.name,
            roles=stand_ins,
        ),
        now=now,
    )
    mail_to_roles(
        session,
        collaborators,
        task,
        roles=[*asked, *stand_ins],
        subject="Termijn verstreken: een taak wacht",
        now=now,
    )
