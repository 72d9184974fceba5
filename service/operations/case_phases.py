"""Where cases stand, for a list: the open tasks of each, and which must be done first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from service.storage import Task
from service.storage.task import NEVER


@dataclass(frozen=True, kw_only=True)
class Phase:
    """What is open in one case."""

    tasks: tuple[str, ...]
    """The names of the open tasks, the oldest first."""
    due_at: datetime | None
    """When the first of them must be done."""


def case_phases(session: Session, instance_ids: Collection[UUID]) -> Mapping[UUID, Phase]:
    """The phase of each case that has an open task; the right to see them has been checked."""
    rows = session.execute(
        select(
            Task.instance_id,
            func.array_agg(aggregate_order_by(Task.name, Task.opened_at)),
            func.min(Task.due_at),
        )
        .where(Task.instance_id.in_(instance_ids), Task.state == "open")
        .group_by(Task.instance_id)
    )
    return {
        key: Phase(tasks=tuple(dict.fromkeys(names)), due_at=None if due >= NEVER else due)
        for key, names, due in rows
    }
