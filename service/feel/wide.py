"""Dates and times that Python's own classes cannot hold: far years, nanoseconds.

They exist to be read, compared and printed; Python's classes are always preferred.
"""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WideDate:
    """A date in a year before 1 or after 9999."""

    year: int
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class WideTime:
    """A time with a fraction finer than microseconds."""

    hour: int
    minute: int
    second: int
    nanosecond: int
    tzinfo: dt.tzinfo | None = None


@dataclass(frozen=True, slots=True)
class WideDateTime:
    """A date and time of which the year or the fraction does not fit in ``datetime``."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    nanosecond: int
    tzinfo: dt.tzinfo | None = None
