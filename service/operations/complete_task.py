"""Completes a user task: the main job of the whole product."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service import engine, forms
from service.domain.actor import REPORTER_ROLE, Actor
from service.domain.errors import Conflict, Incident, InvalidInput, NotFound
from service.operations import rights
from service.operations.anonymity import as_reporter
from service.operations.case import Case, lock_case_of_task
from service.operations.collaborators import Collaborators
from service.operations.files import Uploads, as_answers, keep_uploads
from service.operations.four_eyes import require_other_eyes
from service.operations.history import Happening
from service.operations.incidents import record_incident
from service.operations.links.named_cases import require_named_cases
from service.operations.moving.kept_answers import keep_typed
from service.operations.save_draft import keep_draft
from service.operations.settle import settle
from service.storage import Task


@dataclass(frozen=True, kw_only=True)
class Completed:
    """How the completion went."""

    instance_id: UUID
    reference: str
    task_name: str
    incident: str | None = None
    """Why the case cannot go on. The task is still open and the answers are kept."""
    ended: bool = False
    gone: bool = False
    """Whether the task is for others now, so that the actor sees it no longer."""


def complete_task(
    session: Session,
    collaborators: Collaborators,
    *,
    task_id: UUID,
    actor: Actor,
    answers: Mapping[str, Any],
    now: datetime,
    uploads: Uploads | None = None,
) -> Completed:
    """Validates the answers, takes the step, and writes it; all or nothing.

    When a move to a newer publication came between, and the task asks other questions or is for
    others now, nothing is done and the answers are kept: ``incident`` says so.

    ``answers`` are as posted (``{"triage.urgentie": ["hoog"]}``) or nested; ``uploads`` are the
    files by field path.

    Raises:
        NotFound: there is no such task for this actor.
        Conflict: it is closed, or a colleague handles it; the message says who and when.
        NotAllowed: four eyes are asked for, and the actor has looked already.
        InvalidInput: the answers do not fit the form; ``fields`` says where.
    """
    case = lock_case_of_task(
        session, collaborators, task_id=task_id, municipality=actor.municipality
    )
    try:
        task = rights.task_for(session, task_id=task_id, actor=actor, hold=True)
        rights.require_open(task)
        rights.require_unclaimed_by_others(task, actor)
        require_other_eyes(session, case, task, actor)
        return finish(session, collaborators, case, task, actor, answers, uploads or {}, now)
    except (NotFound, InvalidInput):
        told = keep_typed(
            session, collaborators, case, task_id=task_id, actor=actor, answers=answers, now=now
        )
        if told is None:
            raise
        return _not_done(session, case, task_id, actor, told)


def _not_done(session: Session, case: Case, task_id: UUID, actor: Actor, why: str) -> Completed:
    task = session.get_one(Task, task_id)
    return Completed(
        instance_id=case.instance.id,
        reference=case.instance.reference,
        task_name=task.name,
        incident=why,
        gone=not rights.may_see_task(session, task, actor),
    )


def finish(
    session: Session,
    collaborators: Collaborators,
    case: Case,
    task: Task,
    actor: Actor,
    answers: Mapping[str, Any],
    uploads: Uploads,
    now: datetime,
) -> Completed:
    """Completes a task of a locked case on behalf of somebody whose right has been checked."""
    if task.roles == [REPORTER_ROLE] and actor.user_id is not None:
        actor = as_reporter(actor)
    state = case.state
    answers = {**answers, **as_answers(uploads)}
    valid = validated(case, task, state, answers, now)
    require_named_cases(session, case, task, valid, actor)
    keep_uploads(session, case, uploads, actor=actor, now=now)
    result = Completed(instance_id=case.instance.id, reference=task.reference, task_name=task.name)
    if case.instance.suspended_at is not None:
        keep_draft(session, case, task, answers, actor=actor, now=now)
        return replace(result, incident=_why_not(case, task))
    try:
        advance = engine.complete_task(
            case.published.bundle,
            state,
            task_id=task.id,
            answers=valid,
            around=case.published.around(now),
        )
    except Incident as incident:
        keep_draft(session, case, task, answers, actor=actor, now=now)
        record_incident(session, case, incident, actor=actor, now=now)
        return replace(result, incident=str(incident))
    happening = Happening(
        kind="taak_afgerond",
        actor=actor,
        element_id=task.element_id,
        element_name=task.name,
        roles=task.roles,
        detail={"process_id": task.process_id, "form_id": task.form_id, "answers": valid},
    )
    settle(session, collaborators, case, advance, happening, now=now)
    return replace(result, ended=advance.ended is not None)


def _why_not(case: Case, task: Task) -> str:
    """Who suspended the case; a reporter hears no names."""
    if task.roles == [REPORTER_ROLE]:
        return "Uw zaak ligt even stil. Probeer het later opnieuw."
    return rights.why_suspended(case.instance)


def validated(
    case: Case, task: Task, state: bytes, answers: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """The answers as the form of the task wants them; a task without a form takes any object."""
    form = case.published.form(task.process_id, task.form_id)
    if form is None:
        return dict(answers)
    try:
        variables = engine.variables_for(case.published.bundle, state, task.id)
    except LookupError as error:
        raise Conflict(
            "Deze taak is vervallen, omdat de zaak intussen verder is gegaan."
        ) from error
    return forms.validate(
        form,
        answers,
        scope=case.published.scope(variables),
        env=case.published.environment(now),
    )
