"""Rounds: what comes back every so many days, weeks, months or years from a first date on."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from service.domain.errors import InvalidInput
from service.domain.working_days import WorkingCalendar

_EVERY = re.compile(
    r"P(?!$)(?:(?P<years>\d{1,3})Y)?(?:(?P<months>\d{1,4})M)?"
    r"(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?",
    re.ASCII,
)


@dataclass(frozen=True, kw_only=True)
class Every:
    """The time between two rounds: whole months or whole days, one of the two and more than 0."""

    months: int = 0
    days: int = 0

    def after(self, first: date, times: int) -> date:
        """The date ``times`` rounds after the first.

        Months are counted from the first date, so nothing drifts: after 31 January comes the last
        day of February, and then 31 March again.

        Raises:
            InvalidInput: that lies outside the years 1-9999.
        """
        try:
            if not self.months:
                return first + timedelta(days=self.days * times)
            year, month = divmod(first.year * 12 + first.month - 1 + self.months * times, 12)
            last = monthrange(year, month + 1)[1]
            return date(year, month + 1, min(first.day, last))
        except (OverflowError, ValueError) as error:
            raise InvalidInput("De volgende keer ligt buiten de kalender.") from error

    def around(self, first: date, day: date) -> tuple[date, ...]:
        """The last date of the series on or before ``day``, if there is one, and the next one."""
        if day < first:
            return (first,)
        if self.months:
            passed = (day.year - first.year) * 12 + day.month - first.month
            times = passed // self.months
        else:
            times = (day - first).days // self.days
        if self.after(first, times) > day:
            times -= 1
        return self.after(first, times), self.after(first, times + 1)


def read_every(text: str) -> Every:
    """``P28D``, ``P2W``, ``P3M`` or ``P1Y`` as the time between two rounds.

    Raises:
        InvalidInput: it is something else, or nothing passes between two rounds.
    """
    match = _EVERY.fullmatch(text)
    part = {name: int(count) for name, count in match.groupdict("0").items()} if match else {}
    months = part.get("years", 0) * 12 + part.get("months", 0)
    days = part.get("weeks", 0) * 7 + part.get("days", 0)
    if bool(months) == bool(days):
        raise InvalidInput(
            f"Herhaling {text!r} is onbekend; schrijf bijvoorbeeld 'P28D' (dagen), 'P4W' (weken), "
            "'P3M' (maanden) of 'P1Y' (jaren)."
        )
    return Every(months=months, days=days)


def next_round(calendar: WorkingCalendar, first: date, every: Every, after: datetime) -> datetime:
    """When the first round after ``after`` begins: when the office opens on its date.

    A date on which the office is closed moves on to the first day on which it is open; the rounds
    that follow keep their own dates.

    Raises:
        InvalidInput: that lies outside the years 1-9999.
    """
    dates = every.around(first, after.astimezone(calendar.zone).date())
    # An earlier date that also moved beyond ``after`` moved to the same day as the last one.
    moments = [calendar.opening_on_or_after(day) for day in dates]
    return next(moment for moment in moments if moment > after)
