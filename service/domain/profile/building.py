"""Makes the frozen values of a profile from what its file says."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from service.domain.profile.model import (
    ActionPoint,
    Agreement,
    Instrument,
    Meeting,
    Partner,
    Profile,
    Role,
    Round,
    Shelter,
)
from service.domain.working_days import WorkingCalendar


def profile_of(raw: Mapping[str, Any]) -> Profile:
    """The profile in a file whose shape and references are right."""
    calendar = raw["kalender"]
    return Profile(
        id=raw["id"],
        name=raw["naam"],
        roles=MappingProxyType({key: _role(key, value) for key, value in raw["rollen"].items()}),
        settings=MappingProxyType(raw["instellingen"]),
        norms=MappingProxyType(raw["normtijden"]),
        calendar=WorkingCalendar(
            closures=frozenset(calendar["sluitingsdagen"]),
            liberation_day_off=calendar["bevrijdingsdag_vrij"],
        ),
        rounds=MappingProxyType({key: recurrence(value) for key, value in raw["cyclus"].items()}),
        meetings=tuple(map(_meeting, raw["overleggen"])),
        action_points=tuple(map(action_point, raw["actiepunten"])),
        partners=tuple(map(_partner, raw["partners"])),
        agreements=tuple(map(_agreement, raw["convenanten"])),
        shelters=tuple(map(_shelter, raw["opvangplekken"])),
        instruments=tuple(map(_instrument, raw["instrumenten"])),
        training_groups=tuple(raw["trainingsgroepen"]),
        contract_partners=tuple(raw["contractpartners"]),
        four_eyes=raw["studio"]["vier_ogen"],
    )


def _role(role_id: str, raw: Mapping[str, Any]) -> Role:
    return Role(
        id=role_id,
        name=raw["naam"],
        domains=frozenset(raw["domeinen"]),
        stand_in=raw["achtervang"],
        inbox_of=raw["werkvoorraad_van"],
        coordinates=raw["coordineert"],
        erases=raw["vernietigt"],
        publishes=raw["publiceert"],
        repairs=raw["herstelt"],
        keeps_network=raw["beheert_netwerk"],
        starts=frozenset(raw["start"]),
        partner=raw["partner"],
    )


def recurrence(raw: Mapping[str, Any]) -> Round:
    """When recurring work begins, and how often it comes back."""
    return Round(first=raw["eerste"], every=raw["elke"])


def _meeting(raw: Mapping[str, Any]) -> Meeting:
    return Meeting(
        id=raw["id"],
        name=raw["naam"],
        chair=raw["voorzitter"],
        members=tuple(raw["deelnemers"]),
        level=raw["niveau"],
        agreement=raw["convenant"],
        fixed_topics=raw["vaste_onderwerpen"],
        round=None if raw["elke"] is None else recurrence(raw),
    )


def action_point(raw: Mapping[str, Any]) -> ActionPoint:
    """One action point of the plan."""
    return ActionPoint(
        number=raw["nr"],
        ambition=raw["ambitie"],
        action=raw["actie"],
        who=raw["wie"],
        when=raw["wanneer"],
    )


def _partner(raw: Mapping[str, Any]) -> Partner:
    needs = raw["convenant_nodig"]
    return Partner(
        id=raw["id"],
        name=raw["naam"],
        role=raw["rol"],
        kind=raw["soort"],
        needs_agreement=None if needs is None else needs == "ja",
        contact=raw["contact"],
        reachable=raw["bereikbaar"],
    )


def _agreement(raw: Mapping[str, Any]) -> Agreement:
    return Agreement(
        name=raw["naam"],
        kind=raw["soort"],
        parties=tuple(raw["partijen"]),
        reference=raw["vindplaats"],
        valid_from=raw["geldig_vanaf"],
        valid_until=raw["geldig_tot"],
    )


def _shelter(raw: Mapping[str, Any]) -> Shelter:
    return Shelter(
        name=raw["naam"], for_whom=raw["voor_wie"], places=raw["plekken"], contact=raw["contact"]
    )


def _instrument(raw: Mapping[str, Any]) -> Instrument:
    return Instrument(name=raw["naam"], barrier=raw["stap"], role=raw["wie"], ground=raw["basis"])
