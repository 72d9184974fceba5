"""Suspends a case: nothing moves in it until somebody resumes it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict
from service.operations.collaborators import Collaborators
from service.operations.repairs import begin_repair, note_repair
from service.operations.rights import why_suspended
from service.storage import Task


def suspend_instance(
    session: Session,
    collaborators: Collaborators,
    *,
    instance_id: UUID,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Has tasks, timers, reminders, service tasks and messages of a case wait.

    Norm times go on: they are a promise to people, not to the program.

    Raises:
        NotFound: there is no such case for this actor.
        InvalidInput: no reason is given.
        Conflict: the case has ended, or is suspended already; the message says by whom.
    """
    repair = begin_repair(
        session, collaborators, instance_id=instance_id, actor=actor, reason=reason, now=now
    )
    if repair.case.instance.suspended_at is not None:
        raise Conflict(why_suspended(repair.case.instance))
    session.execute(
        update(Task)
        .where(Task.instance_id == instance_id, Task.next_nudge.is_not(None))
        .values(next_nudge=None)
        .execution_options(synchronize_session=False)
    )
    values = {"status": "suspended", "suspended_at": now, "suspended_by": actor.name}
    note_repair(session, repair, repair.tell("stilgezet"), {**values, "next_due": None})
