"""The working-day clock of a municipality."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import InvalidInput
from service.domain.working_days import (
    AMSTERDAM,
    WorkingCalendar,
    norm_in_words,
    norm_parts,
    unit_of,
)

CALENDAR = WorkingCalendar(closures=frozenset({date(2026, 5, 15)}))
MOMENTS = st.datetimes(
    min_value=datetime.fromisoformat("2020-01-01"),
    max_value=datetime.fromisoformat("2035-01-01"),
    timezones=st.just(AMSTERDAM),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("start", "norm", "end"),
    [
        ("2026-11-20T10:00", "1wd", "2026-11-23T10:00"),  # Friday to Monday
        ("2026-12-24T15:00", "2wd", "2026-12-29T15:00"),  # over Christmas and a weekend
        ("2026-11-21T10:00", "0wd", "2026-11-23T10:00"),  # Saturday rolls to Monday
        ("2026-11-20T16:00", "4wu", "2026-11-23T12:00"),  # an hour today, three on Monday
        ("2026-11-20T07:00", "2wu", "2026-11-20T11:00"),  # before opening counts from opening
        ("2026-11-20T10:00", "PT15M", "2026-11-20T10:15"),
        ("2026-11-21T10:00", "P2D", "2026-11-23T10:00"),  # calendar days, weekend included
        ("2026-11-20T10:00", "P30D", "2026-12-21T10:00"),  # Sunday runs on to Monday
        ("2026-11-27T10:00", "P4W", "2026-12-28T10:00"),  # Christmas runs on past the weekend
        ("2026-11-20T10:00", "P1DT1H", "2026-11-21T11:00"),  # in hours: whatever day it is
        ("2026-04-15T10:00", "P30D", "2026-05-15T10:00"),  # the town hall is closed, the law is not
        ("2028-02-28T10:00", "P1D", "2028-02-29T10:00"),  # leap day
        ("2026-03-28T12:00", "P1D", "2026-03-30T12:00"),  # the night the clock goes forward
        ("2026-03-29T01:30", "PT1H", "2026-03-29T03:30"),  # that hour is an hour
        ("2026-10-25T01:30", "PT24H", "2026-10-26T00:30"),  # the day of 25 hours
    ],
)
def test_a_norm_time_ends_when_people_expect(start: str, norm: str, end: str) -> None:
    assert CALENDAR.after_norm(at(start), norm) == at(end)


@pytest.mark.parametrize(
    "norm", ["", "P", "PT", "-PT1H", "2", "wd", "2 wd", "P1WT", "1e3wd", "٢wd"]
)
def test_an_unknown_norm_is_refused_with_examples(norm: str) -> None:
    with pytest.raises(InvalidInput, match="'2wd'"):
        CALENDAR.after_norm(at("2026-11-20T10:00"), norm)


def test_a_duration_ends_on_whatever_day_it_falls() -> None:
    assert CALENDAR.after(at("2026-11-20T10:00"), "P30D") == at("2026-12-20T10:00")


@given(MOMENTS, st.integers(0, 400))
def test_a_norm_in_days_ends_on_no_day_of_rest_and_at_most_four_days_later(
    start: datetime, days: int
) -> None:
    end = CALENDAR.after_norm(start, f"P{days}D")
    assert WorkingCalendar().is_working_day(end.date())
    assert 0 <= (end.date() - start.date()).days - days <= 4


def test_liberation_day_is_free_in_lustrum_years_only() -> None:
    assert not CALENDAR.is_working_day(date(2025, 5, 5))
    assert CALENDAR.is_working_day(date(2026, 5, 5))
    assert not WorkingCalendar(liberation_day_off=True).is_working_day(date(2026, 5, 5))


def test_the_municipalitys_own_closures_count() -> None:
    closed = WorkingCalendar(closures=frozenset({date(2026, 12, 28)}))
    assert closed.add_working_days(at("2026-12-24T09:00"), 1) == at("2026-12-29T09:00")


@given(MOMENTS, st.integers(1, 40), st.integers(0, 40))
def test_working_days_add_up(start: datetime, first: int, second: int) -> None:
    there = CALENDAR.add_working_days(CALENDAR.add_working_days(start, first), second)
    assert there.date() == CALENDAR.add_working_days(start, first + second).date()


@given(MOMENTS, st.integers(0, 60))
def test_a_norm_in_working_days_ends_on_one_and_keeps_the_time(start: datetime, days: int) -> None:
    end = CALENDAR.add_working_days(start, days)
    assert CALENDAR.is_working_day(end.date())
    assert end.replace(tzinfo=None).time() == start.replace(tzinfo=None).time()


@given(MOMENTS, st.integers(0, 60))
def test_a_norm_in_working_hours_ends_within_office_hours(start: datetime, hours: int) -> None:
    end = CALENDAR.add_working_hours(start, hours)
    assert CALENDAR.is_working_day(end.date())
    assert time(9) <= end.replace(tzinfo=None).time() <= time(17)
    assert end.astimezone(UTC) + timedelta(0) >= start.astimezone(UTC)


@pytest.mark.parametrize(
    ("norm", "parts", "unit"),
    [
        ("2wd", {"wd": 2}, "wd"),
        ("4wu", {"wu": 4}, "wu"),
        ("PT15M", {"minutes": 15}, "clock"),
        ("P2W", {"weeks": 2}, "clock"),
        ("P1DT4H", {"days": 1, "hours": 4}, "clock"),
    ],
)
def test_a_norm_time_says_in_what_it_is_counted(
    norm: str, parts: dict[str, int], unit: str
) -> None:
    assert (norm_parts(norm), unit_of(norm)) == (parts, unit)


@pytest.mark.parametrize(
    ("norm", "words"),
    [
        ("1wd", "1 werkdag"),
        ("2wd", "2 werkdagen"),
        ("4wu", "4 werkuren"),
        ("PT15M", "15 minuten"),
        ("P1M", "1 maand"),
        ("P1DT12H", "1 dag en 12 uur"),
        ("enkel", "enkel"),
        ("P", "P"),
    ],
)
def test_a_norm_time_in_words(norm: str, words: str) -> None:
    assert norm_in_words(norm) == words
