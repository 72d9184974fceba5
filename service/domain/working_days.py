"""The working-day clock of a municipality: Dutch holidays, own closures, office hours."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

import holidays

from service.domain.errors import InvalidInput

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_NORM = re.compile(r"(?P<count>\d{1,4})(?P<unit>wd|wu)", re.ASCII)
_ISO = re.compile(
    r"P(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,4})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,4})H)?(?:(?P<minutes>\d{1,4})M)?)?",
    re.ASCII,
)

Unit = Literal["wd", "wu", "clock"]
"""Working days, working hours, or time that runs day and night."""
_SPOKEN = re.compile(
    r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?)?",
    re.ASCII,
)
_UNITS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "wd": ("werkdag", "werkdagen"),
        "wu": ("werkuur", "werkuren"),
        "years": ("jaar", "jaar"),
        "months": ("maand", "maanden"),
        "weeks": ("week", "weken"),
        "days": ("dag", "dagen"),
        "hours": ("uur", "uur"),
        "minutes": ("minuut", "minuten"),
    }
)


@dataclass(frozen=True, kw_only=True)
class WorkingCalendar:
    """When a municipality works. All moments in and out are aware datetimes."""

    zone: ZoneInfo = AMSTERDAM
    closures: frozenset[date] = frozenset()
    """Days on which the office is closed besides weekends and national holidays."""
    opens: time = time(9)
    closes: time = time(17)
    liberation_day_off: bool = False
    """Whether 5 May is free every year (otherwise only in lustrum years: 2025, 2030, …)."""

    def is_working_day(self, day: date) -> bool:
        """Whether the office is open on ``day``."""
        return (
            not _is_day_of_rest(day)
            and day not in self.closures
            and not (self.liberation_day_off and (day.month, day.day) == (5, 5))
        )

    def add_working_days(self, start: datetime, count: int) -> datetime:
        """The same local time, ``count`` (0–9999) working days later; 0 rolls to a working day."""
        local = start.astimezone(self.zone)
        day = local.date()
        left = count
        while left > 0 or not self.is_working_day(day):
            day += timedelta(days=1)
            if left > 0 and self.is_working_day(day):
                left -= 1
        return datetime.combine(day, local.time(), self.zone)

    def opening_on_or_after(self, day: date) -> datetime:
        """When the office opens on ``day``, or on the first working day after it."""
        return self.add_working_days(datetime.combine(day, self.opens, self.zone), 0)

    def add_working_hours(self, start: datetime, hours: int) -> datetime:
        """``hours`` of office time later, counted within opening hours only."""
        local = start.astimezone(self.zone)
        left = timedelta(hours=hours)
        day, at = local.date(), max(local.time(), self.opens)
        while True:
            if self.is_working_day(day) and at < self.closes:
                here = datetime.combine(day, at, self.zone)
                rest = datetime.combine(day, self.closes, self.zone) - here
                if left <= rest:
                    return here + left
                left -= rest
            day, at = day + timedelta(days=1), self.opens

    def after_norm(self, start: datetime, norm: str) -> datetime:
        """The moment a norm time ends.

        ``norm`` is ``"2wd"`` (working days), ``"4wu"`` (working hours) or an ISO 8601 duration of
        weeks, days, hours and minutes that runs day and night (``"PT15M"``, ``"P30D"``). One in
        weeks and days that would end on a weekend or holiday ends on the next day that is none,
        after article 1 of the Algemene termijnenwet; the municipality's own closures do not count.

        Raises:
            InvalidInput: the norm is none of these.
        """
        parts = norm_parts(norm)
        if "wd" in parts:
            return self.add_working_days(start, parts["wd"])
        if "wu" in parts:
            return self.add_working_hours(start, parts["wu"])
        end = self.after(start, norm)
        while parts.keys() <= {"weeks", "days"} and _is_day_of_rest(end.date()):
            end = self.after(end, "P1D")
        return end

    def after(self, start: datetime, duration: str) -> datetime:
        """An ISO 8601 duration of weeks, days, hours and minutes later, whatever day that is.

        Raises:
            InvalidInput: it is no such duration.
        """
        parts = norm_parts(duration)
        local = start.astimezone(self.zone)
        days = timedelta(days=parts.get("days", 0) + 7 * parts.get("weeks", 0))
        moved = datetime.combine(local.date() + days, local.time(), self.zone)
        rest = timedelta(hours=parts.get("hours", 0), minutes=parts.get("minutes", 0))
        # Hours pass on the clock of the world, so a change to summer time does not shorten them.
        return (moved.astimezone(ZoneInfo("UTC")) + rest).astimezone(self.zone)


def norm_parts(norm: str) -> dict[str, int]:
    """What a norm time is made of: ``wd``, ``wu``, or weeks, days, hours and minutes.

    Raises:
        InvalidInput: the norm is none of these.
    """
    if match := _NORM.fullmatch(norm):
        return {match["unit"]: int(match["count"])}
    match = _ISO.fullmatch(norm)
    if not match or not any(match.groups()):
        raise InvalidInput(
            f"Normtijd {norm!r} is onbekend; schrijf bijvoorbeeld '2wd' (werkdagen), "
            "'4wu' (werkuren), 'PT15M' of 'P30D'."
        )
    return {name: int(value) for name, value in match.groupdict().items() if value}


def unit_of(norm: str) -> Unit:
    """In what a norm time is counted.

    Raises:
        InvalidInput: it is no norm time.
    """
    parts = norm_parts(norm)
    return "wd" if "wd" in parts else "wu" if "wu" in parts else "clock"


def norm_in_words(norm: str) -> str:
    """``2wd`` as ``2 werkdagen``, ``P1M`` as ``1 maand``; what is no duration stays as it is."""
    if match := _NORM.fullmatch(norm):
        return _counted(match["count"], *_UNITS[match["unit"]])
    match = _SPOKEN.fullmatch(norm)
    parts = match.groupdict() if match else {}
    told = [_counted(count, *_UNITS[unit]) for unit, count in parts.items() if count]
    return " en ".join(told) or norm


def _counted(count: str, one: str, more: str) -> str:
    return f"{count} {one if count == '1' else more}"


def calendar_of(closures: Iterable[date] = ()) -> WorkingCalendar:
    """A Dutch municipal calendar with the given closures."""
    return WorkingCalendar(closures=frozenset(closures))


def _is_day_of_rest(day: date) -> bool:
    return day.weekday() > 4 or day in _dutch_holidays(day.year)


@lru_cache(maxsize=128)  # more years than one expression can pay for
def _dutch_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NL", years=year))
