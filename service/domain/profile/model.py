"""What a municipality's profile holds, as frozen values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from service.domain.working_days import WorkingCalendar

DOMAINS = ("algemeen", "signaal", "zorg", "voorziening", "straf", "bestuurlijk", "melder")
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
    inbox_of: str | None = None
    """The role whose inbox gets the tasks of this one: two roles, one group of staff."""
    coordinates: bool = False
    """May see every case of the municipality (the aandachtsfunctionaris), not only own tasks."""
    erases: bool = False
    """May erase ended cases (the archivist)."""
    publishes: bool = False
    """May move running cases to a newer publication; sees no answers by that."""
    repairs: bool = False
    """May repair every case of the municipality, without seeing what it is about."""
    keeps_network: bool = False
    """May change the registers of partners, agreements, shelter places and instruments."""
    starts: frozenset[str] = frozenset()
    """The processes of which this role begins a case by hand."""
    partner: bool = False
    """An organisation outside the municipality: sees only what was handed over."""


@dataclass(frozen=True, kw_only=True)
class Round:
    """When recurring work begins for the first time, and how often it comes back."""

    first: date
    every: str
    """An ISO 8601 duration in days, weeks, months or years (``P28D``, ``P1Y``)."""

    def as_context(self) -> dict[str, Any]:
        """The FEEL context ``gemeente.cyclus.<naam>``."""
        return {"eerste": self.first, "elke": self.every}


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A consultation (overleg) that this municipality holds or takes part in."""

    id: str
    name: str
    chair: str
    """The role that sets the agenda."""
    members: tuple[str, ...]
    """The roles that take part, the chair apart."""
    level: str
    agreement: str
    """The convenant or protocol under which cases are shared there; empty when none are."""
    fixed_topics: bool = False
    """Whether each meeting goes through the same topics, besides what cases bring in."""
    round: Round | None
    """When it meets; ``None`` for a meeting that a case calls."""

    def as_context(self) -> dict[str, Any]:
        """One item of the FEEL list ``gemeente.overleggen``."""
        when = self.round.as_context() if self.round else {"eerste": None, "elke": None}
        return {
            "id": self.id,
            "naam": self.name,
            "voorzitter": self.chair,
            "deelnemers": list(self.members),
            "niveau": self.level,
            "convenant": self.agreement,
            "vaste_onderwerpen": self.fixed_topics,
            **when,
        }


@dataclass(frozen=True, kw_only=True)
class ActionPoint:
    """What the municipality's plan says that somebody is to do."""

    number: str
    ambition: str
    action: str
    who: str
    when: str

    def as_context(self) -> dict[str, Any]:
        """One item of the FEEL list ``gemeente.actiepunten``."""
        return {
            "nr": self.number,
            "ambitie": self.ambition,
            "actie": self.action,
            "wie": self.who,
            "wanneer": self.when,
        }


@dataclass(frozen=True, kw_only=True)
class Partner:
    """An organisation outside the municipality."""

    id: str
    name: str
    role: str | None
    """The role whose inbox it has here; ``None`` when it is reached by other means."""
    kind: str
    """The category whose rules for sharing hold."""
    needs_agreement: bool | None = None
    """Whether a handover rests on a convenant; ``None`` leaves it to the category."""
    contact: str = ""
    """A desk or function rather than a person."""
    reachable: str = ""

    def as_context(self) -> dict[str, Any]:
        """One item of the FEEL list ``gemeente.partners``."""
        return {"id": self.id, "naam": self.name, "rol": self.role, "soort": self.kind}


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """A convenant, or a decision that appoints supervisors (aanwijzingsbesluit)."""

    name: str
    kind: str
    parties: tuple[str, ...]
    """Ids of partners, meetings or roles: whom it covers."""
    reference: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, kw_only=True)
class Shelter:
    """A place of shelter nearby; never an address."""

    name: str
    for_whom: str
    places: int
    contact: str


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """What the municipality can do at one step of exploitation."""

    name: str
    barrier: str
    role: str
    """Who uses it."""
    ground: str
    """The law or by-law that gives the power."""


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
    rounds: Mapping[str, Round] = field(default_factory=lambda: MappingProxyType({}))
    """Recurring work by name, read as ``gemeente.cyclus.<naam>``."""
    meetings: tuple[Meeting, ...] = ()
    action_points: tuple[ActionPoint, ...] = ()
    partners: tuple[Partner, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    shelters: tuple[Shelter, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    training_groups: tuple[str, ...] = ()
    contract_partners: tuple[str, ...] = ()
    """Organisations that work for the municipality and must have a meldcode."""
    four_eyes: bool = False
    """Whether a draft is published only once somebody else has approved exactly that."""

    def as_context(self) -> Mapping[str, Any]:
        """The FEEL context ``gemeente``; every step of every case reads it, nobody changes it."""
        return self._context

    @cached_property
    def _context(self) -> Mapping[str, Any]:
        return {
            "id": self.id,
            "naam": self.name,
            **self.settings,
            "normtijden": dict(self.norms),
            "cyclus": {name: found.as_context() for name, found in self.rounds.items()},
            "overleggen": [meeting.as_context() for meeting in self.meetings],
            "actiepunten": [point.as_context() for point in self.action_points],
            "partners": [partner.as_context() for partner in self.partners],
            "trainingsgroepen": list(self.training_groups),
            "contractpartners": list(self.contract_partners),
        }

    def domains_of(self, roles: frozenset[str]) -> frozenset[str]:
        """Every domain that at least one of the roles may see."""
        return frozenset().union(*(self.roles[r].domains for r in roles if r in self.roles))

    def stand_ins_of(self, roles: Iterable[str]) -> list[str]:
        """The roles that see a task of these roles too once its norm time has passed, sorted."""
        asked = set(roles)
        found = {self.roles[role].stand_in or "" for role in asked if role in self.roles}
        return sorted(found - {"", *asked})

    def inboxes(self) -> dict[str, str]:
        """The roles whose tasks lie in the inbox of another, with that other."""
        return {role.id: role.inbox_of for role in self.roles.values() if role.inbox_of}
