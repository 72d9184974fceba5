"""Calculating with dates, times and durations, whichever class holds them."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from service.feel.moments import (
    MAX_MONTHS,
    AnyDate,
    AnyDateTime,
    AnyTime,
    combine,
    date_of_number,
    day_number,
    make_date,
    make_time,
    month_length,
)
from service.feel.values import YearMonthDuration
from service.feel.wide import WideDate, WideDateTime, WideTime

SECOND = 1_000_000_000
_DAY = 86_400 * SECOND


def weekday(day: AnyDate | AnyDateTime) -> int:
    """1 for Monday to 7 for Sunday."""
    return day_number(day) % 7 + 1


def clock(at: AnyTime | AnyDateTime) -> int:
    """Nanoseconds since midnight."""
    fraction = at.nanosecond if isinstance(at, WideTime | WideDateTime) else at.microsecond * 1000
    return ((at.hour * 60 + at.minute) * 60 + at.second) * SECOND + fraction


def time_of_clock(nanoseconds: int, zone: tzinfo | None) -> AnyTime:
    """The time ``nanoseconds`` after midnight, going round the clock."""
    seconds, fraction = divmod(nanoseconds % _DAY, SECOND)
    minutes, second = divmod(seconds, 60)
    at = make_time(minutes // 60, minutes % 60, second, fraction, zone)
    assert at is not None  # noqa: S101 - the remainder of a division is in range
    return at


def offset_of(moment: AnyDateTime | AnyTime) -> timedelta | None:
    """The distance to UTC, if it is known; a time in a named zone has none without its date."""
    if isinstance(moment, WideDateTime):
        if moment.tzinfo is None:
            return None
        near = date(2000 + moment.year % 400, moment.month, moment.day)
        return datetime.combine(near, time(moment.hour, moment.minute), moment.tzinfo).utcoffset()
    if isinstance(moment, WideTime):
        return moment.tzinfo.utcoffset(None) if moment.tzinfo else None
    return moment.utcoffset()


def instant(moment: AnyDateTime, home: tzinfo) -> int:
    """Nanoseconds on the clock of the world; a moment without a zone is in ``home``."""
    offset = offset_of(moment)
    if offset is None:
        offset = offset_of(_in_zone(moment, home)) or timedelta()
    return day_number(moment) * _DAY + clock(moment) - _nanoseconds(offset)


def midnight(day: AnyDate) -> AnyDateTime:
    """The start of a day, as UTC has it: so the standard compares dates with moments."""
    return combine(day, time(tzinfo=UTC))


def add_days(moment: AnyDateTime, length: timedelta) -> AnyDateTime | None:
    """``moment`` moved by a length of time that passed on the clock of the world."""
    zone = moment.tzinfo
    if isinstance(moment, datetime):
        try:
            if zone is None:
                return moment + length
            return (moment.astimezone(UTC) + length).astimezone(zone)
        except OverflowError:
            pass
    days, nanoseconds = divmod(
        day_number(moment) * _DAY + clock(moment) + _nanoseconds(length), _DAY
    )
    day = date_of_number(days)
    return combine(day, time_of_clock(nanoseconds, zone)) if day is not None else None


def add_whole_days(day: AnyDate, length: timedelta) -> AnyDate | None:
    """``day`` moved by the days of a length; a started day counts when going back."""
    return date_of_number(day_number(day) + length.days)


def add_months(day: AnyDate | AnyDateTime, months: int) -> AnyDate | AnyDateTime | None:
    """The same day of another month, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if abs(year) > 999_999_999:
        return None
    moved = make_date(year, month + 1, min(day.day, month_length(year, month + 1)))
    if moved is None or isinstance(day, WideDate) or type(day) is date:
        return moved
    assert isinstance(day, datetime | WideDateTime)  # noqa: S101 - the only other kinds
    return combine(moved, time_of_clock(clock(day), day.tzinfo))


def add_clock(at: AnyTime, length: timedelta) -> AnyTime:
    """``at`` moved round the clock."""
    return time_of_clock(clock(at) + _nanoseconds(length), at.tzinfo)


def difference(nanoseconds: int) -> timedelta | None:
    """A length in nanoseconds as a duration, to the microsecond; nothing if it is too long."""
    try:
        return timedelta(microseconds=nanoseconds // 1000)
    except OverflowError:
        return None


def months_between(start: AnyDate | AnyDateTime, end: AnyDate | AnyDateTime) -> YearMonthDuration:
    """Whole months from ``start`` to ``end``, negative if that lies before it."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        months -= 1
    elif months < 0 and end.day > start.day:
        months += 1
    return YearMonthDuration(months)


def make_months(months: int) -> YearMonthDuration | None:
    """A duration of ``months``, within bounds."""
    return YearMonthDuration(months) if abs(months) <= MAX_MONTHS else None


def _in_zone(moment: AnyDateTime, zone: tzinfo) -> AnyDateTime:
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=zone)
    return WideDateTime(
        moment.year,
        moment.month,
        moment.day,
        moment.hour,
        moment.minute,
        moment.second,
        moment.nanosecond,
        zone,
    )


def _nanoseconds(length: timedelta) -> int:
    return ((length.days * 86_400 + length.seconds) * 1_000_000 + length.microseconds) * 1000
