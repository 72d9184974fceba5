"""Four eyes: what somebody did is judged by somebody else."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import NotAllowed
from service.engine import StepInfo
from service.operations.case import Case
from service.storage import Task

PROPERTY = "vierOgenMet"
"""The extension property of a user task: the id of the task that the other person did, or of the
start event by which they began the case."""


def require_other_eyes(session: Session, case: Case, task: Task, actor: Actor) -> None:
    """Raises NotAllowed when the actor did what this task must check."""
    steps = {step.element_id: step for step in case.published.process(task.process_id).steps}
    own = steps.get(task.element_id)
    first = steps.get(own.properties.get(PROPERTY, "")) if own else None
    if first is None or actor.user_id is None:
        return
    if actor.user_id == _who_did(session, case, task, first):
        raise NotAllowed(
            f"U hebt ‘{first.name}’ zelf gedaan; voor deze taak kijkt een tweede persoon mee. "
            "Geef haar terug, dan ziet een collega haar."
        )


def _who_did(session: Session, case: Case, task: Task, first: StepInfo) -> object:
    if first.type == "startEvent":
        return case.instance.started_by
    return _last_closer(session, task, first.element_id)


def _last_closer(session: Session, task: Task, element_id: str) -> object:
    return session.scalar(
        select(Task.closed_by)
        .where(
            Task.instance_id == task.instance_id,
            Task.element_id == element_id,
            Task.state == "completed",
        )
        .order_by(Task.closed_at.desc())
        .limit(1)
    )
