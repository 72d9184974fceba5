"""Mail to staff about work that waits; never a word of a case in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from service.operations.collaborators import Collaborators
from service.operations.settle import REPORTER_ROLE
from service.storage import MessageOut, RoleMembership, Task, UserAccount

TASK_BODY = (
    "Er is iets veranderd in uw takenlijst in Meldroute.\n\n"
    "Open Meldroute en kijk bij 'Mijn taken' of 'Van mijn rollen'.\n\n"
    "In deze mail staat met opzet niets over de zaak.\n"
)


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One mail, ready to leave."""

    recipient: str
    subject: str
    body: str


class Mailer(Protocol):
    """Sends a mail or raises OSError."""

    def send(self, mail: Mail) -> None:
        """Hands one mail to the mail server."""


def announce_tasks(
    session: Session, collaborators: Collaborators, *, task_ids: Sequence[UUID], now: datetime
) -> None:
    """Tells the people of the roles that a task has opened, once per task."""
    tasks = session.scalars(select(Task).where(Task.id.in_(task_ids), Task.state == "open"))
    for task in tasks.all():
        subject = "Spoed: er staat een taak klaar" if task.urgency == "acuut" else _READY
        mail_to_roles(session, collaborators, task, roles=task.roles, subject=subject, now=now)


def mail_to_roles(
    session: Session,
    collaborators: Collaborators,
    task: Task,
    *,
    roles: Iterable[str],
    subject: str,
    now: datetime,
) -> None:
    """Puts a mail in the outbox for each person with one of the roles."""
    addresses = session.scalars(
        select(UserAccount.email)
        .join(RoleMembership, RoleMembership.user_id == UserAccount.id)
        .where(
            RoleMembership.municipality == task.municipality,
            RoleMembership.role.in_(sorted(set(roles) - {REPORTER_ROLE})),
            UserAccount.active,
        )
        .distinct()
    )
    put_out(
        session,
        collaborators,
        municipality=task.municipality,
        instance_id=task.instance_id,
        recipients=sorted(addresses),
        subject=subject,
        body=TASK_BODY,
        now=now,
    )


def put_out(
    session: Session,
    collaborators: Collaborators,
    *,
    municipality: str,
    instance_id: UUID | None,
    recipients: Sequence[str],
    subject: str,
    body: str,
    now: datetime,
) -> None:
    """Writes mails to the outbox and has the worker send them after the commit."""
    rows: list[dict[str, Any]] = [
        {
            "id": uuid4(),
            "municipality": municipality,
            "instance_id": instance_id,
            "channel": "mail",
            "recipient": address,
            "subject": subject,
            "body": body,
            "created_at": now,
            "attempts": 0,
        }
        for address in recipients
    ]
    if rows:
        session.execute(insert(MessageOut), rows)
        collaborators.queue.send_messages(session, [row["id"] for row in rows])


def send_mail(session: Session, mailer: Mailer, *, message: MessageOut, now: datetime) -> None:
    """Sends one mail of the outbox; the error of a failed try is kept and raised.

    Raises:
        OSError: the mail server could not be reached, or refused.
    """
    mailer.send(
        Mail(recipient=message.recipient or "", subject=message.subject, body=message.body or "")
    )
    session.execute(
        update(MessageOut)
        .where(MessageOut.id == message.id)
        .values(sent_at=now, attempts=message.attempts + 1, error=None)
    )


_READY = "Er staat een taak voor u klaar"
