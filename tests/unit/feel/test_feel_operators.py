from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from service.feel import YearMonthDuration


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 4 - 3", 3),
        ("-2 ** 2", 4),
        ("2 ** 3 ** 2", 64),
        ("7 / 2", Decimal("3.5")),
        ('"a" + "b"', "ab"),
        ('@"2026-01-31" + @"P1M"', date(2026, 2, 28)),
        ('@"2026-03-06" - @"2026-03-01"', timedelta(days=5)),
        ('@"2026-03-06T10:00:00" + @"PT36H"', datetime.fromisoformat("2026-03-07T22:00:00")),
        ('@"P1Y" * 2', YearMonthDuration(24)),
        ('@"P2D" / @"PT12H"', 4),
    ],
)
def test_arithmetic(feel, source, value):
    assert feel(source) == value


def test_a_duration_passes_on_the_clock_of_the_world_when_summer_time_begins(feel):
    moved = feel('@"2026-03-28T12:00:00@Europe/Amsterdam" + @"P1D"')
    assert moved.isoformat() == "2026-03-29T13:00:00+02:00"


@pytest.mark.parametrize(
    "source", ["1 / 0", "null + 1", '"a" + 1', "[1] * 2", "true - 1", "10 ** 10000", '-"a"']
)
def test_arithmetic_without_an_answer_is_null_with_a_reason(result, source):
    outcome = result(source)
    assert outcome.value is None
    assert outcome.diagnoses
    assert outcome.diagnoses[0].message.endswith(".")


TRUTH = {"true": True, "false": False, "null": None, '"x"': None}


@pytest.mark.parametrize("left", TRUTH)
@pytest.mark.parametrize("right", TRUTH)
def test_and_and_or_know_three_answers(feel, left, right):
    a, b = TRUTH[left], TRUTH[right]
    conjunction = False if a is False or b is False else True if a and b else None
    disjunction = True if a or b else False if a is False and b is False else None
    assert feel(f"{left} and {right}") is conjunction
    assert feel(f"{left} or {right}") is disjunction


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ('"a" = "a"', True),
        ("1 = 1.0", True),
        ("null = null", True),
        ("null = 1", False),
        ('1 = "1"', None),
        ("[1, 2] = [1, 2]", True),
        ("{a: 1, b: 2} = {b: 2, a: 1}", True),
        ("[1..3] = [1..3)", False),
        ('@"2026-03-06T12:00:00Z" = @"2026-03-06T13:00:00+01:00"', True),
        ("1 != 2", True),
        ("1 < 2", True),
        ('"b" >= "a"', True),
        ('1 < "2"', None),
        ("null < 1", None),
        ('@"2026-03-06" < @"2026-03-07"', True),
        ("3 between 1 and 5", True),
        ("3 between 4 and 5", False),
        ("3 between null and 5", None),
    ],
)
def test_comparison(feel, source, value):
    assert feel(source) is value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("1 in [1, 2]", True),
        ("3 in [1, 2]", False),
        ("1 in 1", True),
        ("5 in [1..10]", True),
        ("10 in [1..10)", False),
        ("1 in ]1..10]", False),
        ("5 in (< 3, > 4)", True),
        ("5 in (<= 10)", True),
        ("5 in != 5", False),
        ("5 in ([1..3], [4..6])", True),
        ("5 in (2 + 1) * 2", False),
        ('"b" in ("a", "b")', True),
        ("null in [1..10]", None),
        ("[1] in [[1], [2]]", True),
    ],
)
def test_in(feel, source, value):
    assert feel(source) is value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("1 instance of number", True),
        ("null instance of number", False),
        ('@"P1D" instance of days and time duration', True),
        ("now() instance of date and time", True),
        ("[1, 2] instance of list<number>", True),
        ('[1, "a"] instance of list<number>', False),
        ("{a: 1} instance of context<a: number>", True),
        ("{a: 1} instance of context<b: number>", False),
        ("[1..2] instance of range<number>", True),
        ("abs instance of function<number> -> number", True),
        ("1 instance of onbekend", None),
    ],
)
def test_instance_of(feel, source, value):
    assert feel(source) is value
