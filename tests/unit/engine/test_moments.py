"""Moments and spans on the municipality's clock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import InvalidInput
from service.engine.moments import Span, next_after, read_cycle, read_span
from tests.unit.engine.diagrams import AMSTERDAM

MOMENTS = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    max_value=datetime(2040, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
SPANS = st.builds(
    Span,
    months=st.integers(0, 30),
    days=st.integers(0, 400),
    seconds=st.integers(0, 10**6),
).filter(bool)


@given(every=SPANS, last=MOMENTS, late=st.timedeltas(timedelta(0), timedelta(days=4000)))
def test_the_next_round_is_the_first_of_the_series_after_now(
    every: Span, last: datetime, late: timedelta
) -> None:
    now = last + late
    found = next_after(every, last, now, AMSTERDAM)
    assert found > now
    times = 1
    while every.after(last, AMSTERDAM, times) <= now and times < 3000:
        times += 1
    if times < 3000:
        assert found == every.after(last, AMSTERDAM, times)


def test_a_second_is_found_at_once_after_years() -> None:
    last = datetime(2000, 1, 1, tzinfo=UTC)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert next_after(Span(seconds=1), last, now, AMSTERDAM) == now + timedelta(seconds=1)


def test_a_month_after_the_last_of_january_is_the_last_of_february() -> None:
    last = datetime(2026, 1, 31, 12, tzinfo=AMSTERDAM)
    assert Span(months=1).after(last, AMSTERDAM).astimezone(AMSTERDAM).day == 28


@pytest.mark.parametrize("text", ["R0/PT1H", "R/PT0S", "R3", "R3/", "PT1H", "R3/-PT1H", "R//PT1H"])
def test_what_is_no_cycle_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_cycle(text, AMSTERDAM)


def test_a_cycle_may_say_when_it_begins() -> None:
    cycle = read_cycle("R3/2026-03-01T09:00:00+01:00/P1D", AMSTERDAM)
    assert (cycle.count, cycle.start, cycle.every) == (
        3,
        datetime(2026, 3, 1, 8, tzinfo=UTC),
        Span(days=1),
    )


def test_a_span_reads_every_part() -> None:
    assert read_span("P1Y2M3DT4H5M6S") == Span(months=14, days=3, seconds=14706)
    assert read_span("P2W") == Span(days=14)


def test_a_span_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(InvalidInput):
        read_span("P9999Y").after(datetime(2026, 1, 1, tzinfo=UTC), AMSTERDAM)
