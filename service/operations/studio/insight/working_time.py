"""A calendar as rows that a query can join, so that the database counts in working time.

A moment becomes the number of working days (or hours) that had passed at it since the first row;
what lies between two moments is then one subtraction. A working day runs day and night, as a norm
time does that ends at the same local time some working days later; a working hour runs in
opening hours only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from service.domain.working_days import WorkingCalendar


@dataclass(frozen=True, kw_only=True)
class Days:
    """Every day from the first to the last, how many working days came before it, and itself."""

    days: list[date]
    before: list[int]
    works: list[bool]

    def as_parameters(self, calendar: WorkingCalendar) -> dict[str, Any]:
        """What ``count.durations`` asks for."""
        return {
            "days": self.days,
            "before": self.before,
            "works": self.works,
            "zone": calendar.zone.key,
            "opens": _seconds(calendar.opens),
            "closes": _seconds(calendar.closes),
        }


def days_between(calendar: WorkingCalendar, first: date, last: date) -> Days:
    """The calendar from a day up to and including another."""
    days = list(_each(first, last))
    works = [calendar.is_working_day(day) for day in days]
    before = [0]
    for working in works[:-1]:
        before.append(before[-1] + working)
    return Days(days=days, before=before, works=works)


def _each(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _seconds(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second
