"""Keeps what somebody typed for a task that was moved under their hands, so no word is lost."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from service import engine, forms
from service.domain.actor import REPORTER_ROLE, Actor
from service.operations import rights
from service.operations.anonymity import as_reporter
from service.operations.case import Case
from service.operations.collaborators import Collaborators
from service.operations.history import append_event, unsent
from service.operations.moving.cases import last_move
from service.operations.moving.drafts import lost_answers
from service.operations.moving.rows import open_rows
from service.storage import Task


def keep_typed(
    session: Session,
    collaborators: Collaborators,
    case: Case,
    *,
    task_id: UUID,
    actor: Actor,
    answers: Mapping[str, Any],
    now: datetime,
) -> str | None:
    """Keeps answers to a form that has changed, or of somebody who lost the task by a move.

    The answers become the draft of the task, as far as its form asks them now, and stay whole in
    the history. The result tells what happened; None when no move is the reason, and then nothing
    is kept.
    """
    task = session.get(Task, task_id)
    item = last_move(session, case.instance)
    if task is None or item is None or item.from_publication_id is None or not item.rows_before:
        return None
    rows = open_rows(case, item.batch_id, item.rows_before)["tasks"]
    before = next((row for row in rows if row["id"] == task_id.hex), None)
    if before is None or task.state != "open" or not _was_for(before, actor):
        return None
    source = collaborators.publications.get(session, item.from_publication_id)
    old = source.form(before["process_id"], before["form_id"])
    new = case.published.form(task.process_id, task.form_id)
    typed = forms.draft(old, answers) if old else dict(answers)
    lost, allowed = lost_answers(typed, old, new), rights.may_see_task(session, task, actor)
    if allowed and not lost:
        return None
    writer = as_reporter(actor) if before["roles"] == [REPORTER_ROLE] else actor
    _write_draft(session, case, task, forms.draft(new, typed) if new else typed, writer, now)
    append_event(
        session, case, unsent(before, typed, publication_id=source.id, writer=writer), now=now
    )
    return _told(item.at, list(lost.values()), allowed=allowed)


def _was_for(before: Mapping[str, Any], actor: Actor) -> bool:
    if before["roles"] == [REPORTER_ROLE]:
        return actor.user_id is not None and before["assignee_id"] == actor.user_id.hex
    return not rights.own_roles(actor).isdisjoint(before["roles"])


def _write_draft(
    session: Session,
    case: Case,
    task: Task,
    typed: Mapping[str, Any],
    writer: Actor,
    now: datetime,
) -> None:
    session.execute(
        update(Task)
        .where(
            Task.id == task.id,
            Task.state == "open",
            or_(Task.draft.is_(None), Task.draft_by == writer.name),  # Never over another's.
        )
        .values(
            draft=case.vault.seal(f"draft:{task.id}", engine.dump_values(typed)),
            draft_by=writer.name,
            draft_at=now,
        ),
        execution_options={"synchronize_session": False},
    )


def _told(moved_at: datetime | None, lost: list[str], *, allowed: bool) -> str:
    when = f" om {rights.clock(moved_at)}" if moved_at else ""
    text = f"De zaak is{when} overgezet naar een nieuwere versie van het proces."
    if not allowed:
        return f"{text} Deze taak is nu voor een andere rol; wat u invulde staat bij de zaak."
    gone = ", ".join(f"‘{question}’" for question in lost[:5])
    return (
        f"{text} Niet meer gevraagd: {gone}. Wat u invulde staat bij de zaak; "
        "kijk de vragen na en rond opnieuw af."
    )
