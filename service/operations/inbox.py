"""The inbox: open tasks of a person or of their roles, soonest due first, page by page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    String,
    and_,
    bindparam,
    func,
    literal,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from service.domain.actor import REPORTER_ROLE, Actor
from service.operations.extra_lock import named_in, not_shut_to
from service.operations.paging import containing, cursor, position
from service.storage import ExtraLock, Instance, Task, TaskCandidate
from service.storage.task import NEVER

PAGE = 25
MAX_PAGE = 100


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """One task in a list; nothing of the content of its case."""

    id: UUID
    instance_id: UUID
    reference: str
    name: str
    process_id: str
    element_id: str
    roles: tuple[str, ...]
    urgency: str | None
    assignee_id: UUID | None
    assignee_name: str | None
    opened_at: datetime
    due_at: datetime | None
    has_draft: bool
    escalated: bool


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of tasks and where the next one starts."""

    tasks: tuple[TaskLine, ...]
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a person looks for; empty shows everything."""

    role: str | None = None
    urgency: str | None = None
    reference: str | None = None
    late_at: datetime | None = None
    """Only tasks whose norm time was over by then."""
    unclaimed: bool = False


_COLUMNS = (
    Task.id,
    Task.instance_id,
    Task.reference,
    Task.name,
    Task.process_id,
    Task.element_id,
    Task.roles,
    Task.urgency,
    Task.assignee_id,
    Task.assignee_name,
    Task.opened_at,
    Task.due_at,
    Task.draft.is_not(None).label("has_draft"),
    (Task.nudges >= 2).label("escalated"),
)


def my_tasks(
    session: Session,
    *,
    actor: Actor,
    filters: Filters | None = None,
    after: str | None = None,
    limit: int = PAGE,
) -> Page:
    """What the actor has claimed or was given.

    Raises:
        InvalidInput: ``after`` is not a cursor of an earlier page.
    """
    query = (
        select(*_COLUMNS)
        .where(Task.assignee_id == actor.user_id, Task.state == "open")
        .where(*_conditions(filters or Filters()))
    )
    if after:
        query = query.where(tuple_(Task.due_at, Task.id) > position(after))
    query = query.order_by(Task.due_at, Task.id).limit(_bounded(limit) + 1)
    return _page(session, query, limit)


def role_tasks(
    session: Session,
    *,
    actor: Actor,
    filters: Filters | None = None,
    after: str | None = None,
    limit: int = PAGE,
) -> Page:
    """What lies in the inboxes of the actor's roles, claimed by whomever.

    Of a case that is locked extra, only who is named gets the tasks of roles that coordinate.
    Each role is read from its own stretch of the index, so the number of open tasks of other
    roles, or beyond this page, does not matter.

    Raises:
        InvalidInput: ``after`` is not a cursor of an earlier page.
    """
    filters = filters or Filters()
    roles = sorted(actor.roles - {REPORTER_ROLE})
    if filters.role:
        roles = [role for role in roles if role == filters.role]
    if not roles:
        return Page(tasks=(), next_cursor=None)
    held = (
        func.unnest(bindparam("roles", roles, type_=ARRAY(String)))
        .table_valued("role")
        .render_derived("held")
    )
    stretch = (
        select(*_COLUMNS)
        .select_from(TaskCandidate)
        .join(Task, Task.id == TaskCandidate.task_id)
        .where(TaskCandidate.municipality == actor.municipality, TaskCandidate.role == held.c.role)
        .where(not_shut_to(actor), *_conditions(filters))
    )
    named = (
        select(*_COLUMNS)
        .where(Task.state == "open", named_in(actor, roles), *_conditions(filters))
        .order_by(Task.due_at, Task.id)
        .limit(_bounded(limit) + 1)
    )
    if after:
        stretch = stretch.where(
            tuple_(TaskCandidate.due_at, TaskCandidate.task_id) > position(after)
        )
        named = named.where(tuple_(Task.due_at, Task.id) > position(after))
    stretch = stretch.order_by(TaskCandidate.due_at, TaskCandidate.task_id).limit(
        _bounded(limit) + 1
    )
    each = stretch.correlate(held).lateral("stretch")
    other = named.correlate(ExtraLock).lateral("named")
    found = union_all(
        select(each).select_from(held).join(each, true()),
        select(other).select_from(ExtraLock).join(other, true()),
    ).subquery("found")
    query = (
        select(found)
        .ext(distinct_on(found.c.due_at, found.c.id))
        .order_by(found.c.due_at, found.c.id)
        .limit(_bounded(limit) + 1)
    )
    return _page(session, query, limit)


def counts(session: Session, *, actor: Actor, now: datetime) -> dict[str, int]:
    """How many open tasks are the actor's own, and how many of those are late (to 100)."""
    own = and_(Task.assignee_id == actor.user_id, Task.state == "open")
    capped = select(literal(1)).where(own).limit(100).subquery()
    late = select(literal(1)).where(own, Task.due_at < now).limit(100).subquery()
    row = session.execute(
        select(
            select(func.count()).select_from(capped).scalar_subquery(),
            select(func.count()).select_from(late).scalar_subquery(),
        )
    ).one()
    return {"mine": row[0], "late": row[1]}


def suspended_among(session: Session, instance_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these cases somebody suspended; the right to see their tasks has been checked."""
    rows = session.scalars(
        select(Instance.id).where(
            Instance.id.in_(set(instance_ids)), Instance.suspended_at.is_not(None)
        )
    )
    return frozenset(rows)


def _conditions(filters: Filters) -> list:  # type: ignore[type-arg]
    conditions = []
    if filters.urgency:
        conditions.append(Task.urgency == filters.urgency)
    if filters.reference:
        conditions.append(Task.reference.ilike(containing(filters.reference), escape="\\"))
    if filters.late_at:
        conditions.append(Task.due_at < filters.late_at)
    if filters.unclaimed:
        conditions.append(Task.assignee_id.is_(None))
    return conditions


def _page(session: Session, query, limit: int) -> Page:  # type: ignore[no-untyped-def]
    rows = session.execute(query).all()
    shown = rows[: _bounded(limit)]
    return Page(
        tasks=tuple(_line(row) for row in shown),
        next_cursor=cursor(shown[-1].due_at, shown[-1].id) if len(rows) > len(shown) else None,
    )


def _line(row) -> TaskLine:  # type: ignore[no-untyped-def]
    values = row._asdict()
    values["roles"] = tuple(values["roles"])
    values["due_at"] = None if values["due_at"] >= NEVER else values["due_at"]
    return TaskLine(**values)


def _bounded(limit: int) -> int:
    return max(1, min(limit, MAX_PAGE))
