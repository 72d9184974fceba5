"""The four registers: what each of them keeps, and which choices it offers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import REPORTER_ROLE
from service.domain.errors import NotFound
from service.domain.profile import Profile
from service.domain.profile.schema import AGREEMENT_KINDS, BARRIERS, PARTNER_KINDS
from service.operations.network.fields import Choices, RegisterField
from service.storage import Agreement, BarrierInstrument, Partner, ShelterPlace

Entry = Partner | Agreement | ShelterPlace | BarrierInstrument


@dataclass(frozen=True, kw_only=True)
class Register:
    """One register."""

    id: str
    """As addresses and processes spell it: ``afspraken``."""
    name: str
    singular: str
    model: type[Any]
    fields: tuple[RegisterField, ...]
    domain: str = ""
    """Only who sees this domain reads the register; empty for all staff."""
    ending: str = "Van de lijst halen"
    """What ending an entry is called."""


_NAME = RegisterField(name="name", label="Naam", required=True)
_REMARKS = RegisterField(
    name="remarks", label="Bijzonderheden", kind="text", help="Noem geen zaken en geen personen."
)
_CONTACT = (
    RegisterField(
        name="contact",
        label="Contact",
        help="Noem liefst een functie of loket, geen persoon.",
        listed=True,
    ),
    RegisterField(name="email", label="E-mailadres", kind="email"),
    RegisterField(name="phone", label="Telefoon", kind="phone"),
)

PARTNERS = Register(
    id="partners",
    name="Partners",
    singular="partner",
    model=Partner,
    fields=(
        _NAME,
        RegisterField(
            name="code",
            label="Code",
            kind="code",
            required=True,
            fixed=True,
            help="Kleine letters, cijfers en streepjes. De code blijft altijd gelijk.",
        ),
        RegisterField(
            name="kind", label="Soort partner", kind="choice", required=True, group="kinds"
        ),
        RegisterField(
            name="role",
            label="Rol in Meldroute",
            kind="choice",
            group="partner_roles",
            help="De werkvoorraad van deze partner. Leeg: de partner werkt niet in Meldroute.",
        ),
        RegisterField(
            name="needs_agreement",
            label="Overdragen alleen met een geldig convenant?",
            kind="yesno",
            help="Bij ja houdt Meldroute een overdracht tegen als er geen geldig convenant is.",
        ),
        *_CONTACT,
        RegisterField(name="reachable", label="Bereikbaar", help="Bijvoorbeeld: 24 uur per dag."),
        _REMARKS,
    ),
)
AGREEMENTS = Register(
    id="afspraken",
    name="Convenanten en aanwijzingsbesluiten",
    singular="afspraak",
    model=Agreement,
    ending="Intrekken",
    fields=(
        _NAME,
        RegisterField(name="kind", label="Soort", kind="choice", required=True, group="agreements"),
        RegisterField(
            name="parties",
            label="Voor wie",
            kind="codes",
            required=True,
            group="parties",
            help="Partners, overleggen, of de rollen die zijn aangewezen.",
            listed=True,
        ),
        RegisterField(name="reference", label="Vindplaats", help="Waar staat het document zelf?"),
        RegisterField(name="valid_from", label="Geldig vanaf", kind="date", required=True),
        RegisterField(
            name="valid_until",
            label="Geldig tot en met",
            kind="date",
            help="Leeg: zonder einddatum.",
            listed=True,
        ),
        _REMARKS,
    ),
)
SHELTER = Register(
    id="opvang",
    name="Lokale opvangplekken",
    singular="opvangplek",
    model=ShelterPlace,
    domain="zorg",
    fields=(
        RegisterField(
            name="name", label="Naam", required=True, help="Zonder adres: dat blijft geheim."
        ),
        RegisterField(name="for_whom", label="Voor wie", required=True, listed=True),
        RegisterField(name="capacity", label="Aantal plekken", kind="number", listed=True),
        *_CONTACT,
        _REMARKS,
    ),
)
INSTRUMENTS = Register(
    id="instrumenten",
    name="Barrière-instrumenten",
    singular="instrument",
    model=BarrierInstrument,
    fields=(
        _NAME,
        RegisterField(
            name="barrier",
            label="Bij welke stap?",
            kind="choice",
            required=True,
            group="barriers",
            listed=True,
        ),
        RegisterField(
            name="owner",
            label="Wie zet het in?",
            kind="choice",
            required=True,
            group="own_roles",
            listed=True,
        ),
        RegisterField(name="ground", label="Wettelijke basis"),
        _REMARKS,
    ),
)
REGISTERS: Mapping[str, Register] = {r.id: r for r in (PARTNERS, AGREEMENTS, SHELTER, INSTRUMENTS)}

_KIND_WORDS = {
    "opsporing": "Opsporing (politie, KMar, opsporing NLA, boa)",
    "toezichthouder": "Toezicht (gemeente, toezicht NLA)",
    "zorg_medisch": "Zorg met medisch beroepsgeheim",
    "hulp_zonder_medisch": "Hulp zonder medisch beroepsgeheim",
    "veilig_thuis": "Veilig Thuis",
    "zorgcoordinator": "Zorgcoördinator mensenhandel (niet SHOP)",
    "shop": "SHOP",
    "comensha": "CoMensha",
    "vreemdelingenketen": "Vreemdelingenketen (IND, KMar, COA)",
    "zvh": "Zorg- en Veiligheidshuis (ZVH)",
    "riec": "RIEC",
    "anders": "Anders",
}


def register_of(register_id: str) -> Register:
    """A register by its id.

    Raises:
        NotFound: there is no such register.
    """
    if register_id not in REGISTERS:
        raise NotFound(f"Dit register bestaat niet; kies uit: {', '.join(REGISTERS)}.")
    return REGISTERS[register_id]


def choices_of(session: Session, profile: Profile) -> Choices:
    """What each list of choices offers in this municipality."""
    roles = tuple((role.id, role.name) for role in profile.roles.values())
    partner_roles = tuple((k, name) for k, name in roles if profile.roles[k].partner)
    own_roles = tuple(
        (k, name) for k, name in roles if not profile.roles[k].partner and k != REPORTER_ROLE
    )
    return {
        "kinds": tuple((kind, _KIND_WORDS[kind]) for kind in PARTNER_KINDS),
        "agreements": tuple((kind, kind.capitalize()) for kind in AGREEMENT_KINDS),
        "barriers": tuple((barrier, barrier.capitalize()) for barrier in BARRIERS),
        "partner_roles": partner_roles,
        "own_roles": own_roles,
        "parties": _parties(session, profile, (*partner_roles, *own_roles)),
    }


def _parties(
    session: Session, profile: Profile, roles: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """Partners by code, tables and roles; a role whose id is the code of a partner is that."""
    partners = session.execute(
        select(Partner.code, Partner.name)
        .where(Partner.municipality == profile.id)
        .order_by(Partner.name)
    )
    found: dict[str, str] = {row.code: row.name for row in partners}
    for key, name in (*((m.id, m.name) for m in profile.meetings), *roles):
        found.setdefault(key, name)
    return tuple(found.items())
