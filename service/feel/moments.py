"""Makes dates and times, in Python's classes where those can hold them, otherwise in wide ones."""

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from service.feel.wide import WideDate, WideDateTime, WideTime

MAX_MONTHS = 12 * 999_999_999_999
_MAX_OFFSET = timedelta(hours=18)
_ERA_DAYS, _ERA_YEARS = 146_097, 400

AnyDate = date | WideDate
AnyTime = time | WideTime
AnyDateTime = datetime | WideDateTime


def make_date(year: int, month: int, day: int) -> AnyDate | None:
    """The date, in Python's class where that can hold it; nothing if it does not exist."""
    if abs(year) > 999_999_999 or not 1 <= month <= 12 or not 1 <= day <= month_length(year, month):
        return None
    return date(year, month, day) if 1 <= year <= 9999 else WideDate(year, month, day)


def make_time(
    hour: int, minute: int, second: int, nanosecond: int, zone: tzinfo | None
) -> AnyTime | None:
    """The time, in Python's class where that can hold it; nothing if it does not exist."""
    fits = 0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60
    if not fits or not 0 <= nanosecond < 1_000_000_000:
        return None
    if nanosecond % 1000:
        return WideTime(hour, minute, second, nanosecond, zone)
    return time(hour, minute, second, nanosecond // 1000, zone)


def combine(day: AnyDate, at: AnyTime) -> AnyDateTime:
    """The date and time, in Python's class where that can hold it."""
    if isinstance(day, date) and isinstance(at, time):
        return datetime.combine(day, at)
    nanosecond = at.nanosecond if isinstance(at, WideTime) else at.microsecond * 1000
    return WideDateTime(
        day.year,
        day.month,
        day.day,
        at.hour,
        at.minute,
        at.second,
        nanosecond,
        at.tzinfo,
    )


def month_length(year: int, month: int) -> int:
    """The number of days in a month of any year."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def make_offset(offset: timedelta) -> timezone | None:
    """The zone at a fixed distance from UTC, at most 18 hours; nothing beyond that."""
    if abs(offset) > _MAX_OFFSET:
        return None
    return UTC if not offset else timezone(offset)


def zone_name(zone: tzinfo | None) -> str | None:
    """The name of a zone from the time zone database; nothing for a mere offset."""
    return zone.key if isinstance(zone, ZoneInfo) else None


def day_number(day: AnyDate | AnyDateTime) -> int:
    """Days since 1 January of year 1, for any year."""
    eras, year = divmod(day.year - 1, _ERA_YEARS)
    return eras * _ERA_DAYS + date(year + 1, day.month, day.day).toordinal() - 1


def date_of_number(number: int) -> AnyDate | None:
    """The date ``number`` days after 1 January of year 1."""
    eras, rest = divmod(number, _ERA_DAYS)
    day = date.fromordinal(rest + 1)
    return make_date(day.year + eras * _ERA_YEARS, day.month, day.day)
