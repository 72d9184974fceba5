"""Has a step of a case done once more, beside what is going on."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import Actor
from service.operations.collaborators import Collaborators
from service.operations.repairs import Repair, begin_repair, carry_out


def redo_element(  # noqa: PLR0913 - what, in which part, why, who and when
    session: Session,
    collaborators: Collaborators,
    *,
    instance_id: UUID,
    element_id: str,
    reason: str,
    actor: Actor,
    now: datetime,
    scope: str = "",
    confirmed: bool = False,
) -> None:
    """The step begins anew, and what follows it as well; ``scope`` as in ``engine.Token``.

    Raises:
        NotFound: there is no such case for this actor, or that part of it does not run.
        InvalidInput: no reason is given, or nothing can arrive at that step.
        Conflict: the case has ended.
        Unconfirmed: the diagram could not bring the case there.
        Incident: the case could not go on from there; nothing has changed.
    """
    repair = begin_repair(
        session, collaborators, instance_id=instance_id, actor=actor, reason=reason, now=now
    )
    advance = engine.redo(
        repair.bundle,
        repair.case.state,
        element_id=element_id,
        scope=scope,
        around=repair.around,
    )
    happening = repair.tell_of("opnieuw_geopend", _step(repair, element_id))
    carry_out(session, collaborators, repair, advance, happening, confirmed=confirmed)


def _step(repair: Repair, element_id: str) -> engine.StepInfo | None:
    processes = repair.bundle.processes.values()
    steps = (step for process in processes for step in process.steps)
    return next((step for step in steps if step.element_id == element_id), None)
