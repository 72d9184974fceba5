"""Skips the step where a case stands: it goes on as if that step were done."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import Actor
from service.operations.collaborators import Collaborators
from service.operations.repairs import begin_repair, carry_out


def skip_token(
    session: Session,
    collaborators: Collaborators,
    *,
    instance_id: UUID,
    token_id: UUID,
    reason: str,
    actor: Actor,
    now: datetime,
    confirmed: bool = False,
) -> None:
    """A task that is skipped was not done: it closes as cancelled, without answers.

    Raises:
        NotFound: there is no such case for this actor, or it does not stand there any more.
        InvalidInput: no reason is given.
        Conflict: the case has ended, or there is nothing to skip.
        Unconfirmed: the diagram could not bring the case there.
        Incident: the case could not go on from there; nothing has changed.
    """
    repair = begin_repair(
        session, collaborators, instance_id=instance_id, actor=actor, reason=reason, now=now
    )
    token = repair.token(token_id)
    advance = engine.skip(repair.bundle, repair.case.state, token_id=token_id, around=repair.around)
    happening = repair.tell_of("overgeslagen", token)
    carry_out(session, collaborators, repair, advance, happening, confirmed=confirmed)
