"""Lists a register of the municipality, by name, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import NotFound
from service.domain.working_days import AMSTERDAM
from service.operations import rights
from service.operations.collaborators import Collaborators
from service.operations.network.fields import Choices
from service.operations.network.reading import EntryView, require_reader, view_of
from service.operations.network.registers import REGISTERS, Register, choices_of, register_of
from service.operations.network.warning import expiry_state, needs_a_look, warning_days
from service.operations.paging import name_cursor, name_position
from service.storage import Agreement

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class RegisterPage:
    """A page of a register."""

    register: Register
    entries: tuple[EntryView, ...]
    states: Mapping[UUID, str]
    """Of each agreement: ``geldig``, ``verloopt``, ``verlopen``, ``komt`` or ``ingetrokken``."""
    next_cursor: str | None
    choices: Choices
    may_change: bool
    attention: int
    """How many agreements that count are over, or will be within ``warning_days``."""
    warning_days: int


def readable_registers(
    session: Session, collaborators: Collaborators, *, actor: Actor
) -> tuple[Register, ...]:
    """The registers that the actor may read; none for a partner or a reporter."""
    profile = collaborators.publications.current(session, actor.municipality).profile
    found = []
    for register in REGISTERS.values():
        try:
            require_reader(actor, profile, register)
        except NotFound:
            continue
        found.append(register)
    return tuple(found)


def list_register(
    session: Session,
    collaborators: Collaborators,
    *,
    register_id: str,
    actor: Actor,
    now: datetime,
    ended: bool = False,
    after: str | None = None,
    limit: int = PAGE,
) -> RegisterPage:
    """The entries that count, or those that were ended.

    Raises:
        NotFound: there is no such register for this actor.
        InvalidInput: ``after`` is not a cursor of an earlier page.
    """
    register = register_of(register_id)
    profile = collaborators.publications.current(session, actor.municipality).profile
    require_reader(actor, profile, register)
    model = register.model
    query = select(model).where(
        model.municipality == actor.municipality,
        model.ended_on.is_not(None) if ended else model.ended_on.is_(None),
    )
    if after:
        query = query.where(tuple_(model.name, model.id) > name_position(after))
    limit = max(1, min(limit, 100))
    rows = session.scalars(query.order_by(model.name, model.id).limit(limit + 1)).all()
    shown = tuple(view_of(register, row) for row in rows[:limit])
    today = now.astimezone(AMSTERDAM).date()
    days = warning_days(profile)
    return RegisterPage(
        register=register,
        entries=shown,
        states={e.id: expiry_state(e, today, days) for e in shown if "valid_from" in e.values},
        next_cursor=name_cursor(shown[-1].name, shown[-1].id) if len(rows) > limit else None,
        choices=choices_of(session, profile),
        may_change=rights.keeps_network(actor, profile),
        attention=_attention(session, actor.municipality, today + timedelta(days=days)),
        warning_days=days,
    )


def _attention(session: Session, municipality: str, until: date) -> int:
    count = select(func.count()).select_from(Agreement).where(needs_a_look(municipality, until))
    return session.scalar(count) or 0
