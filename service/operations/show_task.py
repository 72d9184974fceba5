"""What somebody sees who opens a task: its form, its draft, and what they may know of the case."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service import engine, feel, forms
from service.domain.actor import REPORTER_ROLE, Actor
from service.domain.profile import Profile
from service.operations import rights
from service.operations.agenda.reading import lent
from service.operations.anonymity import as_reporter
from service.operations.case import Case, open_case
from service.operations.collaborators import Collaborators
from service.operations.save_draft import read_draft
from service.storage import Instance, Task


@dataclass(frozen=True, kw_only=True)
class TaskView:
    """A task, open or closed, as its page shows it."""

    task: Task
    case: Case
    form: forms.FormDefinition | None
    values: Mapping[str, Any]
    """What the fields hold: the draft over what the case knows already."""
    variables: Mapping[str, Any]
    """What the conditions of the form may read."""
    environment: feel.Environment
    domains: frozenset[str]
    """Whose fields the viewer may see."""

    @property
    def has_draft(self) -> bool:
        """Whether somebody started on it."""
        return self.task.draft is not None


def show_task(
    session: Session,
    collaborators: Collaborators,
    *,
    task_id: UUID,
    actor: Actor,
    now: datetime,
) -> TaskView:
    """The task, and a line in the access log.

    Raises:
        NotFound: there is no such task for this actor.
    """
    task = rights.task_for(session, task_id=task_id, actor=actor)
    case = open_case(session, collaborators, session.get_one(Instance, task.instance_id))
    rights.note_access(
        session,
        actor=as_reporter(actor) if task.roles == [REPORTER_ROLE] else actor,
        what="taak_bekeken",
        now=now,
        instance_id=task.instance_id,
        thing=str(task_id),
    )
    shown = view(case, task, actor=actor, now=now)
    return with_agenda(session, collaborators, shown, actor=actor, logged_at=now)


def with_agenda(
    session: Session,
    collaborators: Collaborators,
    shown: TaskView,
    *,
    actor: Actor,
    logged_at: datetime | None,
) -> TaskView:
    """The task of a meeting with the content of its agenda; any other as it is.

    ``logged_at`` is None when it was logged already that the actor read it.
    """
    more = lent(
        session,
        collaborators,
        shown.case.instance,
        shown.form,
        shown.variables,
        actor=actor,
        domains=shown.domains,
        logged_at=logged_at,
    )
    return replace(shown, variables=_over(shown.variables, more)) if more else shown


def view(case: Case, task: Task, *, actor: Actor, now: datetime) -> TaskView:
    """What the page of a task shows; the right to see it has been checked."""
    variables = variables_of(case, task)
    return TaskView(
        task=task,
        case=case,
        form=case.published.form(task.process_id, task.form_id),
        values=_over(variables, read_draft(case, task)),
        variables=case.published.scope(variables),
        environment=case.published.environment(now),
        domains=_domains(task, actor, case.published.profile),
    )


def _domains(task: Task, actor: Actor, profile: Profile) -> frozenset[str]:
    if task.roles == [REPORTER_ROLE]:
        return profile.domains_of(frozenset({REPORTER_ROLE}))
    return rights.domains_of(actor, profile)


def variables_of(case: Case, task: Task) -> Mapping[str, Any]:
    """The variables an open task may read; nothing for a closed one."""
    if task.state != "open":
        return {}
    return engine.variables_for(case.published.bundle, case.state, task.id)


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Two contexts laid over each other, the second winning."""
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        both = isinstance(value, Mapping) and isinstance(under, Mapping)
        merged[key] = _over(under, value) if both else value  # type: ignore[arg-type]
    return merged
