"""Reads the cases that can move: those that run on an older publication."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from service.domain.errors import NotFound
from service.operations.moving.plans import MoveRequest
from service.storage import Instance, MigrationItem, Publication, RoleMembership, Task
from service.storage.instance import ENDED


def movable(municipality: str, target: int) -> "Select[Instance]":
    """The cases of a municipality that run on a publication older than this number."""
    return (
        select(Instance)
        .join(Publication, Publication.id == Instance.publication_id)
        .where(
            Instance.municipality == municipality,
            Instance.status.not_in(ENDED),
            Publication.number < target,
        )
    )


def chosen(session: Session, *, municipality: str, request: MoveRequest) -> "Select[Instance]":
    """All movable cases, or those that are named by kenmerk or id.

    Raises:
        NotFound: a named case does not run on an older publication.
    """
    query = movable(municipality, request.target)
    if request.cases is None:
        return query
    query = query.where(named(request.cases))
    found = session.execute(query.with_only_columns(Instance.id, Instance.reference)).all()
    known = {str(key) for key, _ in found} | {reference for _, reference in found}
    missing = [
        case for case in request.cases if case.strip().lower() not in known and case not in known
    ]
    if missing:
        raise NotFound(
            f"Geen lopende zaak op een oudere publicatie: {', '.join(missing[:10])}. "
            "Laat weg wat al is afgesloten of al is overgezet."
        )
    return query


def named(cases: Sequence[str]) -> ColumnElement[bool]:
    """Whether a case is one of these, given by kenmerk or id."""
    ids = []
    for case in cases:
        try:
            ids.append(UUID(case))
        except ValueError:
            continue
    return or_(Instance.reference.in_(cases), Instance.id.in_(ids))


def hold_case(session: Session, where: ColumnElement[bool]) -> UUID | None:
    """Locks one case; always before its item in a batch, as whoever erases a case does."""
    return session.scalar(select(Instance.id).where(where).with_for_update())


def open_tasks_of(
    session: Session, instance_ids: Collection[UUID], *, hold: bool = False
) -> Mapping[UUID, Sequence[Task]]:
    """The open tasks of each case, the oldest first; ``hold`` keeps them as they are read."""
    query = (
        select(Task)
        .where(Task.instance_id.in_(instance_ids), Task.state == "open")
        .order_by(Task.opened_at, Task.id)
        .execution_options(populate_existing=True)
    )
    found: defaultdict[UUID, list[Task]] = defaultdict(list)
    for task in session.scalars(query.with_for_update() if hold else query):
        found[task.instance_id].append(task)
    return found


def roles_held(session: Session, tasks: Collection[Task]) -> Mapping[UUID, frozenset[str]]:
    """The roles of everybody who has taken up one of these tasks."""
    people = {task.assignee_id for task in tasks if task.assignee_id is not None}
    if not people:
        return {}
    found: defaultdict[UUID, set[str]] = defaultdict(set)
    rows = session.execute(
        select(RoleMembership.user_id, RoleMembership.role).where(
            RoleMembership.user_id.in_(people)
        )
    )
    for user_id, role in rows:
        found[user_id].add(role)
    return {key: frozenset(roles) for key, roles in found.items()}


def last_move(session: Session, instance: Instance) -> MigrationItem | None:
    """The move by which a case came to where it is; None when it was never moved."""
    return session.scalars(
        select(MigrationItem)
        .where(
            MigrationItem.instance_id == instance.id,
            MigrationItem.state.in_(("moved", "kept")),
        )
        .order_by(MigrationItem.at.desc())
        .limit(1)
    ).one_or_none()
