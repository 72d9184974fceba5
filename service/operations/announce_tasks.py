"""Tells people that a task has opened for them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import REPORTER_ROLE
from service.operations.anonymity import no_sharper
from service.operations.collaborators import Collaborators
from service.operations.mail import mail_to_roles
from service.operations.reporter_contact import tell_reporter
from service.storage import Instance, Task

_READY = "Er staat een taak voor u klaar"
_URGENT = "Spoed: er staat een taak klaar"
_QUESTION = (
    "Wij hebben een vraag over uw melding met kenmerk {reference}.\n\n"
    "Lees en beantwoord haar in Meldroute bij 'Mijn signalen'.\n\n"
    "In deze mail staat met opzet niets over wat u hebt gemeld.\n"
)


def announce_tasks(
    session: Session, collaborators: Collaborators, *, task_ids: Sequence[UUID], now: datetime
) -> None:
    """Mails the people of the roles, or the reporter, once per task."""
    tasks = session.scalars(select(Task).where(Task.id.in_(task_ids), Task.state == "open"))
    for task in tasks.all():
        moment = no_sharper(task.opened_at, now)
        if task.roles == [REPORTER_ROLE]:
            _ask_reporter(session, collaborators, task, moment)
        else:
            subject = _URGENT if task.urgency == "acuut" else _READY
            mail_to_roles(
                session, collaborators, task, roles=task.roles, subject=subject, now=moment
            )


def _ask_reporter(
    session: Session, collaborators: Collaborators, task: Task, now: datetime
) -> None:
    tell_reporter(
        session,
        collaborators,
        session.get_one(Instance, task.instance_id),
        subject="Wij hebben een vraag over uw melding",
        body=_QUESTION.format(reference=task.reference),
        now=now,
    )
