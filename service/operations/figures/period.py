"""The period of a report: whole days on the Dutch calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from service.domain.errors import InvalidInput
from service.domain.working_days import AMSTERDAM


@dataclass(frozen=True, kw_only=True)
class Period:
    """From a day up to, and without, another."""

    first: date
    until: date

    def __post_init__(self) -> None:
        """Raises InvalidInput when it holds no day."""
        if self.first >= self.until:
            raise InvalidInput(
                f"De periode van {self.first:%d-%m-%Y} tot {self.until:%d-%m-%Y} is leeg; "
                "kies een einddatum na de begindatum."
            )

    @property
    def begins(self) -> datetime:
        """The first moment."""
        return datetime.combine(self.first, time(), AMSTERDAM)

    @property
    def ends(self) -> datetime:
        """The first moment that no longer counts."""
        return datetime.combine(self.until, time(), AMSTERDAM)

    def months(self) -> Iterator[str]:
        """The months that have a day in it, as ``2026-03``."""
        year, month = self.first.year, self.first.month
        while date(year, month, 1) < self.until:
            yield f"{year}-{month:02}"
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)

    def overlaps(self, other: "Period") -> bool:
        """Whether both have a day in common."""
        return self.first < other.until and other.first < self.until


def last_twelve_months(now: datetime) -> Period:
    """Eleven whole months and the running one, up to and with today."""
    today = now.astimezone(AMSTERDAM).date()
    year, month = (today.year - 1, today.month + 1) if today.month < 12 else (today.year, 1)
    return Period(first=date(year, month, 1), until=today + timedelta(days=1))


def this_month(now: datetime) -> Period:
    """From the first of the month up to and with today."""
    today = now.astimezone(AMSTERDAM).date()
    return Period(first=today.replace(day=1), until=today + timedelta(days=1))


def last_quarter(now: datetime) -> Period:
    """The last quarter of a year that is over."""
    today = now.astimezone(AMSTERDAM).date()
    until = date(today.year, today.month - (today.month - 1) % 3, 1)
    year, month = (until.year, until.month - 3) if until.month > 3 else (until.year - 1, 10)
    return Period(first=date(year, month, 1), until=until)
