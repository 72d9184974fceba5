"""Tries a case again that stands still on an incident."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict, NotFound
from service.operations import rights
from service.operations.case import Case, lock_case, write
from service.operations.collaborators import Collaborators
from service.operations.held_deliveries import give_held
from service.operations.history import Happening, append_event
from service.operations.repairs import begin_repair
from service.operations.set_variable import change
from service.storage import Delivery, Job


@dataclass(frozen=True, kw_only=True)
class NewValue:
    """What to put right before trying again."""

    path: str
    value: Any


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
        NotFound: there is no such case for this actor, who may not repair either.
        Conflict: the case has no incident (any more), or is suspended.
    """
    profile = collaborators.publications.current(session, actor.municipality).profile
    if not rights.repairs(actor, profile):
        rights.case_for(session, instance_id=instance_id, actor=actor, profile=profile)
        if rights.only_partner(actor, profile):
            raise NotFound("Deze zaak bestaat niet, of is niet voor u.")
    case = lock_case(
        session, collaborators, instance_id=instance_id, municipality=actor.municipality
    )
    _require_incident(case)
    _retry(session, collaborators, case, Happening(kind="opnieuw_geprobeerd", actor=actor), now)


def retry_with(
    session: Session,
    collaborators: Collaborators,
    *,
    instance_id: UUID,
    new: NewValue,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Sets a variable and tries again, in one transaction.

    Raises:
        NotFound: there is no such case for this actor.
        InvalidInput: as for ``set_variable``.
        Conflict: the case has no incident (any more), has ended, or is suspended.
        Incident: something that waited for the variable could not go on; nothing has changed.
    """
    repair = begin_repair(
        session, collaborators, instance_id=instance_id, actor=actor, reason=reason, now=now
    )
    _require_incident(repair.case)
    change(session, collaborators, repair, new.path, new.value)
    _retry(session, collaborators, repair.case, repair.tell("opnieuw_geprobeerd"), now)


def _require_incident(case: Case) -> None:
    if case.instance.suspended_at is not None:
        raise Conflict(f"{rights.why_suspended(case.instance)} Hervat haar eerst.")
    if case.instance.status != "incident":
        raise Conflict("Deze zaak staat niet (meer) stil; bekijk haar opnieuw.")


def _retry(
    session: Session, collaborators: Collaborators, case: Case, happening: Happening, now: datetime
) -> None:
    instance_id = case.instance.id
    if case.instance.status not in ("incident", "active"):
        return  # The new value brought it to its end.
    values = {"status": "active", "incident": None, "incident_element": None, "next_due": now}
    write(session, case.instance, values)
    failed = list(
        session.scalars(select(Job.id).where(Job.instance_id == instance_id, Job.state == "failed"))
    )
    if failed:
        session.execute(update(Job).where(Job.id.in_(failed)).values(state="waiting"))
        collaborators.queue.run_service_tasks(session, failed)
    _deliver_again(session, collaborators, instance_id)
    append_event(session, case, happening, now=now)
    give_held(session, collaborators, case, now=now)


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
