"""How long a scenario waits, and on which clock."""

from datetime import datetime
from typing import Any, Final

from service.domain.errors import InvalidInput
from service.domain.working_days import AMSTERDAM, WorkingCalendar
from service.engine import read_span

_IN_OFFICE_TIME: Final = ("wd", "wu")


def later(moment: datetime, span: str, calendar: WorkingCalendar) -> datetime:
    """``span`` after a moment: ``2wd``, ``4wu``, or an ISO 8601 duration (``PT48H``, ``P3M``).

    Raises:
        InvalidInput: it is none of these.
    """
    if span.endswith(_IN_OFFICE_TIME):
        return calendar.after_norm(moment, span)
    try:
        return read_span(span).after(moment, calendar.zone).astimezone(calendar.zone)
    except InvalidInput as error:
        raise InvalidInput(
            f"{span!r} is geen duur; schrijf bijvoorbeeld '2wd' (werkdagen), '4wu' (werkuren), "
            "'PT48H', 'P90D' of 'P3M'."
        ) from error


def in_dutch_time(value: Any) -> Any:
    """Moments without a zone are Dutch."""
    if isinstance(value, dict):
        return {key: in_dutch_time(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [in_dutch_time(inner) for inner in value]
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=AMSTERDAM)
    return value
