"""Which ended cases are due to be destroyed: one range of an index for each kind of case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from service.operations.published import Published
from service.operations.retention.terms import Kept, kept, kinds_of_ended
from service.storage import Instance, RetentionHold


@dataclass(frozen=True, kw_only=True)
class DueCase:
    """A case whose time is over and that nothing holds back; no content of it."""

    id: UUID
    reference: str
    process_id: str
    end_name: str
    ended_at: datetime
    term: str


def due_cases(
    session: Session, published: Published, *, municipality: str, now: datetime, limit: int
) -> list[DueCase]:
    """At most ``limit`` cases that are due, those that ended first in front.

    Raises:
        NotFound, Incident, InvalidInput: the table ``bewaartermijn`` is missing or unusable.
    """
    kinds = kept(published, kinds_of_ended(session, municipality), now=now)
    due = [kind for kind in kinds if kind.ended_before is not None]
    if not due:
        return []
    ranges = [_range(kind, municipality, now, limit) for kind in due]
    together = union_all(*ranges).subquery()
    rows = session.execute(
        select(together).order_by(together.c.ended_at, together.c.id).limit(limit)
    )
    terms = {kind.retention_class: kind.term for kind in due}
    return [
        DueCase(
            id=row.id,
            reference=row.reference,
            process_id=row.process_id,
            end_name=row.end_name or "",
            ended_at=row.ended_at,
            term=terms[row.retention_class],
        )
        for row in rows
    ]


def held_back(now: datetime, *, but_by: UUID | None = None) -> ColumnElement[bool]:
    """Whether something, but for the case ``but_by``, keeps the ``Instance`` of a query."""
    holder = aliased(Instance)
    runs = exists().where(
        holder.id == RetentionHold.held_by, holder.id != but_by, holder.ended_at.is_(None)
    )
    return exists().where(
        RetentionHold.instance_id == Instance.id, or_(RetentionHold.until > now, runs)
    )


def held_among(
    session: Session, ids: Sequence[UUID], *, now: datetime, but_by: UUID | None = None
) -> frozenset[UUID]:
    """Those of these cases that something, but for the case ``but_by``, holds back now."""
    held = select(Instance.id).where(Instance.id.in_(ids), held_back(now, but_by=but_by))
    return frozenset(session.scalars(held))


def _range(kind: Kept, municipality: str, now: datetime, limit: int) -> Select[Any]:
    found = (
        select(
            Instance.id,
            Instance.reference,
            Instance.process_id,
            Instance.end_name,
            Instance.ended_at,
            Instance.retention_class,
        )
        .where(
            Instance.municipality == municipality,
            Instance.retention_class == kind.retention_class,
            Instance.ended_at <= kind.ended_before,
            ~held_back(now),
        )
        .order_by(Instance.ended_at)
        .limit(limit)
        .subquery()
    )
    return select(found)
