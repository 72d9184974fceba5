"""Terms of keeping: counted on the calendar, and never too early."""

from datetime import datetime

import pytest

from service.domain.errors import InvalidInput
from service.domain.retention import cutoff, longest
from service.domain.working_days import AMSTERDAM


def at(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("term", "now", "ended"),
    [
        ("P1Y", at(2026, 3, 2), at(2025, 3, 2)),
        ("P6M", at(2026, 3, 2), at(2025, 9, 2)),
        ("P42D", at(2026, 3, 2), at(2026, 1, 19)),
        ("P1Y", at(2028, 2, 29), at(2027, 2, 28)),
        ("P1M", at(2026, 3, 31), at(2026, 2, 28)),
        ("P1D", at(2026, 3, 30), at(2026, 3, 29)),
    ],
)
def test_a_term_looks_back_on_the_calendar(term: str, now: datetime, ended: datetime) -> None:
    assert cutoff(term, now) == ended


def test_what_ended_on_a_leap_day_stays_a_day_longer_rather_than_shorter() -> None:
    assert cutoff("P1Y", at(2029, 2, 28)) == at(2028, 2, 28) < at(2028, 2, 29)


def test_for_ever_has_no_end() -> None:
    assert cutoff("blijvend", at(2026, 3, 2)) is None


@pytest.mark.parametrize("term", ["", "P", "1 jaar", "P1W", "PT5H", "P-1Y", "P999Y9999M"])
def test_what_is_no_term_is_refused_with_what_is(term: str) -> None:
    with pytest.raises(InvalidInput, match="Bewaartermijn"):
        cutoff(term, at(2026, 3, 2))


def test_several_terms_keep_as_long_as_the_longest() -> None:
    assert longest(["P1Y", "P15Y", "P42D"], at(2026, 3, 2)) == "P15Y"
    assert longest(["P20Y", "blijvend"], at(2026, 3, 2)) == "blijvend"


def test_without_a_term_nothing_is_decided() -> None:
    with pytest.raises(InvalidInput, match="bewaartermijn"):
        longest([], at(2026, 3, 2))
