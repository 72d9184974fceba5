"""Reaches a reporter without anybody learning who it is."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from service.domain.actor import REPORTER_ROLE
from service.operations.case import follow
from service.operations.collaborators import Collaborators
from service.operations.mail import put_out
from service.storage import Instance, Reporter, Task, UserAccount


def tell_reporter(
    session: Session,
    collaborators: Collaborators,
    instance: Instance,
    *,
    subject: str,
    body: str,
    now: datetime,
) -> None:
    """Mails the reporter, if they wanted feedback and can be reached safely."""
    reporter = session.get(Reporter, instance.id)
    if reporter is None or not reporter.wants_feedback:
        return
    if reporter_address(session, collaborators, instance):
        put_out(
            session,
            collaborators,
            municipality=instance.municipality,
            instance_id=instance.id,
            recipients=[None],
            subject=subject,
            body=body,
            now=now,
        )


def reporter_address(
    session: Session, collaborators: Collaborators, instance: Instance
) -> str | None:
    """Where a mail reaches the reporter; ``None`` when there is no way that is safe for them."""
    reporter = session.get(Reporter, instance.id)
    if reporter is not None and reporter.contact is not None:
        contact = collaborators.vault.open_reporter(instance.id, reporter.contact)
        if contact.get("signaal.veilig_terugbellen") == "nee":
            return None
        if address := contact.get("signaal.email"):
            return str(address)
    if instance.reported_by is not None:
        return session.get_one(UserAccount, instance.reported_by).email
    return None


def forget_reporter(session: Session, instance: Instance) -> None:
    """Wipes who reported and how to reach them; what they told stays.

    A terugkoppelcode keeps working: it says nothing of who holds it.
    """
    session.execute(
        update(Reporter)
        .where(Reporter.instance_id == instance.id)
        .values(contact=None, wants_feedback=False)
    )
    forget_accounts(session, [instance.id])
    follow(instance, {"reported_by": None})


def forget_accounts(session: Session, instance_ids: Sequence[UUID]) -> None:
    """Cuts what leads from an account to the signals that its owner reported, and back.

    The history does not name a reporter, so nothing of it needs to change.
    """
    session.execute(
        update(Task)
        .where(Task.instance_id.in_(instance_ids), Task.roles == [REPORTER_ROLE])
        .values(assignee_id=None, assignee_name=None, draft=None, draft_by=None)
    )
    session.execute(update(Instance).where(Instance.id.in_(instance_ids)).values(reported_by=None))
