"""Moves a case from the step where it stands to another one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import Actor
from service.operations.collaborators import Collaborators
from service.operations.repairs import begin_repair, carry_out


def move_token(  # noqa: PLR0913 - what, where to, why, who and when
    session: Session,
    collaborators: Collaborators,
    *,
    instance_id: UUID,
    token_id: UUID,
    to: str,
    reason: str,
    actor: Actor,
    now: datetime,
    confirmed: bool = False,
) -> None:
    """The step where it stands is taken back; the other one begins.

    Raises:
        NotFound: there is no such case for this actor, or it does not stand there any more.
        InvalidInput: no reason is given, or nothing can arrive at that step.
        Conflict: the case has ended, or this only waits beside another step.
        Unconfirmed: the diagram could not bring the case there.
        Incident: the case could not go on from there; nothing has changed.
    """
    repair = begin_repair(
        session, collaborators, instance_id=instance_id, actor=actor, reason=reason, now=now
    )
    token = repair.token(token_id)
    advance = engine.move_token(
        repair.bundle, repair.case.state, token_id=token_id, to=to, around=repair.around
    )
    happening = repair.tell_of("verplaatst", token, to=to)
    carry_out(session, collaborators, repair, advance, happening, confirmed=confirmed)
