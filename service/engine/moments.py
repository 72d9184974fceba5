"""Moments and spans of timers: ISO 8601 texts and FEEL values, on the municipality's clock.

Days and months pass on the local calendar (09:00 stays 09:00 when the clock changes), hours on
the clock of the world.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from service.domain.errors import InvalidInput
from service.feel import YearMonthDuration

_SPAN = re.compile(
    r"P(?!$)(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,5})M)?(?:(?P<weeks>\d{1,5})W)?"
    r"(?:(?P<days>\d{1,6})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,7})H)?(?:(?P<minutes>\d{1,8})M)?"
    r"(?:(?P<seconds>\d{1,9})(?:[.,]\d{1,9})?S)?)?"
)
_CYCLE = re.compile(r"R(?P<count>\d{0,6})/(?:(?P<start>[^/P]+)/)?(?P<every>P[^/]+)")


@dataclass(frozen=True)
class Span:
    """A length of time that may include months."""

    months: int = 0
    days: int = 0
    seconds: int = 0

    def after(self, moment: datetime, zone: ZoneInfo, times: int = 1) -> datetime:
        """The moment ``times`` spans later, in UTC.

        Raises:
            InvalidInput: that lies outside the years 1-9999.
        """
        try:
            return self._after(moment.astimezone(zone), zone, times)
        except (OverflowError, ValueError) as error:
            raise InvalidInput("De timer ligt buiten de kalender.") from error

    def _after(self, local: datetime, zone: ZoneInfo, times: int) -> datetime:
        day = local.date()
        if self.months:
            month = day.year * 12 + day.month - 1 + self.months * times
            year, month = divmod(month, 12)
            last = monthrange(year, month + 1)[1]
            day = date(year, month + 1, min(day.day, last))
        day += timedelta(days=self.days * times)
        moved = datetime.combine(day, local.time(), zone).replace(fold=local.fold)
        return moved.astimezone(UTC) + timedelta(seconds=self.seconds * times)

    def __bool__(self) -> bool:
        return bool(self.months or self.days or self.seconds)


@dataclass(frozen=True)
class Cycle:
    """A repetition; ``count`` is ``None`` when it has no end."""

    count: int | None
    start: datetime | None
    every: Span


def read_span(value: Any) -> Span:
    """An ISO text or a FEEL duration as a span.

    Raises:
        InvalidInput: it is neither, or negative.
    """
    if isinstance(value, YearMonthDuration) and value.months >= 0:
        return Span(months=value.months)
    if isinstance(value, timedelta) and value >= timedelta(0):
        return Span(days=value.days, seconds=value.seconds)
    match = _SPAN.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise InvalidInput(f"{value!r} is geen duur; schrijf bijvoorbeeld P2D of PT4H.")
    if match["weeks"] and value[-1] != "W":
        raise InvalidInput(
            f"{value!r}: weken staan alleen; schrijf dagen (P8D in plaats van P1W1D)."
        )
    part = {name: int(count) for name, count in match.groupdict(default="0").items()}
    return Span(
        months=part["years"] * 12 + part["months"],
        days=part["weeks"] * 7 + part["days"],
        seconds=part["hours"] * 3600 + part["minutes"] * 60 + part["seconds"],
    )


def read_moment(value: Any, zone: ZoneInfo, at: time = time(0)) -> datetime:
    """A FEEL or ISO date and time in UTC; a date alone means ``at`` on that day.

    Raises:
        InvalidInput: it is something else, or has no time zone.
    """
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
        except ValueError as error:
            raise InvalidInput(
                f"{value!r} is geen moment; schrijf bijvoorbeeld 2026-03-01T09:00:00+01:00."
            ) from error
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise InvalidInput(f"{value.isoformat()} heeft geen tijdzone; voeg er een toe.")
    elif isinstance(value, date):
        value = datetime.combine(value, at, zone)
    else:
        raise InvalidInput(f"{value!r} is geen moment.")
    moment: datetime = value
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise InvalidInput("De timer ligt buiten de kalender.") from error


def read_cycle(value: Any, zone: ZoneInfo) -> Cycle:
    """``R3/PT1H``, ``R/2026-03-01T09:00:00+01:00/P1D``, or a duration for ever.

    Raises:
        InvalidInput: it is something else, or repeats without pause.
    """
    match = _CYCLE.fullmatch(value) if isinstance(value, str) else None
    if match is None and not isinstance(value, timedelta | YearMonthDuration):
        raise InvalidInput(f"{value!r} is geen herhaling; schrijf bijvoorbeeld R3/PT1H.")
    every = read_span(match["every"] if match else value)
    if not every or (match and match["count"] and not int(match["count"])):
        raise InvalidInput("Een herhaling heeft een tussentijd, en minstens één keer.")
    start = read_moment(match["start"], zone) if match and match["start"] else None
    return Cycle(int(match["count"]) if match and match["count"] else None, start, every)


def next_after(every: Span, last: datetime, now: datetime, zone: ZoneInfo) -> datetime:
    """The first moment of the series from ``last`` that lies after ``now``.

    A late timer fires once: what was missed in between is not made up for.
    """
    hour = timedelta(hours=1 if every.months or every.days else 0)
    longest = timedelta(days=every.months * 31 + every.days, seconds=every.seconds) + hour
    shortest = timedelta(days=every.months * 28 + every.days, seconds=every.seconds) - hour
    low, high = int((now - last) / longest), int((now - last) / shortest) + 1
    while low < high:
        middle = (low + high) // 2
        if every.after(last, zone, middle + 1) > now:
            high = middle
        else:
            low = middle + 1
    return every.after(last, zone, low + 1)
