"""Rows of a case as they were before a move, to be put back exactly; sealed with its key."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary, Table, Uuid

from service import engine
from service.operations.case import Case
from service.storage import Instance, Job, Task

INSTANCE: Table = Instance.__table__  # type: ignore[assignment]
TASK: Table = Task.__table__  # type: ignore[assignment]
JOB: Table = Job.__table__  # type: ignore[assignment]
_NEVER_MOVED = frozenset(
    {
        "id",
        "municipality",
        "reference",
        "process_id",
        "revision",
        "state",
        "data_key",
        "started_at",
        "started_by",
        "reported_by",
        "submission_id",
        "event_count",
        "last_hash",
    }
)
"""Columns of a case that a move leaves alone, or that only grow, or that are kept elsewhere."""


def row_of(table: Table, thing: Any) -> dict[str, Any]:
    """Every column of a row as values of JSON and FEEL."""
    return {c.key: _plain(getattr(thing, c.key)) for c in table.columns}


def case_row(instance: Instance) -> dict[str, Any]:
    """The columns of a case that a move may change."""
    row = row_of(INSTANCE, instance)
    return {key: value for key, value in row.items() if key not in _NEVER_MOVED}


def columns_of(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """What ``row_of`` read, as the database takes it."""
    return {key: _typed(table.columns[key].type, value) for key, value in row.items()}


def seal_rows(case: Case, batch_id: UUID, rows: Mapping[str, Any]) -> bytes:
    """Rows, sealed."""
    return case.vault.seal(f"migration:{batch_id}", engine.dump_values(rows))


def open_rows(case: Case, batch_id: UUID, sealed: bytes) -> dict[str, Any]:
    """What ``seal_rows`` sealed."""
    return dict(engine.load_values(case.vault.open(f"migration:{batch_id}", sealed)))


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    return value.hex() if isinstance(value, bytes) else value


def _typed(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, Uuid):
        return UUID(hex=value)
    return bytes.fromhex(value) if isinstance(kind, LargeBinary) else value
