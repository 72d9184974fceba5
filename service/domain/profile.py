"""A municipality's profile: partners, role groups, norm times, settings; one TOML file each."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from service.domain.errors import InvalidInput, Misconfigured
from service.domain.working_days import WorkingCalendar

DOMAINS = ("algemeen", "zorg", "straf", "bestuurlijk", "melder")
"""The domains a form field can belong to; a role sees only the domains it names."""


@dataclass(frozen=True, kw_only=True)
class Role:
    """A group of staff with one inbox."""

    id: str
    name: str
    domains: frozenset[str]
    """Whose fields this role may see (a subset of ``DOMAINS``)."""
    stand_in: str | None = None
    """The role (achtervang) that sees a task once its norm time has passed."""
    coordinates: bool = False
    """May see every case of the municipality (the aandachtsfunctionaris), not only own tasks."""
    erases: bool = False
    """May erase ended cases (the archivist)."""
    publishes: bool = False
    """May move running cases to a newer publication; sees no answers by that."""
    repairs: bool = False
    """May repair every case of the municipality, without seeing what it is about."""
    starts: frozenset[str] = frozenset()
    """The processes of which this role begins a case by hand."""
    partner: bool = False
    """An organisation outside the municipality: sees only what was handed over."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Everything in which one municipality differs from the next."""

    id: str
    name: str
    roles: Mapping[str, Role]
    settings: Mapping[str, Any]
    """What diagrams and tables read as ``gemeente`` (``gemeente.af_model``)."""
    norms: Mapping[str, str]
    """Norm times by name (``"triage": "2wd"``), read as ``gemeente.normtijden.triage``."""
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)

    def as_context(self) -> dict[str, Any]:
        """The FEEL context ``gemeente``."""
        return {
            "id": self.id,
            "naam": self.name,
            **self.settings,
            "normtijden": dict(self.norms),
        }

    def domains_of(self, roles: frozenset[str]) -> frozenset[str]:
        """Every domain that at least one of the roles may see."""
        return frozenset().union(*(self.roles[r].domains for r in roles if r in self.roles))

    def stand_ins_of(self, roles: Iterable[str]) -> list[str]:
        """The roles that see a task of these roles too once its norm time has passed, sorted."""
        asked = set(roles)
        found = {self.roles[role].stand_in or "" for role in asked if role in self.roles}
        return sorted(found - {"", *asked})


class _RoleSchema(Schema):
    class Meta:
        unknown = RAISE

    naam = fields.String(required=True, validate=validate.Length(min=1, max=80))
    domeinen = fields.List(
        fields.String(validate=validate.OneOf(DOMAINS)), load_default=lambda: ["algemeen"]
    )
    achtervang = fields.String(load_default=None)
    coordineert = fields.Boolean(load_default=False)
    vernietigt = fields.Boolean(load_default=False)
    publiceert = fields.Boolean(load_default=False)
    herstelt = fields.Boolean(load_default=False)
    start = fields.List(fields.String(), load_default=list)
    partner = fields.Boolean(load_default=False)


class _CalendarSchema(Schema):
    class Meta:
        unknown = RAISE

    sluitingsdagen = fields.List(fields.Raw(), load_default=list)
    bevrijdingsdag_vrij = fields.Boolean(load_default=False)


class _ProfileSchema(Schema):
    class Meta:
        unknown = RAISE

    id = fields.String(required=True, validate=validate.Regexp(r"[a-z][a-z0-9-]{1,60}\Z"))
    naam = fields.String(required=True, validate=validate.Length(min=1, max=120))
    rollen = fields.Dict(keys=fields.String(), values=fields.Nested(_RoleSchema), required=True)
    normtijden = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)
    instellingen = fields.Dict(keys=fields.String(), load_default=dict)
    kalender = fields.Nested(_CalendarSchema, load_default=lambda: _CalendarSchema().load({}))


def read_profile(content: bytes, *, file: str) -> Profile:
    """The profile in a TOML file.

    Raises:
        Misconfigured: naming the file and every key that is wrong.
    """
    try:
        raw = _ProfileSchema().load(tomllib.loads(content.decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{file}: geen geldig TOML-bestand: {error}.") from error
    except ValidationError as error:
        raise Misconfigured(f"{file}: {error.messages}") from error
    roles = {key: _role(key, value) for key, value in raw["rollen"].items()}
    calendar = WorkingCalendar(
        closures=frozenset(_days(raw["kalender"]["sluitingsdagen"], file)),
        liberation_day_off=raw["kalender"]["bevrijdingsdag_vrij"],
    )
    _check_stand_ins(roles, file)
    _check_norms(raw["normtijden"], calendar, file)
    return Profile(
        id=raw["id"],
        name=raw["naam"],
        roles=MappingProxyType(roles),
        settings=MappingProxyType(raw["instellingen"]),
        norms=MappingProxyType(raw["normtijden"]),
        calendar=calendar,
    )


def _role(role_id: str, raw: Mapping[str, Any]) -> Role:
    return Role(
        id=role_id,
        name=raw["naam"],
        domains=frozenset(raw["domeinen"]),
        stand_in=raw["achtervang"],
        coordinates=raw["coordineert"],
        erases=raw["vernietigt"],
        publishes=raw["publiceert"],
        repairs=raw["herstelt"],
        starts=frozenset(raw["start"]),
        partner=raw["partner"],
    )


def _days(raw: list[Any], file: str) -> list[date]:
    for day in raw:
        if type(day) is not date:
            raise Misconfigured(
                f"{file}: kalender.sluitingsdagen: {day!r} is geen datum; schrijf 2026-12-24."
            )
    return raw


def _check_stand_ins(roles: Mapping[str, Role], file: str) -> None:
    for role in roles.values():
        if role.stand_in is not None and role.stand_in not in roles:
            raise Misconfigured(
                f"{file}: rollen.{role.id}.achtervang: rol {role.stand_in!r} bestaat niet."
            )


def _check_norms(norms: Mapping[str, str], calendar: WorkingCalendar, file: str) -> None:
    for name, norm in norms.items():
        try:
            calendar.after_norm(datetime.now(UTC), norm)
        except InvalidInput as error:
            raise Misconfigured(f"{file}: normtijden.{name}: {error}") from error
