"""The page of a task: what must be done, what is known, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from sqlalchemy.orm import Session

from service import forms
from service.domain.actor import REPORTER_ROLE, Actor
from service.domain.errors import MeldrouteError, NotFound
from service.operations import rights
from service.operations.files import file_names
from service.operations.published import Published
from service.operations.show_case import CaseView, show_case
from service.operations.show_task import TaskView
from service.storage import Task
from service.web.answers import sections
from service.web.drawing import typed_in_words
from service.web.frame import render
from service.web.request import application, now
from service.web.views import Labelled, due_view, process_name, role_names, task_row
from service.web.words import day


@dataclass(frozen=True, kw_only=True)
class Conflicted:
    """That this cannot be done (any more), and what was typed."""

    message: str
    typed: Sequence[Labelled]

    @classmethod
    def of(cls, error: MeldrouteError, view: TaskView) -> Self:
        """From what the operation said."""
        return cls(message=str(error), typed=typed_in_words(view))


def task_page(
    session: Session,
    actor: Actor,
    view: TaskView,
    *,
    model: forms.RenderModel | None = None,
    notice: str = "",
    conflict: Conflicted | None = None,
) -> str:
    """The page; the form only for who holds the task."""
    row = task_row(view.task, actor, view.case.published, now())
    known = _case(session, actor, view)
    return render(
        session,
        actor,
        "taak.html",
        task=row,
        closed=_closed(view),
        case_visible=known is not None,
        model=model if row.mine and view.task.state == "open" else None,
        facts=_facts(view),
        earlier=sections(known) if known else [],
        draft_at=view.task.draft_at,
        files=file_names(session, view.case) if row.mine else {},
        notice=notice or _suspended(view),
        conflict=conflict,
        for_reporter=view.task.roles == [REPORTER_ROLE],
    )


def _suspended(view: TaskView) -> str:
    """Who suspended the case; a reporter hears no names."""
    if view.task.state != "open" or view.case.instance.suspended_at is None:
        return ""
    if view.task.roles == [REPORTER_ROLE]:
        return "Uw zaak ligt even stil. U kunt uw antwoord bewaren en later versturen."
    return rights.why_suspended(view.case.instance)


def _case(session: Session, actor: Actor, view: TaskView) -> CaseView | None:
    """The case, for who may see more of it than this one question."""
    try:
        return show_case(
            session,
            application().collaborators,
            instance_id=view.task.instance_id,
            actor=actor,
            now=now(),
        )
    except NotFound:
        return None


def _facts(view: TaskView) -> list[Labelled]:
    """A reporter learns the kenmerk and the term, and nothing of how the case is handled."""
    task, published = view.task, view.case.published
    due = due_view(task.due_at, now())
    facts = [Labelled(label="Kenmerk", text=task.reference)]
    if task.roles != [REPORTER_ROLE]:
        facts += _of_staff(task, published)
    return [*facts, Labelled(label="Uiterlijk", text=day(due.at))] if due else facts


def _of_staff(task: Task, published: Published) -> list[Labelled]:
    return [
        Labelled(label="Proces", text=process_name(published, task.process_id)),
        Labelled(label="Voor", text=", ".join(role_names(task.roles, published))),
        Labelled(label="Klaar sinds", text=day(task.opened_at)),
    ]


def _closed(view: TaskView) -> str:
    """Who closed the task, "" while it is open."""
    task = view.task
    if task.state == "cancelled":
        return "Deze taak is vervallen, omdat de zaak intussen verder is gegaan."
    if task.state == "completed" and task.closed_at is not None:
        return f"{task.closed_by_name} heeft deze taak afgerond op {day(task.closed_at)}."
    return ""
