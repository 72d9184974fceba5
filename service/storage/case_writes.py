"""The writes of one step of a case: statements made once, so that a step costs their execution.

They are plain Core statements on the connection of the session; objects that the session has
read before do not follow them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Table, Update, Uuid, any_, bindparam, delete, insert, update
from sqlalchemy.orm import Session

from service.storage.event import Event
from service.storage.instance import Instance
from service.storage.task import Task, TaskCandidate


def _table(model: type[Any]) -> Table:
    table: Table = model.__table__
    return table


_INSTANCE, _TASK, _CANDIDATE = _table(Instance), _table(Task), _table(TaskCandidate)
_IDS = bindparam("ids", type_=ARRAY(Uuid))
_PUT_EVENT = insert(_table(Event))
_PUT_TASK = insert(_TASK)
_PUT_CANDIDATE = insert(_CANDIDATE)
_TAKE_OUT = delete(_CANDIDATE).where(_CANDIDATE.c.task_id == any_(_IDS))
_CLOSE = (
    update(_TASK)
    .where(_TASK.c.id == any_(_IDS))
    .values(
        state=bindparam("how"),
        closed_at=bindparam("at"),
        closed_by=bindparam("by"),
        closed_by_name=bindparam("by_name"),
        next_nudge=None,
        draft=None,
        draft_by=None,
        draft_at=None,
    )
)


def write_instance(
    session: Session, *, instance_id: UUID, revision: int, values: Mapping[str, Any]
) -> bool:
    """Writes columns of a case that is still at ``revision``; False when it is not."""
    written = session.connection().execute(
        _write_instance(frozenset(values)),
        {**values, "instance_id": instance_id, "revision_read": revision},
    )
    return written.one_or_none() is not None


def put_event(session: Session, row: Mapping[str, Any]) -> None:
    """Adds an event to the history of a case."""
    session.connection().execute(_PUT_EVENT, row)


def put_tasks(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds open tasks."""
    session.connection().execute(_PUT_TASK, rows)


def put_candidates(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Lays open tasks in the inboxes of roles."""
    session.connection().execute(_PUT_CANDIDATE, rows)


def close_tasks(
    session: Session,
    ids: Sequence[UUID],
    *,
    how: str,
    by: UUID | None,
    by_name: str,
    at: datetime,
) -> None:
    """Closes tasks; their drafts go."""
    session.connection().execute(
        _CLOSE, {"ids": list(ids), "how": how, "by": by, "by_name": by_name, "at": at}
    )


def take_out_candidates(session: Session, ids: Sequence[UUID]) -> None:
    """Takes tasks out of the inboxes of all roles."""
    session.connection().execute(_TAKE_OUT, {"ids": list(ids)})


@lru_cache(maxsize=32)
def _write_instance(names: frozenset[str]) -> Update:
    return (
        update(_INSTANCE)
        .where(
            _INSTANCE.c.id == bindparam("instance_id"),
            _INSTANCE.c.revision == bindparam("revision_read"),
        )
        .values({name: bindparam(name) for name in sorted(names)})
        .returning(_INSTANCE.c.revision)
    )
