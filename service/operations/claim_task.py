"""Claims a task: from now on a colleague sees that somebody is on it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from service.domain.actor import REPORTER_ROLE, Actor
from service.operations import rights
from service.storage import Task
from service.storage.task import ESCALATED


def claim_task(session: Session, *, task_id: UUID, actor: Actor, now: datetime) -> None:
    """Makes the actor the one who handles the task; claiming twice changes nothing.

    Once its norm time is over, whoever may do the task can take it over from a colleague.

    Raises:
        NotFound: there is no such task for this actor.
        Conflict: it is closed, or a colleague was first; the message says who.
    """
    task = rights.task_for(session, task_id=task_id, actor=actor)
    rights.require_open(task)
    if task.roles == [REPORTER_ROLE]:
        return  # it was theirs from the start
    late = task.nudges >= ESCALATED
    if not late:
        rights.require_unclaimed_by_others(task, actor)
    roles = rights.roles_in(session, task.instance_id, actor)
    claimed = session.execute(
        update(Task)
        .where(
            Task.id == task_id,
            Task.state == "open",
            Task.assignee_id.is_not_distinct_from(task.assignee_id),
            Task.roles.overlap(sorted(roles)),  # Its case may have moved.
        )
        .values(assignee_id=actor.user_id, assignee_name=actor.name)
        .returning(Task.id)
        .execution_options(synchronize_session=False)
    )
    if claimed.one_or_none() is None:
        now_there = rights.task_for(session, task_id=task_id, actor=actor)
        rights.require_open(now_there)
        rights.require_unclaimed_by_others(now_there, actor)
    rights.task_for(session, task_id=task_id, actor=actor)  # Its case may have been locked.
    rights.note_access(
        session,
        actor=actor,
        what="taak_opgepakt" if task.assignee_id in (None, actor.user_id) else "taak_overgenomen",
        now=now,
        instance_id=task.instance_id,
        thing=str(task_id),
    )
