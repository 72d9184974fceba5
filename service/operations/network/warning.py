"""When an agreement counts, and when somebody must look at it."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_

from service.domain.profile import Profile
from service.operations.network.reading import EntryView
from service.storage import Agreement

SETTING = "netwerk_signalering_dagen"
_DEFAULT_DAYS = 60


def warning_days(profile: Profile) -> int:
    """How many days before its end an agreement must be looked at (a setting)."""
    return int(profile.as_context().get(SETTING, _DEFAULT_DAYS))


def standing(*, begins: date, ends: date | None, ended_on: date | None, today: date) -> str:
    """``ingetrokken``, ``komt``, ``verlopen`` or ``geldig``."""
    if ended_on is not None and ended_on <= today:
        return "ingetrokken"
    if begins > today:
        return "komt"
    return "verlopen" if ends is not None and ends < today else "geldig"


def needs_a_look(municipality: str, until: date) -> ColumnElement[bool]:
    """Whether an agreement that counts is over, or will be by ``until``."""
    return and_(
        Agreement.municipality == municipality,
        Agreement.ended_on.is_(None),
        Agreement.valid_until <= until,
    )


def expiry_state(entry: EntryView, today: date, days: int) -> str:
    """``ingetrokken``, ``komt``, ``verlopen``, ``verloopt`` (within ``days``) or ``geldig``."""
    ends = entry.values["valid_until"]
    state = standing(
        begins=entry.values["valid_from"], ends=ends, ended_on=entry.ended_on, today=today
    )
    near = ends is not None and ends <= today + timedelta(days=days)
    return "verloopt" if state == "geldig" and near else state
