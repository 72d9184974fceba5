"""Takes the extra lock off a case: everybody who coordinates oversees it again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict
from service.operations import rights
from service.operations.case import lock_case
from service.operations.collaborators import Collaborators
from service.operations.extra_lock import lock_of
from service.operations.history import Happening, append_event
from service.operations.said import said

UNLOCKED = "ontgrendeld"


def unlock_extra(
    session: Session,
    collaborators: Collaborators,
    *,
    instance_id: UUID,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Takes the lock off.

    Raises:
        NotFound: there is no such case, or the actor does not oversee it.
        InvalidInput: no reason is given.
        Conflict: it is not locked (any more).
    """
    profile = collaborators.publications.current(session, actor.municipality).profile
    rights.require_oversees(session, instance_id, actor, profile)
    case = lock_case(
        session, collaborators, instance_id=instance_id, municipality=actor.municipality
    )
    why, lock = said(reason), lock_of(session, instance_id)
    if lock is None:
        raise Conflict("Deze zaak is niet (meer) extra vergrendeld.")
    session.delete(lock)
    session.flush()
    happening = Happening(kind=UNLOCKED, actor=actor, detail={"reason": why})
    append_event(session, case, happening, now=now)
    rights.note_access(session, actor=actor, what=UNLOCKED, now=now, instance_id=instance_id)
