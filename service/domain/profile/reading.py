"""Reads a profile from its file; every fault is told with its line."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from marshmallow import ValidationError

from service.domain.errors import WrongProfile
from service.domain.findings import Finding, Severity
from service.domain.profile.consistency import Fault, faults_in
from service.domain.profile.lines import Path, line_of, lines_of
from service.domain.profile.model import ActionPoint, Meeting, Partner, Profile, Role, Round
from service.domain.profile.schema import ProfileSchema
from service.domain.working_days import WorkingCalendar

_TABLES = ("rollen", "normtijden", "instellingen", "cyclus")
"""Sections with keys of their own; marshmallow puts ``key`` or ``value`` under each."""
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)")
_WAY_OUT = "Herstel de genoemde sleutel en publiceer opnieuw."


def read_profile(content: bytes, *, file: str) -> Profile:
    """The profile in a TOML file.

    Raises:
        WrongProfile: with the file, line and key of everything that is wrong.
    """
    try:
        text = content.decode()
        raw = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise _wrong(file, [(1, "", "dit bestand is geen tekst in UTF-8")]) from error
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        reason = f"dit is geen geldig TOML-bestand: {_AT_LINE.sub('', str(error))}"
        raise _wrong(file, [(int(found[1]) if found else 1, "", reason)]) from error
    try:
        loaded = ProfileSchema().load(raw)
    except ValidationError as error:
        raise _located(file, text, _flat(error.messages_dict)) from error
    faults = list(faults_in(loaded))
    if faults:
        raise _located(file, text, faults)
    return _profile(loaded)


def _located(file: str, text: str, faults: Iterable[Fault]) -> WrongProfile:
    lines = lines_of(text)
    return _wrong(
        file,
        sorted({(line_of(lines, path), _shown(path), reason) for path, reason in faults}),
    )


def _wrong(file: str, faults: Iterable[tuple[int, str, str]]) -> WrongProfile:
    findings = [
        Finding(
            file=file,
            element_id=None,
            code="profile",
            severity=Severity.ERROR,
            reason=f"{key}: {reason}" if key else f"{reason}.",
            way_out=_WAY_OUT,
            line=line,
        )
        for line, key, reason in faults
    ]
    told = "\n".join(f"{file}, regel {found.line}: {found.reason}" for found in findings)
    return WrongProfile(told, findings)


def _shown(path: Path) -> str:
    """``overleggen[2].voorzitter``: positions are counted from 1, as people do."""
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path]
    return "".join(parts).removeprefix(".")


def _flat(messages: Mapping[Any, Any], path: Path = ()) -> Iterator[Fault]:
    for key, inside in messages.items():
        here = path if _is_a_side(path, key) else (*path, key)
        if isinstance(inside, Mapping):
            yield from _flat(inside, here)
        else:
            yield from ((here, str(reason)) for reason in inside)


def _is_a_side(path: Path, key: Any) -> bool:
    """Whether this key is not of the file but of marshmallow."""
    if key == "_schema":
        return True
    return len(path) == 2 and path[0] in _TABLES and key in ("key", "value")


def _profile(raw: Mapping[str, Any]) -> Profile:
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
        rounds=MappingProxyType({key: _round(value) for key, value in raw["cyclus"].items()}),
        meetings=tuple(map(_meeting, raw["overleggen"])),
        action_points=tuple(map(_action_point, raw["actiepunten"])),
        partners=tuple(map(_partner, raw["partners"])),
        training_groups=tuple(raw["trainingsgroepen"]),
        contract_partners=tuple(raw["contractpartners"]),
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
        partner=raw["partner"],
    )


def _round(raw: Mapping[str, Any]) -> Round:
    return Round(first=raw["eerste"], every=raw["elke"])


def _meeting(raw: Mapping[str, Any]) -> Meeting:
    return Meeting(
        id=raw["id"],
        name=raw["naam"],
        chair=raw["voorzitter"],
        members=tuple(raw["deelnemers"]),
        level=raw["niveau"],
        agreement=raw["convenant"],
        round=None if raw["elke"] is None else _round(raw),
    )


def _action_point(raw: Mapping[str, Any]) -> ActionPoint:
    return ActionPoint(
        number=raw["nr"],
        ambition=raw["ambitie"],
        action=raw["actie"],
        who=raw["wie"],
        when=raw["wanneer"],
    )


def _partner(raw: Mapping[str, Any]) -> Partner:
    return Partner(id=raw["id"], name=raw["naam"], role=raw["rol"], kind=raw["soort"])
