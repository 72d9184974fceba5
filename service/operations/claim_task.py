"""Claims a task: from now on a colleague sees that somebody is on it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict
from service.operations import rights
from service.storage import Task


def claim_task(session: Session, *, task_id: UUID, actor: Actor, now: datetime) -> None:
    """Makes the actor the one who handles the task; claiming twice changes nothing.

    Raises:
        NotFound: there is no such task for this actor.
        Conflict: it is closed, or a colleague was first.
    """
    task = rights.task_for(session, task_id=task_id, actor=actor)
    rights.require_open(task)
    rights.require_unclaimed_by_others(task, actor)
    claimed = session.execute(
        update(Task)
        .where(
            Task.id == task_id,
            Task.state == "open",
            Task.assignee_id.is_(None) | (Task.assignee_id == actor.user_id),
        )
        .values(assignee_id=actor.user_id, assignee_name=actor.name)
        .returning(Task.id)
        .execution_options(synchronize_session=False)
    )
    if claimed.one_or_none() is None:
        raise Conflict("Een collega was u net voor; bekijk de taak opnieuw.")
    rights.note_access(
        session,
        actor=actor,
        what="taak_opgepakt",
        now=now,
        instance_id=task.instance_id,
        thing=str(task_id),
    )
