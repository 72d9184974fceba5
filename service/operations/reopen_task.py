"""A task as somebody at work on it sees it again: nothing is logged that was logged before."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.operations import rights
from service.operations.case import open_case
from service.operations.collaborators import Collaborators
from service.operations.show_task import TaskView, view, with_agenda
from service.storage import Instance


def reopen_task(
    session: Session, collaborators: Collaborators, *, task_id: UUID, actor: Actor, now: datetime
) -> TaskView:
    """The task, for a form that is drawn again while somebody fills it in.

    Raises:
        NotFound: there is no such task for this actor.
    """
    task = rights.task_for(session, task_id=task_id, actor=actor)
    case = open_case(session, collaborators, session.get_one(Instance, task.instance_id))
    shown = view(case, task, actor=actor, now=now)
    return with_agenda(session, collaborators, shown, actor=actor, logged_at=None)
