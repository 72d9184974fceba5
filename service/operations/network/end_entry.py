"""Withdraws an agreement or takes an entry off its list; and the way back."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict, WrongField
from service.domain.working_days import AMSTERDAM
from service.operations.collaborators import Collaborators
from service.operations.network.reading import EntryView, entry_of, require_keeper, view_of
from service.operations.network.registers import register_of
from service.operations.network.writing import require_revision, write

LONGEST = 500


def end_entry(
    session: Session,
    collaborators: Collaborators,
    *,
    register_id: str,
    entry_id: UUID,
    revision: int,
    why: str,
    actor: Actor,
    now: datetime,
) -> EntryView:
    """From today on the entry no longer counts; it stays to be read.

    Raises:
        NotFound: there is no such register or entry for this actor.
        NotAllowed: the actor may only read it.
        Conflict: somebody changed or ended it since; the message says who and when.
        WrongField: no reason was given.
    """
    told = why.strip()
    if not 1 <= len(told) <= LONGEST:
        message = f"Schrijf waarom, in 1 tot {LONGEST} tekens."
        raise WrongField(message, {"why": [message]})
    today = now.astimezone(AMSTERDAM).date()
    values = {"ended_on": today, "ended_why": told}
    return _write(session, collaborators, register_id, entry_id, revision, values, actor, now)


def restore_entry(
    session: Session,
    collaborators: Collaborators,
    *,
    register_id: str,
    entry_id: UUID,
    revision: int,
    actor: Actor,
    now: datetime,
) -> EntryView:
    """Lets an ended entry count again.

    Raises:
        NotFound, NotAllowed, Conflict: as for ``end_entry``.
    """
    values = {"ended_on": None, "ended_why": None}
    return _write(session, collaborators, register_id, entry_id, revision, values, actor, now)


def _write(
    session: Session,
    collaborators: Collaborators,
    register_id: str,
    entry_id: UUID,
    revision: int,
    values: Mapping[str, object],
    actor: Actor,
    now: datetime,
) -> EntryView:
    register = register_of(register_id)
    profile = collaborators.publications.current(session, actor.municipality).profile
    require_keeper(actor, profile, register)
    entry = entry_of(
        session, register, entry_id=entry_id, municipality=actor.municipality, hold=True
    )
    require_revision(entry, revision)
    if (entry.ended_on is None) == (values["ended_on"] is None):
        raise Conflict(f"Dit is al zo: ‘{entry.name}’ is niet gewijzigd.")
    write(session, register, entry, values, actor=actor, now=now)
    return view_of(register, entry)
