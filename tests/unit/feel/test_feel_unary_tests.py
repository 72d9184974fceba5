from decimal import Decimal

import pytest

from service.domain.errors import ExpressionError
from service.feel import compile_unary_tests


@pytest.mark.parametrize(
    ("source", "value", "matched"),
    [
        ("-", None, True),
        ('"a"', "a", True),
        ('"a", "b"', "b", True),
        ('"a", "b"', "c", False),
        ('not("a", "b")', "c", True),
        ('not("a", "b")', "a", False),
        ("< 5", Decimal(3), True),
        ("< 5, > 10", Decimal(7), False),
        ("[1..5]", Decimal(5), True),
        ("(1..5)", Decimal(5), False),
        ("not([1..5])", Decimal(6), True),
        ("null", None, True),
        ("null", Decimal(1), False),
        ("true", True, True),
        ("true", False, False),
        ("false", False, True),
        ("? > 3 and ? < 5", Decimal(4), True),
        ('starts with(?, "a")', "aap", True),
        ('not(starts with(?, "a"))', "aap", False),
        ("limiet", Decimal(7), True),
        ("< limiet", Decimal(7), False),
        ("lijst", Decimal(2), True),
        ("some x in lijst satisfies x = ?", Decimal(2), True),
        ("count(lijst) = 2", "om het even", True),
        ("= 3", Decimal(3), True),
        ("!= 3", Decimal(3), False),
        ("< 5", None, None),
        ("< 5", "tekst", None),
    ],
)
def test_a_cell_matches(env, source, value, matched):
    scope = {"limiet": 7, "lijst": [1, 2]}
    assert compile_unary_tests(source).matches(value, scope, env).value is matched


@pytest.mark.parametrize("source", ["", "< ", '"a" "b"', "not(", "-,", "1,"])
def test_a_cell_that_is_no_feel_is_refused(source):
    with pytest.raises(ExpressionError):
        compile_unary_tests(source)


def test_a_cell_without_an_answer_tells_why(env):
    outcome = compile_unary_tests("> 5").matches("tekst", {}, env)
    assert outcome.value is None
    assert "geen volgorde" in outcome.diagnoses[0].message
