"""Beginning a case by hand: what is not a signal, such as a Bibob inquiry or an AVG request."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import NotFound
from service.engine import ProcessInfo
from service.operations import rights
from service.operations.claim_task import claim_task
from service.operations.collaborators import Collaborators
from service.operations.start_instance import earlier_case, start_instance
from service.storage import Instance, Task


@dataclass(frozen=True, kw_only=True)
class Begun:
    """The new case, and the first step of it that is for who began it."""

    reference: str
    task_id: UUID | None


def startable(
    session: Session, collaborators: Collaborators, *, actor: Actor
) -> tuple[ProcessInfo, ...]:
    """What the profile gives the actor's roles to begin, by name; empty for most."""
    published = collaborators.publications.current(session, actor.municipality)
    ids = rights.starts(actor, published.profile) & published.bundle.processes.keys()
    return tuple(sorted((published.process(key) for key in ids), key=lambda process: process.name))


def begin_by_hand(
    session: Session,
    collaborators: Collaborators,
    *,
    process_id: str,
    submission_id: UUID,
    actor: Actor,
    now: datetime,
) -> Begun:
    """Starts a case and takes up its first step; the same submission again changes nothing.

    Raises:
        NotFound: the actor has no such process to begin.
    """
    if process_id not in {p.id for p in startable(session, collaborators, actor=actor)}:
        raise NotFound("Deze soort zaak bestaat niet, of is niet aan u om te starten.")
    instance = earlier_case(session, submission_id)
    if instance is not None:
        return Begun(
            reference=instance.reference, task_id=_first_task(session, instance, actor=actor)
        )
    instance = start_instance(session, collaborators, process_id=process_id, actor=actor, now=now)
    instance.submission_id = submission_id
    session.flush()
    task_id = _first_task(session, instance, actor=actor)
    if task_id is not None:
        claim_task(session, task_id=task_id, actor=actor, now=now)
    return Begun(reference=instance.reference, task_id=task_id)


def _first_task(session: Session, instance: Instance, *, actor: Actor) -> UUID | None:
    theirs = Task.roles.overlap(sorted(rights.own_roles(actor)))
    return session.scalar(
        select(Task.id)
        .where(Task.instance_id == instance.id, Task.state == "open", theirs)
        .order_by(Task.opened_at, Task.id)
        .limit(1)
    )
