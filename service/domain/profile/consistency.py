"""What the parts of a profile say about one another, and the small languages in its texts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from service.domain.errors import InvalidInput
from service.domain.profile.choices import wrong_choices
from service.domain.profile.lines import Path
from service.domain.rounds import read_every
from service.domain.working_days import WorkingCalendar

Fault = tuple[Path, str]
_MOMENT = datetime(2026, 1, 5, 12, tzinfo=UTC)
_OWN_NAMES = frozenset(
    {
        "id",
        "naam",
        "normtijden",
        "cyclus",
        "overleggen",
        "actiepunten",
        "partners",
        "trainingsgroepen",
        "contractpartners",
    }
)
"""What ``gemeente`` has besides the settings."""


def faults_in(raw: Mapping[str, Any]) -> Iterator[Fault]:
    """Everything that is wrong in a file whose shape is right."""
    yield from _roles(raw["rollen"])
    yield from _terms(raw)
    yield from _settings(raw["instellingen"])
    for number, meeting in enumerate(raw["overleggen"]):
        yield from _meeting(meeting, raw["rollen"], ("overleggen", number))
    for number, partner in enumerate(raw["partners"]):
        if partner["rol"] is not None:
            yield from _known(partner["rol"], raw["rollen"], ("partners", number, "rol"))
    for section, key in (("overleggen", "id"), ("partners", "id"), ("actiepunten", "nr")):
        yield from _twice(section, key, [item[key] for item in raw[section]])


def _roles(roles: Mapping[str, Any]) -> Iterator[Fault]:
    for role_id, role in roles.items():
        for key in ("achtervang", "werkvoorraad_van"):
            if role[key] is not None:
                yield from _known(role[key], roles, ("rollen", role_id, key))
        other = roles.get(role["werkvoorraad_van"] or "")
        if other is not None and other["werkvoorraad_van"] is not None:
            reason = f"rol {role['werkvoorraad_van']!r} heeft zelf geen werkvoorraad; noem de rol "
            yield ("rollen", role_id, "werkvoorraad_van"), f"{reason}die hem wel heeft."


def _known(role: str, roles: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    if role not in roles:
        yield path, f"rol {role!r} bestaat niet; noem een rol die onder [rollen] staat."


def _terms(raw: Mapping[str, Any]) -> Iterator[Fault]:
    for name, norm in raw["normtijden"].items():
        yield from _readable_norm(norm, ("normtijden", name))
    for name, item in raw["cyclus"].items():
        yield from _readable_every(item["elke"], ("cyclus", name, "elke"))


def _readable_norm(norm: str, path: Path) -> Iterator[Fault]:
    try:
        WorkingCalendar().after_norm(_MOMENT, norm)
    except InvalidInput as error:
        yield path, str(error)


def _readable_every(every: str, path: Path) -> Iterator[Fault]:
    try:
        read_every(every)
    except InvalidInput as error:
        yield path, str(error)


def _settings(settings: Mapping[str, Any]) -> Iterator[Fault]:
    for name, reason in wrong_choices(settings):
        yield ("instellingen", name), reason
    for name in sorted(_OWN_NAMES & settings.keys()):
        yield (
            ("instellingen", name),
            "deze naam heeft een eigen plaats in het profiel; kies een andere naam.",
        )


def _meeting(meeting: Mapping[str, Any], roles: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    yield from _known(meeting["voorzitter"], roles, (*path, "voorzitter"))
    for role in meeting["deelnemers"]:
        yield from _known(role, roles, (*path, "deelnemers"))
    if meeting["elke"] is not None:
        yield from _readable_every(meeting["elke"], (*path, "elke"))
    if (meeting["eerste"] is None) != (meeting["elke"] is None):
        yield path, "eerste en elke horen bij elkaar; geef beide of geen van beide."


def _twice(section: str, key: str, found: Iterable[str]) -> Iterator[Fault]:
    values = list(found)
    counts = Counter(values)
    for number, value in enumerate(values):
        if counts[value] > 1 and value in values[:number]:
            yield (section, number, key), f"{value!r} staat er al; geef elk een eigen {key}."
