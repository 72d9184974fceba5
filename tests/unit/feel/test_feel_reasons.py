"""When null is an answer, and when it stops a case (docs/decisions/0012)."""

import pytest

from service.domain.errors import ExpressionError
from service.feel import compile_expression

SCOPE = {"zaak": {"naam": "x", "leeg": None, "aantal": 3}}


@pytest.mark.parametrize(
    "source",
    [
        '1 = "a"',
        "null > 3",
        "zaak.leeg > 3",
        "zaak.weg >= 3",
        "zaak.aantal + zaak.leeg",
        "onbekend",
        "zaak.aantal = 3 and null > 3",
    ],
)
def test_a_fault_that_makes_the_outcome_null_stops(env, source):
    expression = compile_expression(source)
    assert expression.evaluate(SCOPE, env).value is None
    with pytest.raises(ExpressionError) as stopped:
        expression.value(SCOPE, env)
    assert stopped.value.position is not None
    assert str(stopped.value)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("zaak.leeg", None),
        ("zaak.weg", None),
        ("zaak.weg.dieper", None),
        ("zaak.weg = null", True),
        ('zaak.weg = "ja"', False),
        ('zaak.weg != "ja"', True),
        ("[1, 2][5]", None),
        ("false and null > 3", False),
        ("true or null > 3", True),
        ("if null > 3 then 1 else 2", 2),
        ("zaak.weg != null and zaak.weg > 3", False),
        ("null", None),
        ("onbekend = true", False),
        ("onbekend = null", True),
    ],
)
def test_what_is_merely_absent_is_an_answer(env, source, value):
    assert compile_expression(source).value(SCOPE, env) == value
