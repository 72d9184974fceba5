"""Mail to staff about work that waits; never a word of a case in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID, uuid4

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from service.domain.actor import REPORTER_ROLE
from service.operations.collaborators import Collaborators
from service.operations.extra_lock import lock_of
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
    confidential: bool = False
    """Whether the recipient is a reporter, whose address no log may show."""


class Mailer(Protocol):
    """Sends a mail or raises OSError."""

    def send(self, mail: Mail) -> None:
        """Hands one mail to the mail server."""


def mail_to_roles(
    session: Session,
    collaborators: Collaborators,
    task: Task,
    *,
    roles: Iterable[str],
    subject: str,
    now: datetime,
) -> None:
    """Puts a mail in the outbox for each person with one of the roles who may do the task."""
    lock = lock_of(session, task.instance_id)
    asked = set(roles) - {REPORTER_ROLE}
    shut = asked.intersection(lock.roles) if lock else set()
    theirs = RoleMembership.role.in_(sorted(asked - shut))
    addresses = session.scalars(
        select(UserAccount.email)
        .join(RoleMembership, RoleMembership.user_id == UserAccount.id)
        .where(
            RoleMembership.municipality == task.municipality,
            or_(theirs, UserAccount.id.in_(lock.named)) if lock and shut else theirs,
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
    recipients: Sequence[str | None],
    subject: str,
    body: str,
    now: datetime,
) -> None:
    """Writes mails to the outbox and has the worker send them after the commit.

    The recipient ``None`` is the reporter of the case: the address stays in the melderkluis.
    """
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
