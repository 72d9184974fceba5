"""The cases that were handed over to a partner, with its own answer, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from service import forms
from service.domain.actor import Actor
from service.domain.errors import NotFound
from service.domain.profile import Profile
from service.operations import rights
from service.operations.case import Case, open_case
from service.operations.collaborators import Collaborators
from service.operations.handed_over import COMPLETED, REPLY, receiver
from service.operations.history import detail_of
from service.operations.moving.asked_by import asked_by_publication
from service.operations.moving.move_case import MOVED
from service.operations.moving.undo_move import UNDONE
from service.operations.paging import cursor, position
from service.storage import Event, Instance, Task
from service.storage.instance import ERASED
from service.storage.task import NEVER

PAGE = 20


@dataclass(frozen=True, kw_only=True)
class HandedOver:
    """One handover to a partner."""

    task_id: UUID
    instance_id: UUID
    reference: str
    received_at: datetime
    due_at: datetime | None
    status: str
    """``wacht``, ``geaccepteerd``, ``geweigerd`` or ``vervallen`` (not answered in time)."""
    answered_at: datetime | None
    answered_by: str
    told: tuple[forms.ReadableAnswer, ...]
    """What was handed over, as far as its domains go."""
    answered: tuple[forms.ReadableAnswer, ...]
    """What the partner answered."""


@dataclass(frozen=True, kw_only=True)
class HandedOverPage:
    """A page of handovers, newest first, and where the next one starts."""

    handovers: tuple[HandedOver, ...]
    next_cursor: str | None


def is_partner(actor: Actor, profile: Profile) -> bool:
    """Whether something can have been handed over to the actor."""
    return bool(_partner_roles(actor, profile))


def list_handed_over(
    session: Session,
    collaborators: Collaborators,
    *,
    actor: Actor,
    now: datetime,
    after: str | None = None,
    limit: int = PAGE,
) -> HandedOverPage:
    """What was handed to the actor's organisation, and a line in the access log for each case.

    Raises:
        NotFound: the actor does not belong to a partner.
        InvalidInput: ``after`` is not a cursor of an earlier page.
    """
    profile = collaborators.publications.current(session, actor.municipality).profile
    roles = _partner_roles(actor, profile)
    if not roles:
        raise NotFound("Deze lijst is er alleen voor organisaties aan wie is overgedragen.")
    tasks = _tasks(session, actor, roles, after, limit + 1)
    shown = tasks[:limit]
    cases = _cases(session, collaborators, shown)
    lines = []
    for task in shown:
        rights.note_access(
            session, actor=actor, what="overdracht_bekeken", now=now, instance_id=task.instance_id
        )
        lines.append(_line(session, collaborators, cases[task.instance_id], task, roles, profile))
    more = len(tasks) > limit
    return HandedOverPage(
        handovers=tuple(lines),
        next_cursor=cursor(shown[-1].opened_at, shown[-1].id) if more else None,
    )


def _partner_roles(actor: Actor, profile: Profile) -> frozenset[str]:
    own = rights.own_roles(actor)
    return frozenset(key for key in own if key in profile.roles and profile.roles[key].partner)


def _tasks(
    session: Session, actor: Actor, roles: frozenset[str], after: str | None, limit: int
) -> Sequence[Task]:
    query = (
        select(Task)
        .join(Instance, Instance.id == Task.instance_id)
        .where(
            Task.municipality == actor.municipality,
            Task.element_id == REPLY,
            Task.roles.overlap(sorted(roles)),
            Instance.status != ERASED,
        )
    )
    if after:
        query = query.where(tuple_(Task.opened_at, Task.id) < position(after))
    return session.scalars(query.order_by(Task.opened_at.desc(), Task.id.desc()).limit(limit)).all()


def _cases(
    session: Session, collaborators: Collaborators, tasks: Sequence[Task]
) -> dict[UUID, tuple[Case, Sequence[Event]]]:
    """The cases of these tasks with their answers and moves, in two queries."""
    keys = {task.instance_id for task in tasks}
    events: dict[UUID, list[Event]] = {key: [] for key in keys}
    for event in session.scalars(
        select(Event)
        .where(Event.instance_id.in_(keys), Event.kind.in_((COMPLETED, MOVED, UNDONE)))
        .order_by(Event.instance_id, Event.seq)
    ):
        events[event.instance_id].append(event)
    instances = session.scalars(select(Instance).where(Instance.id.in_(keys)))
    return {row.id: (open_case(session, collaborators, row), events[row.id]) for row in instances}


def _line(
    session: Session,
    collaborators: Collaborators,
    known: tuple[Case, Sequence[Event]],
    task: Task,
    roles: frozenset[str],
    profile: Profile,
) -> HandedOver:
    case, events = known
    told: tuple[forms.ReadableAnswer, ...] = ()
    answered: tuple[forms.ReadableAnswer, ...] = ()
    status = {"open": "wacht", "cancelled": "vervallen"}.get(task.state, "geweigerd")
    domains = profile.domains_of(roles)
    for event, asked_by in asked_by_publication(session, collaborators, case, events):
        if event.kind != COMPLETED:
            continue
        detail = detail_of(case, event)
        form = asked_by.form(detail["process_id"], detail["form_id"])
        read = tuple(forms.readable(form, detail["answers"], domains=domains)) if form else ()
        if event.element_id == REPLY and event.at == task.closed_at:
            answered = read
            decided = detail["answers"].get("overdracht_reactie", {}).get("besluit")
            status = "geaccepteerd" if decided == "accepteren" else "geweigerd"
        elif not told and event.at <= task.opened_at and receiver(detail) in roles:
            told = read
    return HandedOver(
        task_id=task.id,
        instance_id=task.instance_id,
        reference=task.reference,
        received_at=task.opened_at,
        due_at=None if task.due_at >= NEVER else task.due_at,
        status=status,
        answered_at=task.closed_at,
        answered_by=task.closed_by_name or "" if task.state == "completed" else "",
        told=told,
        answered=answered,
    )
