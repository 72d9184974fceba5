"""Our own additions: working days, office hours and norm times of the municipality."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from service.domain.errors import InvalidInput
from service.domain.rounds import next_round, read_every
from service.feel.functions import built_in
from service.feel.moments import AnyDate, AnyDateTime
from service.feel.numeric import whole
from service.feel.run import Problem, Run
from service.feel.temporal_text import duration_text

_MAX_DAYS, _MAX_HOURS = 1_000, 4_000
_LAST_YEAR = 9_000
_COST, _DAY_COST, _HOUR_COST, _YEAR_COST = 10, 12, 6, 700
_SPARE_DAYS = 20


@built_in("werkdagen_na", "moment: date | date and time, aantal: number")
def werkdagen_na(run: Run, moment: AnyDate | AnyDateTime, aantal: Decimal) -> datetime:
    """Dezelfde tijd, zoveel werkdagen later; nul schuift door naar een werkdag."""
    count = _count(aantal, _MAX_DAYS)
    run.spend(_COST + _DAY_COST * count)
    start = _moment(run, moment)
    _open_years(run, start, 2 * count + _SPARE_DAYS)
    return run.env.calendar.add_working_days(start, count)


@built_in("werkuren_na", "moment: date | date and time, aantal: number")
def werkuren_na(run: Run, moment: AnyDate | AnyDateTime, aantal: Decimal) -> datetime:
    """Zoveel uren later, alleen binnen kantooruren geteld."""
    count = _count(aantal, _MAX_HOURS)
    run.spend(_COST + _HOUR_COST * count)
    start = _moment(run, moment)
    _open_years(run, start, count // 4 + _SPARE_DAYS)
    return run.env.calendar.add_working_hours(start, count)


@built_in("is_werkdag", "datum: date | date and time")
def is_werkdag(run: Run, datum: AnyDate | AnyDateTime) -> bool:
    """Of de gemeente op deze dag open is."""
    run.spend(_COST)
    moment = _moment(run, datum)
    _open_years(run, moment)
    return run.env.calendar.is_working_day(moment.date())


@built_in("na_normtijd", "moment: date | date and time, norm: string | duration")
def na_normtijd(run: Run, moment: AnyDate | AnyDateTime, norm: Any) -> datetime:
    """Het einde van een normtijd: "2wd", "4wu" of een duur als "P30D"."""
    run.spend(_COST)
    text = norm if isinstance(norm, str) else duration_text(norm)
    count = text[:-2]
    if text.endswith("wd") and count.isdecimal() and len(count) < 6:
        return werkdagen_na(run, moment, Decimal(count))
    if text.endswith("wu") and count.isdecimal() and len(count) < 6:
        return werkuren_na(run, moment, Decimal(count))
    try:
        return run.env.calendar.after_norm(_moment(run, moment), text)
    except InvalidInput as error:
        raise Problem(str(error)) from error


@built_in(
    "volgende_keer",
    "eerste: date, elke: string | duration, na: date | date and time",
)
def volgende_keer(run: Run, eerste: AnyDate, elke: Any, na: AnyDate | AnyDateTime) -> datetime:
    """Het eerste begin na een moment van wat elke keer terugkomt: om 9 uur op een werkdag."""
    run.spend(_COST)
    first, after = _moment(run, eerste).date(), _moment(run, na)
    try:
        every = read_every(elke if isinstance(elke, str) else duration_text(elke))
        for day in every.around(first, after.date()):
            run.spend(_DAY_COST)
            _open_years(run, _moment(run, day), _SPARE_DAYS)
        return next_round(run.env.calendar, first, every, after)
    except InvalidInput as error:
        raise Problem(str(error)) from error


def _open_years(run: Run, start: datetime, days: int = 0) -> None:
    """Pay for the holidays of each year that is new to this evaluation."""
    last = start + timedelta(days=days)
    new = {*range(start.year, last.year + 1)} - run.years
    if new:
        run.spend(_YEAR_COST * len(new))
        run.years |= new


def _count(aantal: Decimal, most: int) -> int:
    if not whole(aantal) or not 0 <= aantal <= most:
        raise Problem(f"Het aantal moet een heel getal van 0 tot {most} zijn.")
    return int(aantal)


def _moment(run: Run, moment: AnyDate | AnyDateTime) -> datetime:
    """The moment in the zone of the municipality; a date is its midnight there."""
    if isinstance(moment, datetime):
        local = moment if moment.tzinfo else moment.replace(tzinfo=run.env.zone)
    elif isinstance(moment, date):
        local = datetime(moment.year, moment.month, moment.day, tzinfo=run.env.zone)
    else:
        raise Problem("Deze datum ligt te ver weg.")
    if not 1900 <= local.year <= _LAST_YEAR:
        raise Problem("Deze datum ligt te ver weg.")
    return local.astimezone(UTC).astimezone(run.env.zone)
