"""Functions about dates, times and durations."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from service.feel.functions import built_in
from service.feel.instants import SECOND, months_between, weekday
from service.feel.moments import (
    AnyDate,
    AnyDateTime,
    AnyTime,
    combine,
    day_number,
    make_date,
    make_offset,
    make_time,
)
from service.feel.numeric import NUMBERS, ONE, whole
from service.feel.run import Problem, Run
from service.feel.temporal_text import Duration, read_date, read_date_time, read_duration, read_time
from service.feel.values import YearMonthDuration
from service.feel.wide import WideDateTime

_READ = 12
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def date_part(day: AnyDate | AnyDateTime) -> AnyDate:
    """The date of a moment, on its own clock."""
    made = make_date(day.year, day.month, day.day)
    assert made is not None  # noqa: S101 - it was a date already
    return made


def time_part(moment: AnyDateTime) -> AnyTime:
    """The time of a moment, with its zone."""
    if isinstance(moment, datetime):
        return moment.timetz()
    at = make_time(moment.hour, moment.minute, moment.second, moment.nanosecond, moment.tzinfo)
    assert at is not None  # noqa: S101 - it was a time already
    return at


def _known(value: Any, what: str) -> Any:
    if value is None:
        raise Problem(f"Dit is geen {what}.")
    return value


def _integer(number: Decimal) -> int:
    if not whole(number) or abs(number) > 999_999_999:
        raise Problem("Jaar, maand, dag, uur en minuut zijn hele getallen.")
    return int(number)


@built_in("date", "from: string | date | date and time")
def date_(run: Run, value: Any) -> AnyDate:
    """The date in a text or of a moment."""
    if isinstance(value, str):
        run.spend(_READ)
        return _known(read_date(value), "datum")  # type: ignore[no-any-return]
    return date_part(value)


@built_in("date", "year: number, month: number, day: number")
def date_of_parts(_run: Run, year: Decimal, month: Decimal, day: Decimal) -> AnyDate:
    """The date with this year, month and day."""
    made = make_date(_integer(year), _integer(month), _integer(day))
    return _known(made, "datum")  # type: ignore[no-any-return]


@built_in("time", "from: string | time | date | date and time")
def time_(run: Run, value: Any) -> AnyTime:
    """The time in a text or of a moment; a date begins at midnight UTC."""
    if isinstance(value, str):
        run.spend(_READ)
        return _known(read_time(value), "tijd")  # type: ignore[no-any-return]
    if isinstance(value, datetime | WideDateTime):
        return time_part(value)
    if hasattr(value, "hour"):
        return value  # type: ignore[no-any-return]
    made = make_time(0, 0, 0, 0, make_offset(timedelta()))
    return _known(made, "tijd")  # type: ignore[no-any-return]


@built_in(
    "time",
    "hour: number, minute: number, second: number,offset?: days and time duration | null",
)
def time_of_parts(
    run: Run, hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None = None
) -> AnyTime:
    """The time with this hour, minute and second, at an offset from UTC."""
    run.spend(_READ // 2)
    zone = None if offset is None else _known(make_offset(offset), "verschil met UTC")
    nanoseconds = int(NUMBERS.multiply(NUMBERS.remainder(second, ONE), Decimal(SECOND)))
    made = make_time(_integer(hour), _integer(minute), int(second), nanoseconds, zone)
    if second < 0:
        made = None
    return _known(made, "tijd")  # type: ignore[no-any-return]


@built_in("date and time", "from: string | date | date and time")
def date_and_time(run: Run, value: Any) -> AnyDateTime:
    """The date and time in a text; a date alone is its midnight."""
    if isinstance(value, str):
        run.spend(_READ)
        return _known(read_date_time(value), "datum en tijd")  # type: ignore[no-any-return]
    if type(value) is date or not hasattr(value, "hour"):
        return combine(value, _known(make_time(0, 0, 0, 0, make_offset(timedelta())), "tijd"))
    return value  # type: ignore[no-any-return]


@built_in("date and time", "date: date | date and time, time: time")
def date_and_time_of_parts(_run: Run, day: Any, at: AnyTime) -> AnyDateTime:
    """The date of the first with the time of the second."""
    return combine(date_part(day), at)


@built_in("duration", "from: string | duration")
def duration(run: Run, value: str | Duration) -> Duration:
    """The duration in a text: ``P1Y6M`` or ``P2DT4H``."""
    if isinstance(value, str):
        run.spend(_READ)
        return _known(read_duration(value), "duur")  # type: ignore[no-any-return]
    return value


@built_in("years and months duration", "from: temporal, to: temporal")
def years_and_months_duration(_run: Run, start: Any, end: Any) -> YearMonthDuration:
    """The whole months from one date to another."""
    return months_between(start, end)


@built_in("now", "")
def now(run: Run) -> datetime:
    """The moment of evaluation."""
    return run.env.now


@built_in("today", "")
def today(run: Run) -> date:
    """The date of evaluation in the municipality."""
    return run.env.now.astimezone(run.env.zone).date()


@built_in("day of week", "date: temporal")
def day_of_week(_run: Run, day: Any) -> str:
    """The English name of the weekday, as the standard has it."""
    return _DAY_NAMES[weekday(day) - 1]


@built_in("day of year", "date: temporal")
def day_of_year(_run: Run, day: Any) -> Decimal:
    """The number of the day in its year."""
    first = _known(make_date(day.year, 1, 1), "datum")
    return Decimal(day_number(day) - day_number(first) + 1)


@built_in("month of year", "date: temporal")
def month_of_year(_run: Run, day: Any) -> str:
    """The English name of the month, as the standard has it."""
    return _MONTH_NAMES[day.month - 1]


@built_in("week of year", "date: temporal")
def week_of_year(_run: Run, day: Any) -> Decimal:
    """The ISO 8601 number of the week."""
    near = date(2000 + day.year % 400, day.month, day.day)  # the calendar repeats itself
    return Decimal(near.isocalendar().week)
