"""Adds an entry to a register, or changes one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict, WrongField
from service.operations.collaborators import Collaborators
from service.operations.network.fields import read
from service.operations.network.reading import EntryView, entry_of, require_keeper, view_of
from service.operations.network.registers import Register, choices_of, register_of
from service.operations.network.writing import new_entry, require_revision, write
from service.storage import Municipality, Partner


def save_entry(
    session: Session,
    collaborators: Collaborators,
    *,
    register_id: str,
    raw: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    entry_id: UUID | None = None,
    revision: int = 0,
) -> EntryView:
    """Writes the whole entry: a new one without ``entry_id``, else the one that was read as
    ``revision``.

    Raises:
        NotFound: there is no such register or entry for this actor.
        NotAllowed: the actor may only read it.
        Conflict: somebody changed or ended it since; the message says who and when.
        WrongField: the values do not fit; ``fields`` says where.
    """
    register = register_of(register_id)
    profile = collaborators.publications.current(session, actor.municipality).profile
    require_keeper(actor, profile, register)
    choices = choices_of(session, profile)
    fields = tuple(f for f in register.fields if entry_id is None or not f.fixed)
    if entry_id is None:
        values = read(fields, raw, choices)
        _require_order(values)
        _require_new_code(session, register, values, actor.municipality)
        entry = new_entry(register, entry_id=uuid4(), municipality=actor.municipality)
    else:
        entry = entry_of(
            session, register, entry_id=entry_id, municipality=actor.municipality, hold=True
        )
        require_revision(entry, revision)
        if entry.ended_on is not None:
            raise Conflict(f"‘{entry.name}’ telt niet meer mee; zet dit eerst terug.")
        values = read(fields, raw, choices)
        _require_order(values)
    write(session, register, entry, values, actor=actor, now=now)
    return view_of(register, entry)


def _require_new_code(
    session: Session, register: Register, values: Mapping[str, Any], municipality: str
) -> None:
    """Of two that add the same code, the second waits here for the first."""
    if register.model is not Partner:
        return
    session.execute(
        select(Municipality.id).where(Municipality.id == municipality).with_for_update()
    )
    taken = exists().where(Partner.municipality == municipality, Partner.code == values["code"])
    if session.scalar(select(taken)):
        message = f"Er is al een partner met code {values['code']}; kies een andere."
        raise WrongField(message, {"code": [message]})


def _require_order(values: Mapping[str, Any]) -> None:
    begins, ends = values.get("valid_from"), values.get("valid_until")
    if begins is not None and ends is not None and ends < begins:
        message = "Deze datum ligt vóór de begindatum."
        raise WrongField("Controleer de velden: niet alles klopt.", {"valid_until": [message]})
