"""The shape of the TOML file of a municipality, and its refusals in Dutch."""

from datetime import date
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from service.domain.profile.choices import YES_NO
from service.domain.profile.model import DOMAINS

LEVELS = (
    "lokaal",
    "operationeel",
    "ambtelijk",
    "district",
    "strategisch",
    "bestuurlijk",
    "casus",
)
PARTNER_KINDS = (
    "opsporing",
    "toezichthouder",
    "zorg_medisch",
    "hulp_zonder_medisch",
    "veilig_thuis",
    "zorgcoordinator",
    "shop",
    "comensha",
    "vreemdelingenketen",
    "zvh",
    "riec",
    "anders",
)
"""The categories of the step plan for sharing (``gegevensdeling.partner``)."""
AGREEMENT_KINDS = ("convenant", "aanwijzingsbesluit")
BARRIERS = (
    "werving",
    "huisvesting",
    "registratie",
    "arbeid",
    "seks",
    "financieel",
    "verblijf",
    "terugkeer",
)
"""The steps of exploitation at which a barrier can be raised."""
_WORDS = {
    "required": "deze sleutel ontbreekt; voeg haar toe.",
    "null": "deze sleutel is leeg; vul haar in.",
    "invalid": "deze waarde is van een andere soort dan hier hoort.",
    "invalid_utf8": "deze tekst is niet te lezen.",
    "type": "hier hoort een tabel met sleutels.",
}
_ID = validate.Regexp(
    r"[a-z][a-z0-9_-]{0,60}\Z",
    error="{input!r} is geen naam; gebruik kleine letters, cijfers en streepjes.",
)


_ROLE_ID = validate.Regexp(
    r"[A-Za-z][A-Za-z0-9_-]{0,60}\Z",
    error="{input!r} is geen naam; gebruik letters, cijfers en streepjes.",
)
"""A role is the id of a lane, and editors give those capitals."""


class _Strict(Schema):
    """Refuses by name what it does not know."""

    error_messages = {  # noqa: RUF012 - as marshmallow declares it
        "unknown": "deze sleutel is onbekend; verwijder haar of verbeter de spelling.",
        "type": _WORDS["type"],
    }

    class Meta:
        unknown = RAISE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Gives every field our words."""
        super().on_bind_field(field_name, field_obj)
        known = field_obj.error_messages
        field_obj.error_messages = {**known, **{k: v for k, v in _WORDS.items() if k in known}}


class _Day(fields.Field[date]):
    """A TOML date."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:  # noqa: ARG002
        if type(value) is not date:
            raise ValidationError(f"{value!r} is geen datum; schrijf 2026-12-24.")
        return value


def _text(longest: int = 120, **more: Any) -> fields.String:
    length = validate.Length(
        min=1, max=longest, error="schrijf een tekst van 1 tot en met {max} tekens."
    )
    return fields.String(validate=length, **more)


def _choice(known: tuple[str, ...], **more: Any) -> fields.String:
    one = validate.OneOf(known, error=f"{{input!r}} is geen keuze; kies uit: {', '.join(known)}.")
    return fields.String(validate=one, **more)


def _texts() -> fields.List[str]:
    return fields.List(_text(), load_default=list)


class RoleSchema(_Strict):
    """``[rollen.<id>]``."""

    naam = _text(80, required=True)
    domeinen = fields.List(_choice(DOMAINS), load_default=lambda: ["algemeen"])
    achtervang = fields.String(load_default=None)
    werkvoorraad_van = fields.String(load_default=None)
    coordineert = fields.Boolean(load_default=False)
    vernietigt = fields.Boolean(load_default=False)
    publiceert = fields.Boolean(load_default=False)
    herstelt = fields.Boolean(load_default=False)
    beheert_netwerk = fields.Boolean(load_default=False)
    start = fields.List(fields.String(), load_default=list)
    partner = fields.Boolean(load_default=False)


