"""One entry of a register, with who changed what in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.working_days import AMSTERDAM
from service.operations import rights
from service.operations.collaborators import Collaborators
from service.operations.network.fields import Choices
from service.operations.network.reading import EntryView, entry_of, require_reader, view_of
from service.operations.network.registers import Register, choices_of, register_of
from service.operations.network.warning import expiry_state, warning_days
from service.storage import RegisterChange

_MOST = 100


@dataclass(frozen=True, kw_only=True)
class ChangeView:
    """One change."""

    at: datetime
    actor_name: str
    reference: str | None
    changes: Mapping[str, tuple[Any, Any]]
    """By field: what it was and what it became."""


@dataclass(frozen=True, kw_only=True)
class EntryPage:
    """An entry, or an empty one to fill in."""

    register: Register
    entry: EntryView | None
    state: str
    history: tuple[ChangeView, ...]
    """Newest first, at most a hundred."""
    choices: Choices
    may_change: bool


def show_entry(
    session: Session,
    collaborators: Collaborators,
    *,
    register_id: str,
    entry_id: UUID | None,
    actor: Actor,
    now: datetime,
) -> EntryPage:
    """The entry; without ``entry_id`` what a new one may hold.

    Raises:
        NotFound: there is no such register or entry for this actor.
    """
    register = register_of(register_id)
    profile = collaborators.publications.current(session, actor.municipality).profile
    require_reader(actor, profile, register)
    entry, state = None, ""
    if entry_id is not None:
        entry = view_of(
            register,
            entry_of(session, register, entry_id=entry_id, municipality=actor.municipality),
        )
        if "valid_from" in entry.values:
            today = now.astimezone(AMSTERDAM).date()
            state = expiry_state(entry, today, warning_days(profile))
    return EntryPage(
        register=register,
        entry=entry,
        state=state,
        history=tuple(_history(session, entry_id)) if entry_id else (),
        choices=choices_of(session, profile),
        may_change=rights.keeps_network(actor, profile),
    )


def _history(session: Session, entry_id: UUID) -> list[ChangeView]:
    rows = session.scalars(
        select(RegisterChange)
        .where(RegisterChange.entry_id == entry_id)
        .order_by(RegisterChange.revision.desc())
        .limit(_MOST)
    )
    return [
        ChangeView(
            at=row.at,
            actor_name=row.actor_name,
            reference=row.reference,
            changes={name: (before, after) for name, (before, after) in row.changes.items()},
        )
        for row in rows
    ]
