"""What somebody sees who may lock a case extra, or say for whom it is not locked."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import NotFound
from service.operations import rights
from service.operations.collaborators import Collaborators
from service.operations.extra_lock import lock_of
from service.operations.lock_extra import Named, can_be_named
from service.storage import Instance


@dataclass(frozen=True, kw_only=True)
class LockView:
    """The lock of a case, and who can be named in it."""

    reference: str
    locked: bool
    locked_at: datetime | None
    locked_by: str
    people: tuple[Named, ...]
    """Who coordinates, by name."""
    named: frozenset[UUID]
    may_unlock: bool
    """Whether the viewer oversees the case; who only repairs may name, and no more."""


def show_lock(
    session: Session, collaborators: Collaborators, *, instance_id: UUID, actor: Actor
) -> LockView:
    """The lock; nothing of what the case is about.

    Raises:
        NotFound: there is no such case for this actor, or they may not lock it.
    """
    profile = collaborators.publications.current(session, actor.municipality).profile
    instance, lock = session.get(Instance, instance_id), lock_of(session, instance_id)
    overseen = rights.oversees(session, instance_id, actor, profile)
    renames = lock is not None and rights.repairs(actor, profile)
    here = instance is not None and instance.municipality == actor.municipality
    if instance is None or not here or not (overseen or renames):
        raise NotFound(rights.NO_CASE)
    rights.require_not_erased(session, instance)
    return LockView(
        reference=instance.reference,
        locked=lock is not None,
        locked_at=lock.locked_at if lock else None,
        locked_by=lock.locked_by_name if lock else "",
        people=tuple(can_be_named(session, profile, actor.municipality)),
        named=frozenset(lock.named if lock else ()),
        may_unlock=overseen and lock is not None,
    )
