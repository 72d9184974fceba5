"""Writes an entry and the change beside it, in the transaction of the caller."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict
from service.operations.network.fields import plain
from service.operations.network.registers import Entry, Register
from service.operations.rights import clock
from service.storage import RegisterChange


def write(
    session: Session,
    register: Register,
    entry: Entry,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
    reference: str | None = None,
) -> bool:
    """Gives an entry other values; whether that changed anything.

    ``reference``: the kenmerk of the case in which it was decided.
    """
    changes = {
        name: [plain(before), plain(value)]
        for name, value in values.items()
        if (before := getattr(entry, name, None)) != _kept(value)
    }
    if not changes:
        return False
    for name in changes:
        setattr(entry, name, _kept(values[name]))
    entry.revision = (entry.revision or 0) + 1
    entry.changed_at, entry.changed_by, entry.changed_by_name = now, actor.user_id, actor.name
    session.add(entry)
    session.flush()
    session.execute(
        insert(RegisterChange),
        {
            "entry_id": entry.id,
            "revision": entry.revision,
            "municipality": entry.municipality,
            "register": register.id,
            "at": now,
            "actor_id": actor.user_id,
            "actor_name": actor.name,
            "reference": reference,
            "changes": changes,
        },
    )
    return True


def require_revision(entry: Entry, revision: int) -> None:
    """Raises Conflict, saying who changed it and when, unless it is as it was read."""
    if entry.revision != revision:
        raise Conflict(
            f"{entry.changed_by_name} heeft ‘{entry.name}’ intussen gewijzigd, om "
            f"{clock(entry.changed_at)}. Er is niets bewaard van wat u invulde."
        )


def new_entry(register: Register, *, entry_id: UUID, municipality: str) -> Entry:
    """An entry that nobody has written yet."""
    entry: Entry = register.model(id=entry_id, municipality=municipality, revision=0)
    return entry


def _kept(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
