"""Cancels a case: it ends where it stands, and nothing can change it any more."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import Actor
from service.operations.case import write
from service.operations.collaborators import Collaborators
from service.operations.held_deliveries import let_go
from service.operations.repairs import begin_repair
from service.operations.settle import settle

ENDED_AS = "Geannuleerd"
"""The outcome of a cancelled case, in words that say nothing of why."""


def cancel_instance(
    session: Session,
    collaborators: Collaborators,
    *,
    instance_id: UUID,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Closes every task, cancels every job and timer; no end of the diagram is reached.

    Raises:
        NotFound: there is no such case for this actor.
        InvalidInput: no reason is given.
        Conflict: the case has ended.
    """
    repair = begin_repair(
        session, collaborators, instance_id=instance_id, actor=actor, reason=reason, now=now
    )
    case = repair.case
    advance = engine.cancel_instance(repair.bundle, case.state, around=repair.around)
    let_go(session, instance_id)
    told = repair.tell("geannuleerd")
    settle(session, collaborators, case, advance, told, now=now, ended_as=ENDED_AS)
    values = {"status": "cancelled", "suspended_at": None, "suspended_by": None}
    write(session, case.instance, values)
