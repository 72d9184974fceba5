from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from service.domain.errors import ExpressionError
from service.feel import WideDate, WideDateTime, YearMonthDuration, compile_expression


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("null", None),
        ("true", True),
        ("1", Decimal(1)),
        (".5", Decimal("0.5")),
        ("-12.50", Decimal("-12.50")),
        ("1.2e3", Decimal(1200)),
        ('"tekst"', "tekst"),
        (r'"een \"citaat\" en een \\"', 'een "citaat" en een \\'),
        (r'"\u00e9\n\t"', "é\n\t"),
        (r'"\uD83D\uDC0E"', "🐎"),
        (r'"\U01F40E"', "🐎"),
        ('@"2026-03-06"', date(2026, 3, 6)),
        ('@"13:20:00"', time(13, 20)),
        ('@"2026-03-06T13:20:00Z"', datetime(2026, 3, 6, 13, 20, tzinfo=UTC)),
        ('@"P1Y6M"', YearMonthDuration(18)),
        ('@"-P2DT3H"', -timedelta(days=2, hours=3)),
        ("[1, [2]]", [Decimal(1), [Decimal(2)]]),
        ('{a: 1, "b c": a + 1}', {"a": Decimal(1), "b c": Decimal(2)}),
    ],
)
def test_a_literal_has_its_value(feel, source, value):
    assert feel(source) == value
    assert type(feel(source)) is type(value)


def test_numbers_have_thirty_four_digits(feel):
    assert feel("1 / 3") == Decimal("0." + "3" * 34)
    assert feel("0.1 + 0.2") == Decimal("0.3")


def test_comments_are_skipped(feel):
    assert feel("1 // een\n + /* twee */ 1") == 2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("99999-12-31", WideDate(99999, 12, 31)),
        ("-2016-01-30", WideDate(-2016, 1, 30)),
        ("2020-01-01T00:00:00.123456789", WideDateTime(2020, 1, 1, 0, 0, 0, 123456789)),
    ],
)
def test_what_python_cannot_hold_becomes_a_wide_value_that_prints_the_same(feel, text, value):
    assert feel(f'@"{text}"') == value
    assert feel(f'string(@"{text}")') == text


@pytest.mark.parametrize("text", ["2026-02-30", "12:60:00", "P1Y2D", "PT", "morgen", ""])
def test_an_impossible_moment_is_null_with_a_reason(result, text):
    outcome = result(f'@"{text}"')
    assert outcome.value is None
    assert "geen datum, tijd of duur" in outcome.diagnoses[0].message


@pytest.mark.parametrize(
    ("source", "position"),
    [
        ("", 0),
        ("1 +", 3),
        ("a = = b", 4),
        ("if a then b", 11),
        ('"open', 0),
        ("f(a: 1, 2)", 9),
        ("{a: 1, a: 2}", 7),
        ("not x", 4),
        ("for x of z return x", 6),
        ("(1", 2),
    ],
)
def test_what_is_no_feel_is_refused_with_its_position(source, position):
    with pytest.raises(ExpressionError) as caught:
        compile_expression(source)
    assert caught.value.position == position
    assert caught.value.expression == source
