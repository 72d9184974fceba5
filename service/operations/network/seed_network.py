"""Fills the registers of a municipality from its profile, once: from then on people keep them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain import profile as profiles
from service.domain.actor import Actor
from service.domain.profile import Profile
from service.domain.profile.schema import PARTNER_KINDS
from service.operations.network.registers import (
    AGREEMENTS,
    INSTRUMENTS,
    PARTNERS,
    SHELTER,
    Entry,
    Register,
)
from service.operations.network.writing import new_entry, write

_WITH_AGREEMENT = ("zvh", "riec")
"""Handing over to these rests on the WGS and an agreement, unless the profile says otherwise."""


def seed_network(session: Session, profile: Profile, *, by: str, now: datetime) -> None:
    """Adds what the profile names and no register holds; nothing that is there is changed.

    An entry is known by its code (partners) or its name (the rest), ended ones too, so what
    people changed or took off the list stays as they left it.
    """
    actor = Actor(user_id=None, name=by[:200], municipality=profile.id)
    _add(session, PARTNERS, "code", _partners(profile), actor, now)
    _add(session, AGREEMENTS, "name", map(_agreement, profile.agreements), actor, now)
    _add(session, SHELTER, "name", map(_shelter, profile.shelters), actor, now)
    _add(session, INSTRUMENTS, "name", map(_instrument, profile.instruments), actor, now)


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


def _partners(profile: Profile) -> Iterator[Mapping[str, Any]]:
    """Those of the profile, and a card for each partner role that none of them holds."""
    for partner in profile.partners:
        yield _partner(partner)
    held = {partner.role for partner in profile.partners}
    for role in profile.roles.values():
        if role.partner and role.id not in held:
            kind = role.id.replace("-", "_")
            known = kind if kind in PARTNER_KINDS else "anders"
            yield _partner(profiles.Partner(id=role.id, name=role.name, role=role.id, kind=known))


def _partner(told: profiles.Partner) -> Mapping[str, Any]:
    needs = told.needs_agreement
    return {
        "code": told.id,
        "name": told.name,
        "kind": told.kind,
        "role": told.role or "",
        "needs_agreement": told.kind in _WITH_AGREEMENT if needs is None else needs,
        "contact": told.contact,
        "reachable": told.reachable,
    }


def _agreement(told: profiles.Agreement) -> Mapping[str, Any]:
    return {
        "name": told.name,
        "kind": told.kind,
        "parties": list(told.parties),
        "reference": told.reference,
        "valid_from": told.valid_from,
        "valid_until": told.valid_until,
    }


def _shelter(told: profiles.Shelter) -> Mapping[str, Any]:
    return {
        "name": told.name,
        "for_whom": told.for_whom,
        "capacity": told.places,
        "contact": told.contact,
    }


def _instrument(told: profiles.Instrument) -> Mapping[str, Any]:
    return {
        "name": told.name,
        "barrier": told.barrier,
        "owner": told.role,
        "ground": told.ground,
    }
