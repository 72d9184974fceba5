"""Fills the registers of a municipality from its profile, once: from then on people keep them."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.profile import Profile
from service.operations.network.registers import (
    AGREEMENTS,
    INSTRUMENTS,
    PARTNERS,
    SHELTER,
    Entry,
    Register,
)
from service.operations.network.writing import new_entry, write
from service.storage.barrier_instrument import BARRIERS
from service.storage.partner import PARTNER_KINDS

_WITH_AGREEMENT = ("zvh", "riec")
"""Handing over to these rests on the WGS and an agreement, unless the profile says otherwise."""


def seed_network(session: Session, profile: Profile, *, by: str, now: datetime) -> None:
    """Adds what the profile names and no register holds; nothing that is there is changed.

    An entry is known by its code (partners) or its name (the rest), ended ones too, so what
    people changed or took off the list stays as they left it.
    """
    told = profile.as_context()
    actor = Actor(user_id=None, name=by[:200], municipality=profile.id)
    _add(session, PARTNERS, "code", _partners(profile, told), actor, now)
    _add(session, AGREEMENTS, "name", map(_agreement, told.get("convenanten", ())), actor, now)
    _add(session, SHELTER, "name", map(_shelter, told.get("opvangplekken", ())), actor, now)
    _add(session, INSTRUMENTS, "name", map(_instrument, told.get("instrumenten", ())), actor, now)


def _add(
    session: Session,
    register: Register,
    key: str,
    wanted: Iterator[Mapping[str, Any]],
    actor: Actor,
    now: datetime,
) -> None:
    model = register.model
    there = set(
        session.scalars(select(getattr(model, key)).where(model.municipality == actor.municipality))
    )
    for values in wanted:
        if values[key] in there:
            continue
        there.add(values[key])
        entry: Entry = new_entry(register, entry_id=uuid4(), municipality=actor.municipality)
        complete = {f.name: values.get(f.name, f.empty()) for f in register.fields}
        write(session, register, entry, complete, actor=actor, now=now)


def _partners(profile: Profile, told: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Those of the profile, and a card for each partner role that none of them holds."""
    held = set()
    for partner in told.get("partners", ()):
        held.add(partner.get("rol"))
        yield _partner(partner)
    for role in profile.roles.values():
        if role.partner and role.id not in held:
            kind = role.id.replace("-", "_")
            yield _partner({"id": role.id, "naam": role.name, "rol": role.id, "soort": kind})


def _partner(told: Mapping[str, Any]) -> Mapping[str, Any]:
    kind = told.get("soort") if told.get("soort") in PARTNER_KINDS else "anders"
    needs = told.get("convenant_nodig")
    return {
        "code": told["id"],
        "name": told["naam"],
        "kind": kind,
        "role": told.get("rol") or "",
        "needs_agreement": kind in _WITH_AGREEMENT if needs is None else needs == "ja",
        "contact": told.get("contact", ""),
        "reachable": told.get("bereikbaar", ""),
    }


def _agreement(told: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "name": told["naam"],
        "kind": told.get("soort", "convenant"),
        "parties": list(told["partijen"]),
        "reference": told.get("vindplaats", ""),
        "valid_from": _day(told["geldig_vanaf"]),
        "valid_until": _day(told["geldig_tot"]) if told.get("geldig_tot") else None,
    }


def _shelter(told: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "name": told["naam"],
        "for_whom": told.get("voor_wie", ""),
        "capacity": int(told.get("plekken", 0)),
        "contact": told.get("contact", ""),
    }


def _instrument(told: Mapping[str, Any]) -> Mapping[str, Any]:
    step = told.get("stap")
    return {
        "name": told["naam"],
        "barrier": step if step in BARRIERS else BARRIERS[0],
        "owner": told.get("wie", "oov"),
        "ground": told.get("basis", ""),
    }


def _day(told: Any) -> date:
    return told if isinstance(told, date) else date.fromisoformat(str(told))
