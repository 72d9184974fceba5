"""When an agreement counts, and when somebody must look at it."""

from datetime import date, timedelta

from service.domain.profile import Profile
from service.operations.network.reading import EntryView

SETTING = "netwerk_signalering_dagen"
_DEFAULT_DAYS = 60


def warning_days(profile: Profile) -> int:
    """How many days before its end an agreement must be looked at (a setting)."""
    return int(profile.as_context().get(SETTING, _DEFAULT_DAYS))


def expiry_state(entry: EntryView, today: date, days: int) -> str:
    """``ingetrokken``, ``komt``, ``verlopen``, ``verloopt`` (within ``days``) or ``geldig``."""
    begins, ends = entry.values["valid_from"], entry.values["valid_until"]
    if entry.ended_on is not None and entry.ended_on <= today:
        return "ingetrokken"
    if begins > today:
        return "komt"
    if ends is not None and ends < today:
        return "verlopen"
    near = ends is not None and ends <= today + timedelta(days=days)
    return "verloopt" if near else "geldig"
