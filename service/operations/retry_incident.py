"""Tries a case again that stands still on an incident."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict
from service.operations import rights
from service.operations.case import lock_case
from service.operations.collaborators import Collaborators
from service.operations.settle import Happening, append_event
from service.storage import Delivery, Instance, Job


def retry_incident(
    session: Session,
    collaborators: Collaborators,
    *,
    instance_id: UUID,
    actor: Actor,
    now: datetime,
) -> None:
    """Makes the case active again: what failed runs or comes once more, due timers fire.

    Raises:
        NotFound: there is no such case for this actor.
        Conflict: the case has no incident (any more).
    """
    profile = collaborators.publications.current(session, actor.municipality).profile
    rights.case_for(session, instance_id=instance_id, actor=actor, profile=profile)
    case = lock_case(
        session, collaborators, instance_id=instance_id, municipality=actor.municipality
    )
    if case.instance.status != "incident":
        raise Conflict("Deze zaak staat niet (meer) stil; bekijk haar opnieuw.")
    session.execute(
        update(Instance)
        .where(Instance.id == instance_id)
        .values(status="active", incident=None, incident_element=None, next_due=now)
        .execution_options(synchronize_session=False)
    )
    failed = list(
        session.scalars(select(Job.id).where(Job.instance_id == instance_id, Job.state == "failed"))
    )
    if failed:
        session.execute(update(Job).where(Job.id.in_(failed)).values(state="waiting"))
        collaborators.queue.run_service_tasks(session, failed)
    _deliver_again(session, collaborators, instance_id)
    append_event(session, case, Happening(kind="opnieuw_geprobeerd", actor=actor), now=now)


def _deliver_again(session: Session, collaborators: Collaborators, instance_id: UUID) -> None:
    """Messages and signals that the case could not take come once more."""
    failed = session.scalars(
        update(Delivery)
        .where(Delivery.instance_id == instance_id, Delivery.state == "failed")
        .values(state="waiting", error=None)
        .returning(Delivery.id)
        .execution_options(synchronize_session=False)
    ).all()
    if failed:
        collaborators.queue.deliver(session, failed)
