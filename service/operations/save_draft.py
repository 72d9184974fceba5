"""Saves an unfinished form, unchecked; it survives giving back, another device, a restart."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from service import engine, forms
from service.domain.actor import REPORTER_ROLE, Actor
from service.operations import rights
from service.operations.anonymity import as_reporter
from service.operations.case import Case, open_case
from service.operations.collaborators import Collaborators
from service.storage import Instance, Task


def save_draft(
    session: Session,
    collaborators: Collaborators,
    *,
    task_id: UUID,
    actor: Actor,
    answers: Mapping[str, Any],
    now: datetime,
) -> None:
    """Keeps what was typed so far with the task, encrypted.

    Raises:
        NotFound: there is no such task for this actor.
        Conflict: it is closed, or a colleague handles it.
    """
    task = rights.task_for(session, task_id=task_id, actor=actor)
    rights.require_open(task)
    rights.require_unclaimed_by_others(task, actor)
    case = open_case(session, collaborators, session.get_one(Instance, task.instance_id))
    if task.roles == [REPORTER_ROLE]:
        actor = as_reporter(actor)
    keep_draft(session, case, task, answers, actor=actor, now=now)


def keep_draft(
    session: Session,
    case: Case,
    task: Task,
    answers: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Writes the draft of a task whose case is at hand."""
    form = case.published.form(task.process_id, task.form_id)
    typed = forms.draft(form, answers) if form else dict(answers)
    session.execute(
        update(Task)
        .where(Task.id == task.id, Task.state == "open")
        .values(
            draft=case.vault.seal(f"draft:{task.id}", engine.dump_values(typed)),
            draft_by=actor.name,
            draft_at=now,
        )
        .execution_options(synchronize_session=False)
    )


def read_draft(case: Case, task: Task) -> dict[str, Any]:
    """The draft of a task, or nothing."""
    if task.draft is None:
        return {}
    return dict(engine.load_values(case.vault.open(f"draft:{task.id}", task.draft)))
