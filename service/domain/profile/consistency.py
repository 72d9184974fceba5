"""What the parts of a profile say about one another, and the small languages in its texts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from service.domain.errors import InvalidInput
from service.domain.profile.choices import listed, wrong_choices
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
_TERMS = (
    "bedenktijd",
    "bedenktijd_dublin",
    "_termijn",
    "_na",
    "_herinnering",
    "_verlenging",
    "_waarschuwing",
    "_aanvulling",
    "_uiterlijk",
    "_hercontrole",
)
"""How the names of settings end that hold a duration."""
_UNIQUE = (
    ("overleggen", "id"),
    ("partners", "id"),
    ("actiepunten", "nr"),
    ("convenanten", "naam"),
    ("opvangplekken", "naam"),
    ("instrumenten", "naam"),
)


def faults_in(raw: Mapping[str, Any]) -> Iterator[Fault]:
    """Everything that is wrong in a file whose shape is right."""
    yield from _roles(raw["rollen"])
    yield from _partners_rights(raw["rollen"])
    yield from _terms(raw)
    yield from _settings(raw["instellingen"], raw)
    for number, meeting in enumerate(raw["overleggen"]):
        yield from _meeting(meeting, raw, ("overleggen", number))
    for section, key in (("partners", "rol"), ("instrumenten", "wie")):
        for number, item in enumerate(raw[section]):
            if item[key] is not None:
                yield from _known(item[key], raw["rollen"], (section, number, key))
    for number, agreement in enumerate(raw["convenanten"]):
        yield from _agreement(agreement, raw, ("convenanten", number))
    for section, key in _UNIQUE:
        yield from _twice(section, key, [item[key] for item in raw[section]])


def _roles(roles: Mapping[str, Any]) -> Iterator[Fault]:
    for role_id, role in roles.items():
        for key in ("achtervang", "werkvoorraad_van"):
            named = role[key]
            if named is None:
                continue
            yield from _known(named, roles, ("rollen", role_id, key))
            if named in roles and roles[named]["werkvoorraad_van"] is not None:
                yield (
                    ("rollen", role_id, key),
                    f"rol {named!r} heeft geen eigen werkvoorraad; noem de rol die hem wel heeft.",
                )


_OF_STAFF = ("coordineert", "vernietigt", "publiceert", "herstelt", "beheert_netwerk", "start")
"""What a partner cannot have: it sees what was handed over to it and nothing else."""


def _partners_rights(roles: Mapping[str, Any]) -> Iterator[Fault]:
    for role_id, role in roles.items():
        wrong = [key for key in _OF_STAFF if role["partner"] and role[key]]
        if wrong:
            reason = "een partner ziet alleen wat is overgedragen; haal deze sleutel weg."
            yield ("rollen", role_id, wrong[0]), reason
        if role["partner"] and "melder" in role["domeinen"]:
            reason = "een partner mag niet weten wie meldde; haal 'melder' weg."
            yield ("rollen", role_id, "domeinen"), reason


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


def _settings(settings: Mapping[str, Any], raw: Mapping[str, Any]) -> Iterator[Fault]:
    for name, reason in wrong_choices(settings):
        yield ("instellingen", name), reason
    for name in sorted(_OWN_NAMES & settings.keys()):
        yield (
            ("instellingen", name),
            "deze naam heeft een eigen plaats in het profiel; kies een andere naam.",
        )
    yield from _places(settings, raw)
    if "beleidsevaluatie" in settings:
        every = str(settings["beleidsevaluatie"])
        yield from _readable_every(every, ("instellingen", "beleidsevaluatie"))
    for name, value in settings.items():
        if name.endswith("_eerste") and type(value) is not date:
            yield ("instellingen", name), f"{value!r} is geen datum; schrijf 2026-12-24."
        if name.endswith(_TERMS) and not _is_duration(str(value)):
            reason = f"{value!r} is geen duur; schrijf bijvoorbeeld PT4H, P30D, P3M of P1Y."
            yield ("instellingen", name), reason


def _is_duration(text: str) -> bool:
    """Whether a diagram can count with it: ISO 8601, in days and time or in months and years."""
    faults = [*_readable_every(text, ()), *_readable_norm(text, ())]
    return text.startswith("P") and len(faults) < 2


def _places(settings: Mapping[str, Any], raw: Mapping[str, Any]) -> Iterator[Fault]:
    """The settings that name roles, meetings or partners."""
    for role in listed(settings.get("rapportage_ontvangers", [])):
        yield from _known(role, raw["rollen"], ("instellingen", "rapportage_ontvangers"))
    meetings = {item["id"] for item in raw["overleggen"]}
    partners = {item["id"] for item in raw["partners"]}
    for name, what, known in (
        ("adviseurs", "partner", partners),
        ("tafel_ondermijning", "overleg of partner", meetings | partners),
        ("tafel_escalatie", "overleg", meetings | {""}),
        ("aanwijzing_nodig_voor", "rol of partner", {*raw["rollen"], *partners}),
    ):
        for place in listed(settings.get(name, [])):
            if place not in known:
                reason = f"{place!r} is geen {what}; voeg het toe of verbeter de naam."
                yield ("instellingen", name), reason


def _meeting(meeting: Mapping[str, Any], raw: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    yield from _known(meeting["voorzitter"], raw["rollen"], (*path, "voorzitter"))
    for role in meeting["deelnemers"]:
        yield from _known(role, raw["rollen"], (*path, "deelnemers"))
    if meeting["elke"] is not None:
        yield from _readable_every(meeting["elke"], (*path, "elke"))
    if (meeting["eerste"] is None) != (meeting["elke"] is None):
        yield path, "eerste en elke horen bij elkaar; geef beide of geen van beide."
    if meeting["convenant"] not in {"", *(item["naam"] for item in raw["convenanten"])}:
        reason = f"{meeting['convenant']!r} staat niet onder [[convenanten]]; noem de naam precies."
        yield (*path, "convenant"), reason


def _agreement(agreement: Mapping[str, Any], raw: Mapping[str, Any], path: Path) -> Iterator[Fault]:
    known = {*raw["rollen"], *(item["id"] for item in (*raw["partners"], *raw["overleggen"]))}
    for party in agreement["partijen"]:
        if party not in known:
            reason = f"{party!r} is geen partner, overleg of rol; verbeter de naam."
            yield (*path, "partijen"), reason
    until = agreement["geldig_tot"]
    if until is not None and until < agreement["geldig_vanaf"]:
        yield (*path, "geldig_tot"), "deze dag ligt voor geldig_vanaf; verbeter een van de twee."


def _twice(section: str, key: str, values: Sequence[str]) -> Iterator[Fault]:
    for number, value in enumerate(values):
        if value in values[:number]:
            yield (section, number, key), f"{value!r} staat er al; geef elk een eigen {key}."
