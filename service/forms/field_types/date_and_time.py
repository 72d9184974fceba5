"""A date, a time, or a moment; a moment without zone is Dutch time."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from babel.dates import format_date, format_time
from marshmallow import ValidationError, fields

from service.domain.working_days import AMSTERDAM
from service.feel import Environment
from service.forms.component import Component
from service.forms.field_types.base import EVERY_INPUT, EVERY_PROPERTY, InputType, Problem, Spot
from service.forms.nodes import Node

_CONTROLS = {"date": "date", "time": "time", "datetime": "datetime-local"}
_MESSAGES = {
    "date": "Vul een geldige datum in.",
    "time": "Vul een geldige tijd in, zoals 14:30.",
    "datetime": "Vul een geldige datum en tijd in.",
}
_YEARS = range(1900, 2201)
FUTURE = "Dit mag niet in de toekomst liggen."
PAST = "Dit mag niet in het verleden liggen."


class MomentField(fields.Field[date | time | datetime]):
    """A date, time or aware datetime in ISO 8601, between 1900 and 2200."""

    def __init__(self, *, subtype: str, **more: Any) -> None:
        super().__init__(**more)
        self._subtype = subtype

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> date | time | datetime:
        del attr, data, kwargs
        moment = read_moment(value, self._subtype)
        if moment is None:
            raise ValidationError(_MESSAGES[self._subtype])
        return moment


class Datetime(InputType):
    """``datetime``."""

    name = "datetime"
    attributes: ClassVar[frozenset[str]] = EVERY_INPUT | {
        "subtype",
        "dateLabel",
        "timeLabel",
        "use24h",
        "timeInterval",
        "timeSerializingFormat",
        "disallowPassedDates",
    }
    own_properties: ClassVar[frozenset[str]] = EVERY_PROPERTY | {
        "niet_in_toekomst",
        "autocomplete",
    }

    def problems(self, raw: Mapping[str, Any]) -> Iterator[Problem]:
        """The subtype must exist, and a moment keeps its zone."""
        subtype = _subtype(raw)
        if subtype not in _CONTROLS:
            yield Problem(
                code="unknown-subtype",
                reason=f"Soort {subtype!r} van datum of tijd bestaat niet.",
                way_out='Kies "date", "time" of "datetime".',
            )
        if subtype == "datetime" and raw.get("timeSerializingFormat") == "no_timezone":
            yield Problem(
                code="no-timezone",
                reason="Een moment zonder tijdzone is niet eenduidig.",
                way_out='Kies "UTC offset" als tijdnotatie.',
            )
        if subtype == "time" and (raw.get("disallowPassedDates") or _not_in_future(raw)):
            yield Problem(
                code="ignored-rule",
                reason="Een tijd zonder datum ligt niet in het verleden of de toekomst.",
                way_out="Kies een datum, of zet deze regel uit.",
            )

    def label(self, raw: Mapping[str, Any]) -> str:
        """form-js keeps the label of a date elsewhere."""
        return str(raw.get("dateLabel") or raw.get("timeLabel") or raw.get("label") or "")

    def marshmallow(self, component: Component) -> fields.Field[Any]:
        """A date, time or moment."""
        return MomentField(subtype=_subtype(component.raw))

    def demands(self, component: Component, value: Any, env: Environment) -> Iterator[str]:
        """Not in the future, or not in the past, seen from now."""
        now = env.now.astimezone(AMSTERDAM)
        here: Any = now if isinstance(value, datetime) else now.date()
        if isinstance(value, date):
            if _not_in_future(component.raw) and value > here:
                yield FUTURE
            if component.raw.get("disallowPassedDates") and value < here:
                yield PAST

    def plainest(self, component: Component, env: Environment) -> Iterator[Any]:
        """Now; else a day or a month later or earlier."""
        now = env.now.astimezone(AMSTERDAM)
        for days in (0, 1, 31, -1, -31):
            moment = now + timedelta(days=days)
            plain = {"date": moment.date(), "time": time(moment.hour, moment.minute)}
            yield plain.get(_subtype(component.raw), moment)

    def text(self, component: Component, value: Any) -> str:
        """The day in words and the time in numbers."""
        moment = read_moment(value, _subtype(component.raw))
        if moment is None:
            return str(value)
        if isinstance(moment, time):
            return format_time(moment, "HH:mm", locale="nl")
        day = format_date(moment, "d MMMM y", locale="nl")
        if isinstance(moment, datetime):
            return f"{day}, {moment.astimezone(AMSTERDAM):%H:%M}"
        return day

    def html_value(self, value: Any) -> str:
        """As native date and time boxes want it; a moment in Dutch time."""
        if isinstance(value, datetime):
            return value.astimezone(AMSTERDAM).strftime("%Y-%m-%dT%H:%M")
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, time):
            return f"{value:%H:%M}"
        return super().html_value(value)

    def node(self, component: Component, spot: Spot) -> Node:
        """A native box for dates and times."""
        subtype = _subtype(component.raw)
        value = spot.value
        if subtype == "datetime" and isinstance(value, str):
            value = read_moment(value, subtype) or value
        return self.question(
            component, spot, value=self.html_value(value), input_type=_CONTROLS[subtype]
        )


def read_moment(value: Any, subtype: str) -> date | time | datetime | None:
    """A date, time or moment out of a FEEL value or ISO 8601 text; None for anything else."""
    try:
        read = _READ[subtype](value)
    except (ValueError, OverflowError):
        return None
    sane = isinstance(read, time) or (read is not None and read.year in _YEARS)
    return read if sane else None


def _date(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.astimezone(AMSTERDAM).date() if value.tzinfo else None
    if isinstance(value, str) and len(value) == 10:
        return date.fromisoformat(value)
    return value if isinstance(value, date) else None


def _time(value: Any) -> time | None:
    if isinstance(value, str) and len(value) <= 20:
        value = time.fromisoformat(value)
    return value.replace(tzinfo=None) if isinstance(value, time) else None


def _datetime(value: Any) -> datetime | None:
    if isinstance(value, str) and 16 <= len(value) <= 40:
        value = datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        return None
    if value.year not in _YEARS:
        return None
    return value.astimezone(AMSTERDAM) if value.tzinfo else value.replace(tzinfo=AMSTERDAM)


_READ = {"date": _date, "time": _time, "datetime": _datetime}


def _subtype(raw: Mapping[str, Any]) -> str:
    return str(raw.get("subtype") or "date")


def _not_in_future(raw: Mapping[str, Any]) -> bool:
    return (raw.get("properties") or {}).get("niet_in_toekomst") in (True, "ja", "true")
