"""Dates, times and durations from text and back, as ISO 8601 and the FEEL standard spell them."""

import re
from datetime import UTC, time, timedelta, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from service.feel.moments import (
    AnyDate,
    AnyDateTime,
    AnyTime,
    combine,
    date_of_number,
    day_number,
    make_date,
    make_offset,
    make_time,
)
from service.feel.values import YearMonthDuration
from service.feel.wide import WideDateTime, WideTime

_DATE = r"(?P<year>-?(?:[0-9]{4}|[1-9][0-9]{4,8}))-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_TIME = (
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]{1,30}))?"
    r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[A-Za-z0-9_+\-/]{1,64})?"
)
_DATE_ONLY = re.compile(_DATE)
_TIME_ONLY = re.compile(_TIME)
_DATE_TIME = re.compile(f"{_DATE}T{_TIME}")
_MONTHS = re.compile(r"(?P<minus>-?)P(?:(?P<years>[0-9]{1,12})Y)?(?:(?P<months>[0-9]{1,12})M)?")
_DAYS = re.compile(
    r"(?P<minus>-?)P(?:(?P<days>[0-9]{1,12})D)?"
    r"(?:(?P<t>T)(?:(?P<hours>[0-9]{1,12})H)?(?:(?P<minutes>[0-9]{1,12})M)?"
    r"(?:(?P<seconds>[0-9]{1,15})(?:\.(?P<fraction>[0-9]{0,30}))?S)?)?"
)

Duration = timedelta | YearMonthDuration


def read_date(text: str) -> AnyDate | None:
    """The date in ``text``, or nothing."""
    match = _DATE_ONLY.fullmatch(text)
    return make_date(*_ints(match, "year", "month", "day")) if match else None


def read_time(text: str) -> AnyTime | None:
    """The time in ``text``, or nothing; an offset or ``@Zone/Name`` may follow."""
    match = _TIME_ONLY.fullmatch(text)
    return _time(match) if match else None


def read_date_time(text: str) -> AnyDateTime | None:
    """The date and time in ``text``, or nothing; a date alone is its midnight."""
    match = _DATE_TIME.fullmatch(text)
    day = read_date(text) if match is None else make_date(*_ints(match, "year", "month", "day"))
    at = time() if match is None else _time(match)
    if day is None or at is None:
        return None
    if match is not None and match["hour"] == "24":
        day = date_of_number(day_number(day) + 1)
    return None if day is None else combine(day, at)


def read_duration(text: str) -> Duration | None:
    """The duration in ``text``, or nothing; years and months do not mix with days and time."""
    if match := _MONTHS.fullmatch(text):
        if match["years"] is None and match["months"] is None:
            return None
        months = int(match["years"] or 0) * 12 + int(match["months"] or 0)
        return YearMonthDuration(-months if match["minus"] else months)
    match = _DAYS.fullmatch(text)
    if not match or text[-1] in "PT":
        return None
    days, hours, minutes, seconds = (
        int(match[part] or 0) for part in ("days", "hours", "minutes", "seconds")
    )
    try:
        length = timedelta(
            days=days,
            hours=hours,
            minutes=minutes,
            seconds=seconds,
            microseconds=_nanoseconds(match["fraction"]) // 1000,
        )
    except OverflowError:
        return None
    return -length if match["minus"] else length


def read_any(text: str) -> AnyDate | AnyTime | AnyDateTime | Duration | None:
    """What an at-literal means: the first kind that ``text`` fits."""
    if _DATE_ONLY.fullmatch(text):
        return read_date(text)
    for reader in (read_date_time, read_time, read_duration):
        if (value := reader(text)) is not None:
            return value
    return None


def _time(match: re.Match[str]) -> AnyTime | None:
    zone = _zone(match["zone"]) if match["zone"] else None
    if match["zone"] and zone is None:
        return None
    hour, minute, second = _ints(match, "hour", "minute", "second")
    nanoseconds = _nanoseconds(match["fraction"])
    if (hour, minute, second, nanoseconds) == (24, 0, 0, 0):
        hour = 0  # the end of a day is the start of the next
    return make_time(hour, minute, second, nanoseconds, zone)


def _zone(text: str) -> tzinfo | None:
    if text == "Z":
        return UTC
    if text[0] == "@":
        return _named_zone(text[1:])
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    if minutes > 59 or seconds > [59]:
        return None
    offset = timedelta(hours=hours, minutes=minutes, seconds=sum(seconds))
    return make_offset(-offset if text[0] == "-" else offset)


def _named_zone(key: str) -> ZoneInfo | None:
    return _known_zone(key) if key in _zone_names() else None


@cache
def _zone_names() -> frozenset[str]:
    """The names in the time zone database that comes with us, the same on every machine."""
    return frozenset(files("tzdata").joinpath("zones").read_text("utf-8").split())


@cache
def _known_zone(key: str) -> ZoneInfo:
    return ZoneInfo(key)


def _ints(match: re.Match[str], *parts: str) -> list[int]:
    return [int(match[part]) for part in parts]


def _nanoseconds(fraction: str | None) -> int:
    return int(fraction[:9].ljust(9, "0")) if fraction else 0


# -- to text -----------------------------------------------------------------------------------


def date_text(day: AnyDate | AnyDateTime) -> str:
    """``2026-01-31``; years before 0 get a minus, years after 9999 all their digits."""
    sign = "-" if day.year < 0 else ""
    return f"{sign}{abs(day.year):04}-{day.month:02}-{day.day:02}"


def time_text(at: AnyTime | AnyDateTime) -> str:
    """``13:20:00.5+01:00`` or ``13:20:00@Europe/Amsterdam``."""
    fraction = (
        f"{at.nanosecond:09}" if isinstance(at, WideTime | WideDateTime) else f"{at.microsecond:06}"
    ).rstrip("0")
    clock = f"{at.hour:02}:{at.minute:02}:{at.second:02}"
    return f"{clock}{'.' if fraction else ''}{fraction}{_zone_text(at.tzinfo)}"


def date_time_text(moment: AnyDateTime) -> str:
    """``2026-01-31T13:20:00Z``."""
    return f"{date_text(moment)}T{time_text(moment)}"


def _zone_text(zone: tzinfo | None) -> str:
    if zone is None:
        return ""
    if isinstance(zone, ZoneInfo):
        return f"@{zone.key}"
    seconds = int((zone.utcoffset(None) or timedelta()).total_seconds())
    if not seconds:
        return "Z"
    minutes, rest = divmod(abs(seconds), 60)
    text = f"{'-' if seconds < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{rest:02}" if rest else text


def duration_text(duration: Duration) -> str:
    """``P1Y2M`` or ``P1DT2H3M4.5S``; nothing at all is ``P0M`` or ``PT0S``."""
    if isinstance(duration, YearMonthDuration):
        years, months = divmod(abs(duration.months), 12)
        text = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return f"{'-' if duration.months < 0 else ''}P{text or '0M'}"
    length = abs(duration)
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{length.microseconds:06}".rstrip("0") if length.microseconds else ""
    days = f"{length.days}D" if length.days else ""
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    clock += f"{seconds}{fraction}S" if seconds or fraction else ""
    if not days and not clock:
        return "PT0S"
    return f"{'-' if duration < timedelta() else ''}P{days}{'T' if clock else ''}{clock}"
