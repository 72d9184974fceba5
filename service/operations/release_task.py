"""Gives a task back to its roles; the draft stays for whoever takes over."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from service.domain.actor import REPORTER_ROLE, Actor
from service.domain.errors import NotAllowed
from service.operations import rights
from service.storage import Task


def release_task(session: Session, *, task_id: UUID, actor: Actor, now: datetime) -> None:
    """Takes the actor's name off the task; doing so twice changes nothing.

    Raises:
        NotFound: there is no such task for this actor.
        Conflict: it is closed, or a colleague handles it.
        NotAllowed: it is a question to the reporter, whom nobody can stand in for.
    """
    task = rights.task_for(session, task_id=task_id, actor=actor)
    rights.require_open(task)
    if task.roles == [REPORTER_ROLE]:
        raise NotAllowed("Deze vraag is aan u als melder; u kunt haar niet teruggeven.")
    rights.require_unclaimed_by_others(task, actor)
    session.execute(
        update(Task)
        .where(Task.id == task_id, Task.state == "open", Task.assignee_id == actor.user_id)
        .values(assignee_id=None, assignee_name=None)
        .execution_options(synchronize_session=False)
    )
    rights.note_access(
        session,
        actor=actor,
        what="taak_teruggegeven",
        now=now,
        instance_id=task.instance_id,
        thing=str(task_id),
    )
