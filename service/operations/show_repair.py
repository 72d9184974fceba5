"""What somebody sees who repairs a case: where it stands and what can be done, no content."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import Actor
from service.domain.errors import NotFound
from service.operations import rights
from service.operations.case import Case, open_case
from service.operations.collaborators import Collaborators
from service.operations.extra_lock import lock_of
from service.operations.held_deliveries import held_names
from service.operations.repairs import KINDS, repair_of
from service.operations.start_instance import OWN_VARIABLES
from service.storage import Event, Instance, Task
from service.storage.instance import ENDED
from service.storage.task import NEVER


@dataclass(frozen=True, kw_only=True)
class Place:
    """One place where the case stands."""

    token_id: UUID
    element_id: str
    element_type: str
    """The BPMN tag."""
    name: str
    scope: str
    parts: tuple[str, ...]
    """The names of the subprocesses and called processes around it, outermost first."""
    due: datetime | None
    """The end of the norm time of a task, or when a timer goes off."""
    roles: tuple[str, ...]
    """The names of the roles of a task."""
    assignee: str | None
    armed: bool
    """It only waits beside something else, so it cannot be moved or skipped by itself."""
    can_go_to: tuple[tuple[str, str], ...]
    """The ids and names of the steps it can be moved to."""


@dataclass(frozen=True, kw_only=True)
class Repaired:
    """A repair that was done before."""

    at: datetime
    kind: str
    actor_name: str
    element_name: str | None
    reason: str
    against: tuple[str, ...]
    """Why the diagram could not have brought the case there, when that was confirmed."""


@dataclass(frozen=True, kw_only=True)
class RepairView:
    """A case as who repairs sees it."""

    case: Case
    places: tuple[Place, ...]
    redoable: tuple[tuple[str, str, str], ...]
    """Steps that can be begun once more: scope, id and name."""
    variables: tuple[str, ...]
    """Names only."""
    held_messages: tuple[str, ...]
    """The names of the messages that wait for the case to be resumed."""
    repairs: tuple[Repaired, ...]
    """Newest first."""
    overseen: bool
    """Whether the viewer sees the case itself because they coordinate."""
    locked: bool
    """Whether it is locked extra, so that who repairs can say for whom it is not."""

    @property
    def ended(self) -> bool:
        """Whether nothing can be changed any more."""
        return self.case.instance.status in ENDED


def show_repair(
    session: Session,
    collaborators: Collaborators,
    *,
    instance_id: UUID,
    actor: Actor,
    now: datetime,
) -> RepairView:
    """Where the case stands, and a line in the access log.

    Raises:
        NotFound: there is no such case, or the actor may not repair.
    """
    profile = collaborators.publications.current(session, actor.municipality).profile
    rights.require_repairs(actor, profile)
    instance = session.scalars(
        select(Instance).where(
            Instance.id == instance_id, Instance.municipality == actor.municipality
        )
    ).one_or_none()
    if instance is None:
        raise NotFound(rights.NO_CASE)
    rights.note_access(
        session, actor=actor, what="herstel_bekeken", now=now, instance_id=instance_id
    )
    case = open_case(session, collaborators, instance)
    tokens = engine.standing(case.published.bundle, case.state, around=case.published.around(now))
    return RepairView(
        case=case,
        places=tuple(_places(session, case, tokens)),
        redoable=tuple(_redoable(case, tokens)),
        variables=tuple(_variables(case)),
        held_messages=held_names(session, instance_id),
        repairs=tuple(_repairs(session, case)),
        overseen=rights.oversees(session, instance_id, actor, profile),
        locked=lock_of(session, instance_id) is not None,
    )


def _places(session: Session, case: Case, tokens: Sequence[engine.Token]) -> Iterator[Place]:
    open_tasks = {
        task.id: task
        for task in session.scalars(
            select(Task).where(Task.instance_id == case.instance.id, Task.state == "open")
        )
    }
    names = _names(case)
    known = case.published.profile.roles
    for token in tokens:
        task = open_tasks.get(token.token_id)
        ended = task.due_at if task and task.due_at < NEVER else None
        yield Place(
            token_id=token.token_id,
            element_id=token.element_id,
            element_type=token.element_type,
            name=token.name,
            scope=token.scope,
            parts=tuple(_part(step, names) for step in token.scope.split("/") if step),
            due=ended or token.due,
            roles=tuple(known[r].name if r in known else r for r in (task.roles if task else ())),
            assignee=task.assignee_name if task else None,
            armed=token.armed,
            can_go_to=tuple((key, names.get(key, key)) for key in token.can_go_to),
        )


def _names(case: Case) -> Mapping[str, str]:
    processes = case.published.bundle.processes.values()
    return {
        step.element_id: step.label for process in processes for step in process.steps if step.name
    }


def _part(step: str, names: Mapping[str, str]) -> str:
    key, _, number = step.partition("#")
    name = names.get(key, key)
    return f"{name} {number}" if number else name


def _redoable(case: Case, tokens: Sequence[engine.Token]) -> Iterator[tuple[str, str, str]]:
    """Tasks and calls of every scope that runs and that a token stands in by itself."""
    steps = {
        step.element_id: step
        for process in case.published.bundle.processes.values()
        for step in process.steps
    }
    seen: set[tuple[str, str]] = set()
    for token in tokens:
        for key in token.can_go_to:
            step = steps.get(key)
            work = step is not None and step.type.lower().endswith(("task", "activity"))
            if step is not None and work and (token.scope, key) not in seen:
                seen.add((token.scope, key))
                yield token.scope, key, step.label


def _variables(case: Case) -> list[str]:
    """What the forms of the publication ask, and what the case has at the top; names only."""
    published = case.published
    asked = {field.key for form in published.forms.values() for field in form.fields}
    here = engine.variables_for(published.bundle, case.state, None)
    return sorted(
        name
        for name in asked | {key for key in here if key.isidentifier()}
        if name.split(".", maxsplit=1)[0] not in OWN_VARIABLES
    )


def _repairs(session: Session, case: Case) -> Iterator[Repaired]:
    events = session.scalars(
        select(Event)
        .where(Event.instance_id == case.instance.id, Event.kind.in_(KINDS))
        .order_by(Event.seq.desc())
    )
    for event in events:
        told = repair_of(case, event)
        yield Repaired(
            at=event.at,
            kind=event.kind,
            actor_name=event.actor_name,
            element_name=event.element_name or told.get("path"),
            reason=told.get("reason", ""),
            against=tuple(told.get("against_diagram", ())),
        )
