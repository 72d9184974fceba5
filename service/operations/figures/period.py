"""The period of a report: whole days on the Dutch calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

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
