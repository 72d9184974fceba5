"""Reaches a reporter without anybody learning who it is."""

from datetime import datetime

from sqlalchemy.orm import Session

from service.operations.collaborators import Collaborators
from service.operations.mail import put_out
from service.storage import Instance, Reporter, UserAccount


def tell_reporter(
    session: Session,
    collaborators: Collaborators,
    instance: Instance,
    *,
    subject: str,
    body: str,
    now: datetime,
) -> None:
    """Mails the reporter, if they wanted feedback and can be reached."""
    reporter = session.get(Reporter, instance.id)
    if reporter is None or not reporter.wants_feedback:
        return
    address = _address(session, collaborators, instance, reporter)
    if address:
        put_out(
            session,
            collaborators,
            municipality=instance.municipality,
            instance_id=instance.id,
            recipients=[address],
            subject=subject,
            body=body,
            now=now,
        )


def _address(
    session: Session, collaborators: Collaborators, instance: Instance, reporter: Reporter
) -> str | None:
    if reporter.contact is not None:
        contact = collaborators.vault.open_reporter(instance.id, reporter.contact)
        if address := contact.get("signaal.email"):
            return str(address)
    if instance.reported_by is not None:
        return session.get_one(UserAccount, instance.reported_by).email
    return None
