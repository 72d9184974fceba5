"""Lets an anonymous reporter answer a question with their code, still without a name."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import REPORTER_ROLE, anonymous_reporter
from service.domain.errors import NotFound
from service.operations.anonymity import to_the_hour
from service.operations.case import Case, lock_case
from service.operations.collaborators import Collaborators
from service.operations.complete_task import Completed, finish
from service.operations.list_cases import instance_by_code
from service.operations.show_task import TaskView, view
from service.storage import Task


def show_question(
    session: Session, collaborators: Collaborators, *, code: str, now: datetime
) -> TaskView:
    """The open question to an anonymous reporter.

    Raises:
        NotFound: no signal has this code, or nothing is asked.
    """
    case, task = _question(session, collaborators, code)
    actor = anonymous_reporter(case.instance.municipality)
    return view(case, task, actor=actor, now=now)


def answer_by_code(
    session: Session,
    collaborators: Collaborators,
    *,
    code: str,
    answers: Mapping[str, Any],
    now: datetime,
) -> Completed:
    """Completes the open question to an anonymous reporter.

    Raises:
        NotFound: no signal has this code, or nothing is asked any more.
        InvalidInput: the answers do not fit the form.
    """
    case, task = _question(session, collaborators, code)
    actor = anonymous_reporter(case.instance.municipality)
    return finish(session, collaborators, case, task, actor, answers, {}, to_the_hour(now))


def _question(session: Session, collaborators: Collaborators, code: str) -> tuple[Case, Task]:
    instance = instance_by_code(session, collaborators, code=code)
    case = lock_case(
        session, collaborators, instance_id=instance.id, municipality=instance.municipality
    )
    task = session.scalars(
        select(Task)
        .where(
            Task.instance_id == instance.id,
            Task.state == "open",
            Task.roles == [REPORTER_ROLE],
        )
        .order_by(Task.opened_at, Task.id)
        .limit(1)
    ).one_or_none()
    if task is None:
        raise NotFound("Er staat nu geen vraag voor u open.")
    return case, task
