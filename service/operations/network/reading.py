"""Who reads a register, and entries as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import NotAllowed, NotFound
from service.domain.profile import Profile
from service.operations import rights
from service.operations.network.registers import Entry, Register
from service.storage import Partner


@dataclass(frozen=True, kw_only=True)
class EntryView:
    """One entry of a register."""

    id: UUID
    name: str
    revision: int
    values: Mapping[str, Any]
    """By field of the register."""
    ended_on: date | None
    ended_why: str


def require_reader(actor: Actor, profile: Profile, register: Register) -> None:
    """Raises NotFound, as for what is not there, unless the actor may read the register."""
    sees = not register.domain or register.domain in rights.domains_of(actor, profile)
    if not rights.works_here(actor, profile) or not (sees or rights.keeps_network(actor, profile)):
        raise NotFound("Dit register bestaat niet, of is niet voor u.")


def require_keeper(actor: Actor, profile: Profile, register: Register) -> None:
    """Raises NotAllowed unless the actor may change the register; NotFound if not even see it."""
    require_reader(actor, profile, register)
    if not rights.keeps_network(actor, profile):
        raise NotAllowed("Uw rol mag dit register lezen, niet wijzigen.")


def entry_of(
    session: Session, register: Register, *, entry_id: UUID, municipality: str, hold: bool = False
) -> Entry:
    """One entry; ``hold`` keeps it as it is read until the transaction ends.

    Raises:
        NotFound: there is none in this municipality.
    """
    model = register.model
    query = (
        select(model)
        .where(model.id == entry_id, model.municipality == municipality)
        .execution_options(populate_existing=True)
    )
    found = session.scalars(query.with_for_update() if hold else query).one_or_none()
    if found is None:
        raise NotFound(f"Deze {register.singular} bestaat niet, of is niet voor u.")
    entry: Entry = found
    return entry


def partners_where(
    session: Session, municipality: str, which: ColumnElement[bool]
) -> Sequence[Partner]:
    """The partners that count and that a condition holds for, by name; at most fifty."""
    return session.scalars(
        select(Partner)
        .where(Partner.municipality == municipality, Partner.ended_on.is_(None), which)
        .order_by(Partner.name)
        .limit(50)
    ).all()


def known_as(code: str) -> ColumnElement[bool]:
    """Whether a partner goes by this code, or works in the role of this name."""
    return or_(Partner.role == code, Partner.code == code)


def view_of(register: Register, entry: Entry) -> EntryView:
    """An entry as values."""
    return EntryView(
        id=entry.id,
        name=entry.name,
        revision=entry.revision,
        values={f.name: getattr(entry, f.name) for f in register.fields},
        ended_on=entry.ended_on,
        ended_why=entry.ended_why or "",
    )