class CalendarSchema(_Strict):
    """``[kalender]``."""

    sluitingsdagen = fields.List(_Day(), load_default=list)
    bevrijdingsdag_vrij = fields.Boolean(load_default=False)


class StudioSchema(_Strict):
    """``[studio]``."""

    vier_ogen = fields.Boolean(load_default=False)


class RoundSchema(_Strict):
    """``[cyclus.<naam>]``."""

    eerste = _Day(required=True)
    elke = fields.String(required=True)


class MeetingSchema(_Strict):
    """``[[overleggen]]``."""

    id = fields.String(required=True, validate=_ID)
    naam = _text(required=True)
    voorzitter = fields.String(required=True)
    deelnemers = fields.List(fields.String(), load_default=list)
    niveau = _choice(LEVELS, required=True)
    convenant = fields.String(load_default="")
    vaste_onderwerpen = fields.Boolean(load_default=False)
    eerste = _Day(load_default=None)
    elke = fields.String(load_default=None)


class ActionPointSchema(_Strict):
    """``[[actiepunten]]``."""

    nr = _text(20, required=True)
    ambitie = _text(required=True)
    actie = _text(300, required=True)
    wie = _text(required=True)
    wanneer = _text(required=True)


class PartnerSchema(_Strict):
    """``[[partners]]``."""

    id = fields.String(required=True, validate=_ID)
    naam = _text(required=True)
    rol = fields.String(load_default=None)
    soort = _choice(PARTNER_KINDS, required=True)
    convenant_nodig = _choice(YES_NO, load_default=None)
    contact = fields.String(load_default="")
    bereikbaar = fields.String(load_default="")


class AgreementSchema(_Strict):
    """``[[convenanten]]``."""

    naam = _text(required=True)
    soort = _choice(AGREEMENT_KINDS, load_default="convenant")
    partijen = fields.List(fields.String(), required=True)
    vindplaats = fields.String(load_default="")
    geldig_vanaf = _Day(required=True)
    geldig_tot = _Day(load_default=None)


class ShelterSchema(_Strict):
    """``[[opvangplekken]]``."""

    naam = _text(required=True)
    voor_wie = _text(required=True)
    plekken = fields.Integer(
        load_default=0, validate=validate.Range(min=0, error="schrijf een getal vanaf 0.")
    )
    contact = fields.String(load_default="")


class InstrumentSchema(_Strict):
    """``[[instrumenten]]``."""

    naam = _text(required=True)
    stap = _choice(BARRIERS, required=True)
    wie = fields.String(required=True)
    basis = fields.String(load_default="")


class ProfileSchema(_Strict):
    """The whole file."""

    id = fields.String(required=True, validate=_ID)
    naam = _text(required=True)
    rollen = fields.Dict(
        keys=fields.String(validate=_ROLE_ID), values=fields.Nested(RoleSchema), required=True
    )
    normtijden = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)
    instellingen = fields.Dict(keys=fields.String(), load_default=dict)
    kalender = fields.Nested(CalendarSchema, load_default=lambda: CalendarSchema().load({}))
    studio = fields.Nested(StudioSchema, load_default=lambda: StudioSchema().load({}))
    cyclus = fields.Dict(
        keys=fields.String(validate=_ID), values=fields.Nested(RoundSchema), load_default=dict
    )
    overleggen = fields.List(fields.Nested(MeetingSchema), load_default=list)
    actiepunten = fields.List(fields.Nested(ActionPointSchema), load_default=list)
    partners = fields.List(fields.Nested(PartnerSchema), load_default=list)
    convenanten = fields.List(fields.Nested(AgreementSchema), load_default=list)
    opvangplekken = fields.List(fields.Nested(ShelterSchema), load_default=list)
    instrumenten = fields.List(fields.Nested(InstrumentSchema), load_default=list)
    trainingsgroepen = _texts()
    contractpartners = _texts()
