from datetime import date, datetime

import pytest

from service.domain.errors import ExpressionError
from service.domain.working_days import AMSTERDAM, WorkingCalendar
from service.feel import Environment, compile_expression


def test_working_days_skip_the_weekend(feel):
    assert feel("werkdagen_na(now(), 1)").isoformat() == "2026-03-09T16:00:00+01:00"


def test_working_hours_count_office_hours_only(feel):
    assert feel("werkuren_na(now(), 2)").isoformat() == "2026-03-09T10:00:00+01:00"


@pytest.mark.parametrize(
    ("day", "open_"),
    [("2026-03-06", True), ("2026-03-07", False), ("2026-12-25", False), ("2026-04-27", False)],
)
def test_weekends_and_holidays_are_no_working_days(feel, day, open_):
    assert feel(f'is_werkdag(@"{day}")') is open_


@pytest.mark.parametrize(
    ("norm", "end"),
    [
        ('"2wd"', "2026-03-10T16:00:00+01:00"),
        ('"4wu"', "2026-03-09T12:00:00+01:00"),
        ('"PT15M"', "2026-03-06T16:15:00+01:00"),
        ('@"P30D"', "2026-04-07T16:00:00+02:00"),
    ],
)
def test_a_norm_time_ends(feel, norm, end):
    assert feel(f"na_normtijd(now(), {norm})").isoformat() == end


@pytest.mark.parametrize(
    ("source", "begins"),
    [
        ('volgende_keer(@"2026-03-03", "P28D", now())', "2026-03-31T09:00:00+02:00"),
        ('volgende_keer(@"2026-01-31", @"P1M", now())', "2026-03-31T09:00:00+02:00"),
        ('volgende_keer(@"2026-12-25", "P1Y", now())', "2026-12-28T09:00:00+01:00"),
        ('volgende_keer(@"2026-03-09", "P2W", today())', "2026-03-09T09:00:00+01:00"),
        ('volgende_keer(na: now(), elke: "P1D", eerste: today())', "2026-03-09T09:00:00+01:00"),
    ],
)
def test_what_comes_back_begins_again_on_a_working_day(feel, source, begins):
    assert feel(source).isoformat() == begins


def test_what_comes_back_is_read_from_the_profile(feel):
    cyclus = {"rapportage": {"eerste": date(2026, 2, 2), "elke": "P1Y"}}
    source = (
        "volgende_keer(gemeente.cyclus.rapportage.eerste, gemeente.cyclus.rapportage.elke, now())"
    )
    assert feel(source, gemeente={"cyclus": cyclus}).isoformat() == "2027-02-02T09:00:00+01:00"


def test_the_calendar_of_the_municipality_counts():
    closed = WorkingCalendar(closures=frozenset({date(2026, 3, 9)}))
    env = Environment(now=datetime(2026, 3, 6, 16, tzinfo=AMSTERDAM), calendar=closed)
    value = compile_expression("werkdagen_na(moment: now(), aantal: 1)").value({}, env)
    assert value.isoformat() == "2026-03-10T16:00:00+01:00"


@pytest.mark.parametrize(
    "source",
    [
        "werkdagen_na(now(), -1)",
        "werkdagen_na(now(), 0.5)",
        'na_normtijd(now(), "gauw")',
        'is_werkdag("2026-03-06")',
        'werkuren_na(@"99999-01-01", 1)',
        'volgende_keer(@"2026-01-01", "PT24H", now())',
        'volgende_keer(@"2026-01-01", @"P0D", now())',
        'volgende_keer(@"2026-01-01", -@"P1D", now())',
        'volgende_keer("2026-01-01", "P1D", now())',
        'volgende_keer(@"2026-01-01", "P999Y", @"8999-01-01")',
        'volgende_keer(@"99999-01-01", "P1D", now())',
    ],
)
def test_a_wrong_question_is_answered_with_a_reason(env, source):
    with pytest.raises(ExpressionError):
        compile_expression(source).value({}, env)
