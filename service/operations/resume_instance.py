"""Resumes a suspended case: what waited happens now, once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import Actor
from service.domain.errors import Conflict
from service.operations.case import Case
from service.operations.collaborators import Collaborators
from service.operations.held_deliveries import give_held
from service.operations.repairs import begin_repair, note_repair
from service.operations.settle import three_quarters
from service.storage import Job, Task
from service.storage.task import ESCALATED, NEVER


def resume_instance(
    session: Session,
    collaborators: Collaborators,
    *,
    instance_id: UUID,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Gives the case what came in the meantime; timers that came due fire at the next sweep.

    Raises:
        NotFound: there is no such case for this actor.
        InvalidInput: no reason is given.
        Conflict: the case has ended, or is not suspended.
    """
    repair = begin_repair(
        session, collaborators, instance_id=instance_id, actor=actor, reason=reason, now=now
    )
    case, since = repair.case, repair.case.instance.suspended_at
    if since is None:
        raise Conflict("Deze zaak is niet (meer) stilgezet; bekijk haar opnieuw.")
    values = {
        "status": "active" if case.instance.incident is None else "incident",
        "suspended_at": None,
        "suspended_by": None,
        "next_due": first_due(case, now),
    }
    note_repair(session, repair, repair.tell("hervat"), values)
    _wake_tasks(session, collaborators, instance_id, since)
    run_waiting_jobs(session, collaborators, instance_id)
    give_held(session, collaborators, case, now=now)


def first_due(case: Case, now: datetime) -> datetime | None:
    """When the first timer of a case is due."""
    tokens = engine.standing(case.published.bundle, case.state, around=case.published.around(now))
    return min((token.due for token in tokens if token.due is not None), default=None)


def run_waiting_jobs(session: Session, collaborators: Collaborators, instance_id: UUID) -> None:
    """Has the worker look again at every service task of a case that waits."""
    waiting = session.scalars(
        select(Job.id).where(Job.instance_id == instance_id, Job.state == "waiting")
    ).all()
    if waiting:
        collaborators.queue.run_service_tasks(session, waiting)


def _wake_tasks(
    session: Session, collaborators: Collaborators, instance_id: UUID, since: datetime
) -> None:
    """Reminders go on where they were; tasks that opened meanwhile are announced now."""
    tasks = session.scalars(
        select(Task)
        .where(Task.instance_id == instance_id, Task.state == "open")
        .execution_options(populate_existing=True)
    ).all()
    for task in tasks:
        if task.due_at < NEVER and task.nudges < ESCALATED:
            soon = three_quarters(task.opened_at, task.due_at)
            session.execute(
                update(Task)
                .where(Task.id == task.id)
                .values(next_nudge=task.due_at if task.nudges else soon)
            )
    fresh = [task.id for task in tasks if task.opened_at >= since]
    if fresh:
        collaborators.queue.announce_tasks(session, fresh)
