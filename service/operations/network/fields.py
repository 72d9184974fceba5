"""One field of a register: how it is asked, and how what came in is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from service.domain.errors import WrongField
from service.forms.checks import check_email, check_phone

LINE, TEXT = 200, 4_000
_MISSING = "Vul dit in."
_WORDS = {"required": _MISSING, "null": _MISSING}
_CODE = validate.Regexp(
    r"[a-z][a-z0-9_-]{0,59}\Z", error="Gebruik kleine letters, cijfers en streepjes, zoals: zvh."
)
_KINDS: Mapping[str, Callable[..., Any]] = {
    "line": lambda **more: fields.String(validate=_up_to(LINE), **more),
    "text": lambda **more: fields.String(validate=_up_to(TEXT), **more),
    "code": lambda **more: fields.String(validate=_CODE, **more),
    "email": lambda **more: fields.String(validate=_unless_empty(check_email), **more),
    "phone": lambda **more: fields.String(validate=_unless_empty(check_phone), **more),
    "choice": fields.String,
    "codes": lambda **more: fields.List(fields.String(), **more),
    "yesno": lambda **more: fields.Boolean(truthy={True, "ja"}, falsy={False, "nee"}, **more),
    "number": lambda **more: fields.Integer(
        validate=validate.Range(0, 10_000, error="Vul een getal van 0 tot 10.000 in."), **more
    ),
    "date": fields.Date,
}
_INVALID = {
    "date": "Vul een datum in, zoals 31-12-2027.",
    "number": "Vul een heel getal in.",
    "yesno": "Kies ja of nee.",
    "codes": "Kies uit de lijst.",
}
_EMPTY: Mapping[str, Any] = {"codes": (), "yesno": False, "number": 0, "date": None}


@dataclass(frozen=True, kw_only=True)
class RegisterField:
    """One field."""

    name: str
    label: str
    kind: str = "line"
    """``line``, ``text``, ``code``, ``email``, ``phone``, ``choice``, ``codes``, ``yesno``,
    ``number`` or ``date``."""
    help: str = ""
    required: bool = False
    fixed: bool = False
    """Filled in once, when the entry is made."""
    group: str = ""
    """For ``choice`` and ``codes``: which list the values come from."""
    listed: bool = False
    """Whether the list of the register shows it."""

    def empty(self) -> Any:
        """What the field holds when nobody filled it in."""
        return _EMPTY.get(self.kind, "")

    def reader(self) -> Any:
        """The marshmallow field that reads it."""
        words = {
            **_WORDS,
            "invalid": _INVALID.get(self.kind, "Deze waarde is van een andere soort."),
        }
        more = {"required": True} if self.required else {"load_default": self.empty}
        allow_none = self.kind == "date" and not self.required
        return _KINDS[self.kind](error_messages=words, allow_none=allow_none, **more)


Choices = Mapping[str, tuple[tuple[str, str], ...]]
"""The values and labels of each list of choices."""


def read(
    wanted: tuple[RegisterField, ...], raw: Mapping[str, Any], choices: Choices
) -> dict[str, Any]:
    """The values of an entry, from a post or from JSON.

    Raises:
        WrongField: with a message per field; unknown fields and choices are refused by name.
    """
    schema = Schema.from_dict({f.name: f.reader() for f in wanted})(unknown=RAISE)
    schema.error_messages["unknown"] = "Onbekend veld."
    try:
        values: dict[str, Any] = schema.load(
            {name: value for name, value in _tidied(raw) if value not in ("", None, [])}
        )
    except ValidationError as error:
        raise WrongField("Controleer de velden: niet alles klopt.", _flat(error)) from error
    if wrong := {
        f.name: [said] for f in wanted if (said := _not_offered(f, values[f.name], choices))
    }:
        raise WrongField("Controleer de velden: niet alles klopt.", wrong)
    return values


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _tidied(raw: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [
        (name, value.strip() if isinstance(value, str) else value) for name, value in raw.items()
    ]


def _not_offered(wanted: RegisterField, value: Any, choices: Choices) -> str:
    if not wanted.group or value in ("", (), None):
        return ""
    known = {key for key, _label in choices[wanted.group]}
    strange = sorted(set(value if wanted.kind == "codes" else [value]) - known)
    return f"Dit staat niet in de lijst: {', '.join(strange)}." if strange else ""


def _up_to(longest: int) -> validate.Length:
    return validate.Length(max=longest, error=f"Ten hoogste {longest} tekens.")


def _unless_empty(check: Callable[[str], str]) -> Callable[[str], str]:
    return lambda value: check(value) if value else value


def _flat(error: ValidationError) -> dict[str, list[str]]:
    return {
        str(name): [said if isinstance(said, str) else _INVALID["codes"] for said in told]
        for name, told in error.messages_dict.items()
    }
