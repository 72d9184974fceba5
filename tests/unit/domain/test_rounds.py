"""What comes back every so often, on the working-day clock of a municipality."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from service.domain.errors import InvalidInput
from service.domain.rounds import Every, next_round, read_every
from service.domain.working_days import AMSTERDAM, WorkingCalendar

CALENDAR = WorkingCalendar()
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 1, 1))
MOMENTS = st.datetimes(
    min_value=datetime.fromisoformat("2019-01-01"),
    max_value=datetime.fromisoformat("2045-01-01"),
    timezones=st.just(AMSTERDAM),
)
EVERY = st.one_of(
    st.builds(Every, days=st.integers(1, 800)), st.builds(Every, months=st.integers(1, 60))
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def rounds(
    first: str, every: str, after: str, count: int, calendar: WorkingCalendar = CALENDAR
) -> list[str]:
    found, moment = [], at(after)
    for _ in range(count):
        moment = next_round(calendar, date.fromisoformat(first), read_every(every), moment)
        found.append(f"{moment:%Y-%m-%d %H:%M %z}")
    return found


def test_a_meeting_every_four_weeks_stays_on_its_day_and_time_when_the_clock_changes() -> None:
    assert rounds("2026-03-03", "P28D", "2026-03-01T12:00", 3) == [
        "2026-03-03 09:00 +0100",
        "2026-03-31 09:00 +0200",
        "2026-04-28 09:00 +0200",
    ]


def test_months_are_counted_from_the_first_date_and_end_where_the_month_ends() -> None:
    assert rounds("2028-01-31", "P1M", "2028-01-01T00:00", 3) == [
        "2028-01-31 09:00 +0100",
        "2028-02-29 09:00 +0100",
        "2028-03-31 09:00 +0200",
    ]
    assert rounds("2024-02-29", "P1Y", "2027-01-01T00:00", 2) == [
        "2027-03-01 09:00 +0100",  # 28 February 2027 is a Sunday
        "2028-02-29 09:00 +0100",
    ]


def test_a_date_on_which_the_office_is_closed_moves_on_and_the_next_keeps_its_own() -> None:
    assert rounds("2025-12-25", "P1M", "2025-12-01T00:00", 3) == [
        "2025-12-29 09:00 +0100",  # Christmas and a weekend
        "2026-01-26 09:00 +0100",  # a Sunday
        "2026-02-25 09:00 +0100",
    ]
    closed = WorkingCalendar(closures=frozenset({date(2025, 12, 29), date(2025, 12, 30)}))
    assert rounds("2025-12-25", "P1M", "2025-12-01T00:00", 1, closed) == ["2025-12-31 09:00 +0100"]


def test_a_round_has_begun_when_the_office_opens() -> None:
    assert rounds("2026-03-03", "P1D", "2026-03-03T08:59", 1) == ["2026-03-03 09:00 +0100"]
    assert rounds("2026-03-03", "P1D", "2026-03-03T09:00", 1) == ["2026-03-04 09:00 +0100"]


def test_a_round_that_moved_over_the_weekend_is_not_passed_by() -> None:
    assert rounds("2026-03-07", "P1Y", "2026-03-08T12:00", 1) == ["2026-03-09 09:00 +0100"]


def test_rounds_that_move_to_one_day_are_one_round() -> None:
    assert rounds("2026-03-06", "P1D", "2026-03-05T12:00", 3) == [
        "2026-03-06 09:00 +0100",
        "2026-03-09 09:00 +0100",
        "2026-03-10 09:00 +0100",
    ]


@pytest.mark.parametrize(
    ("text", "every"),
    [
        ("P28D", Every(days=28)),
        ("P4W", Every(days=28)),
        ("P3M", Every(months=3)),
        ("P1Y", Every(months=12)),
        ("P1Y6M", Every(months=18)),
        ("P2W1D", Every(days=15)),
    ],
)
def test_the_time_between_is_an_iso_duration(text: str, every: Every) -> None:
    assert read_every(text) == every


@pytest.mark.parametrize(
    "text", ["", "P", "P0D", "PT24H", "P1DT1H", "P1M1D", "-P1D", "4 weken", "P1,5M", "P٢D"]
)
def test_another_text_is_refused_with_examples(text: str) -> None:
    with pytest.raises(InvalidInput, match="'P28D'"):
        read_every(text)


def test_a_round_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(InvalidInput, match="kalender"):
        next_round(CALENDAR, date(2026, 1, 1), Every(months=9999 * 12), at("2026-03-01T00:00"))


@given(DAYS, EVERY, MOMENTS)
def test_a_round_is_later_and_begins_when_an_office_day_begins(
    first: date, every: Every, after: datetime
) -> None:
    found = next_round(CALENDAR, first, every, after)
    assert found.astimezone(UTC) > after.astimezone(UTC)
    assert found.date() >= first
    assert CALENDAR.is_working_day(found.date())
    assert found.replace(tzinfo=None).time() == time(9)


@given(DAYS, EVERY, MOMENTS)
def test_it_is_the_first_of_the_whole_series(first: date, every: Every, after: datetime) -> None:
    assume(after.year - first.year < 12)
    moments = (CALENDAR.opening_on_or_after(every.after(first, times)) for times in range(10_000))
    assert next_round(CALENDAR, first, every, after) == next(m for m in moments if m > after)


@given(DAYS, EVERY, MOMENTS)
def test_until_a_round_comes_the_answer_stays_the_same(
    first: date, every: Every, after: datetime
) -> None:
    found = next_round(CALENDAR, first, every, after)
    just_before = found.astimezone(UTC) - timedelta(seconds=1)
    assert next_round(CALENDAR, first, every, just_before) == found
    assert next_round(CALENDAR, first, every, found) > found


@given(DAYS, st.integers(1, 60), st.integers(0, 200))
def test_the_day_of_the_month_is_that_of_the_first_or_the_last_there_is(
    first: date, months: int, times: int
) -> None:
    day = Every(months=months).after(first, times)
    assert day.day == first.day or (day.day < first.day and (day + timedelta(days=1)).day == 1)
