"""Executes a service task: its handler and the step that follows, in one transaction."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import engine_actor
from service.domain.errors import Incident, MeldrouteError
from service.operations.anonymity import no_sharper
from service.operations.case import Case, lock_case
from service.operations.collaborators import Collaborators
from service.operations.history import Happening
from service.operations.incidents import record_incident
from service.operations.service_tasks import HANDLERS, Handler, Work
from service.operations.settle import settle
from service.storage import Job


def run_service_task(
    session: Session,
    collaborators: Collaborators,
    *,
    job_id: UUID,
    now: datetime,
    handlers: Mapping[str, Handler] = HANDLERS,
) -> None:
    """Runs one job; a job that is done or cancelled is left alone, so twice is once.

    ``handlers`` are those of the product, unless a scenario says what some of them find.

    Raises:
        OSError: something outside failed; try again later.
    """
    job = session.get(Job, job_id)
    if job is None:
        return
    case = lock_case(
        session, collaborators, instance_id=job.instance_id, municipality=job.municipality
    )
    session.refresh(job)
    if job.state not in ("waiting", "failed") or case.instance.suspended_at is not None:
        return  # A suspended case has it run again when it is resumed.
    try:
        with session.begin_nested():
            moment = no_sharper(job.created_at, now)
            _work(session, collaborators, case, job, handlers.get(job.type), moment)
    except MeldrouteError as error:
        place = error.element_id if isinstance(error, Incident) else None
        incident = Incident(str(error), element_id=place or job.element_id)
        unchanged = lock_case(
            session, collaborators, instance_id=job.instance_id, municipality=job.municipality
        )
        fail_job(session, unchanged, job, incident, now=now)


def fail_job(session: Session, case: Case, job: Job, incident: Incident, *, now: datetime) -> None:
    """Shows on the case that a service task failed for good; somebody can retry it."""
    session.execute(
        update(Job).where(Job.id == job.id).values(state="failed", error=str(incident)[:2000])
    )
    record_incident(
        session, case, incident, actor=engine_actor(case.instance.municipality), now=now
    )


def give_up(
    session: Session, collaborators: Collaborators, *, job_id: UUID, why: str, now: datetime
) -> None:
    """Called when the last try of a job failed with an error from outside."""
    job = session.scalars(select(Job).where(Job.id == job_id)).one_or_none()
    if job is None or job.state != "waiting":
        return
    case = lock_case(
        session, collaborators, instance_id=job.instance_id, municipality=job.municipality
    )
    session.refresh(job)
    if job.state == "waiting":
        fail_job(session, case, job, Incident(why, element_id=job.element_id), now=now)


def _work(
    session: Session,
    collaborators: Collaborators,
    case: Case,
    job: Job,
    handler: Handler | None,
    now: datetime,
) -> None:
    if handler is None:
        raise Incident(
            f"Taaktype {job.type!r} is hier onbekend; werk Meldroute bij of pas het proces aan.",
            element_id=job.element_id,
        )
    bundle, state = case.published.bundle, case.state
    result = handler(
        Work(
            session=session,
            collaborators=collaborators,
            case=case,
            variables=engine.variables_for(bundle, state, job.id),
            now=now,
        )
    )
    advance = engine.complete_job(
        bundle, state, job_id=job.id, result=result, around=case.published.around(now)
    )
    session.execute(update(Job).where(Job.id == job.id).values(state="done", error=None))
    happening = Happening(
        kind="taak_uitgevoerd",
        actor=engine_actor(case.instance.municipality),
        element_id=job.element_id,
        element_name=_name(advance, job.element_id),
        detail=dict(result),
    )
    settle(session, collaborators, case, advance, happening, now=now)


def _name(advance: engine.Advance, element_id: str) -> str | None:
    """What the diagram calls the task that was executed: the step tells that it was completed."""
    return next((told.name for told in advance.trail if told.element_id == element_id), None)
