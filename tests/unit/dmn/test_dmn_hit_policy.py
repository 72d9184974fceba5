"""The hit policies of the standard, on one table of scores."""

from decimal import Decimal

import pytest

ROWS = [["> 1", "100"], ["> 2", "200"], ["> 3", "300"], ["> 5", "500"]]


def collected(aggregation=""):
    return (
        f'hitPolicy="COLLECT" aggregation="{aggregation}"'
        if aggregation
        else ('hitPolicy="COLLECT"')
    )


@pytest.mark.parametrize(
    ("policy", "score", "expected", "matched"),
    [
        ('hitPolicy="UNIQUE"', 2, Decimal(100), ("regel_1",)),
        ('hitPolicy="FIRST"', 6, Decimal(100), ("regel_1",)),
        ('hitPolicy="RULE ORDER"', 3, [Decimal(100), Decimal(200)], ("regel_1", "regel_2")),
        (collected(), 3, [Decimal(100), Decimal(200)], ("regel_1", "regel_2")),
        (collected("SUM"), 3, Decimal(300), ("regel_1", "regel_2")),
        (collected("COUNT"), 3, Decimal(2), ("regel_1", "regel_2")),
        (collected("MIN"), 3, Decimal(100), ("regel_1", "regel_2")),
        (collected("MAX"), 3, Decimal(200), ("regel_1", "regel_2")),
        (collected(), 0, [], ()),
        (collected("COUNT"), 0, Decimal(0), ()),
        (collected("SUM"), 0, None, ()),
        ('hitPolicy="FIRST"', 0, None, ()),
    ],
)
def test_a_policy_chooses_among_the_matching_rules(
    wrap, table, decide, policy, score, expected, matched
):
    outcome = decide(wrap(table(ROWS, policy=policy)), score=score)
    assert outcome.value == expected
    assert outcome.matched == matched
    assert outcome.diagnoses == ()


def test_unique_with_two_hits_is_null_and_says_which_rules(wrap, table, decide):
    outcome = decide(wrap(table(ROWS)), score=3)
    assert outcome.value is None
    assert outcome.matched == ()
    assert "regel_1, regel_2" in outcome.diagnoses[0].message


def test_any_wants_equal_outcomes(wrap, table, decide):
    content = wrap(table([["> 1", "1"], ["> 2", "1"], ["> 3", "2"]], policy='hitPolicy="ANY"'))
    assert decide(content, score=3).value == 1
    outcome = decide(content, score=4)
    assert outcome.value is None
    assert "verschillende" in outcome.diagnoses[0].message


RANKED = {"uitkomst": '<outputValues><text>"hoog", "midden", "laag"</text></outputValues>'}
LEVELS = [["> 1", '"laag"'], ["> 2", '"hoog"'], ["> 1", '"midden"']]


def test_priority_takes_the_highest_of_the_allowed_values(wrap, table, decide):
    content = wrap(table(LEVELS, policy='hitPolicy="PRIORITY"', output_extra=RANKED))
    assert decide(content, score=3).value == "hoog"
    assert decide(content, score=2).value == "midden"
    assert decide(content, score=2).matched == ("regel_3",)


def test_output_order_lists_from_high_to_low(wrap, table, decide):
    content = wrap(table(LEVELS, policy='hitPolicy="OUTPUT ORDER"', output_extra=RANKED))
    assert decide(content, score=3).value == ["hoog", "midden", "laag"]


def test_a_sum_of_texts_is_null_with_a_diagnosis(wrap, table, decide):
    outcome = decide(wrap(table([["-", '"a"']], policy=collected("SUM"))), score=1)
    assert outcome.value is None
    assert "de som" in outcome.diagnoses[0].message


def test_an_unknown_policy_is_null_with_a_diagnosis(wrap, table, decide):
    outcome = decide(wrap(table([["-", "1"]], policy='hitPolicy="LAST"')), score=1)
    assert outcome.value is None
    assert "onbekend trefferbeleid" in outcome.diagnoses[0].message
