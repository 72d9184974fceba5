"""What the fuzzer found once stays mended; ``tests/fuzz`` tells how it is run."""

from contextlib import suppress
from pathlib import Path

import pytest

from service.domain.errors import ExpressionError
from service.feel import compile_expression, compile_unary_tests, feel_text
from service.feel.parse import parse_expression, parse_unary_tests
from service.feel.printer import print_tree
from service.feel.run import Exceeded
from tests.unit.feel.attacks import scope

SEEDS = sorted((Path(__file__).parents[2] / "fuzz" / "seeds").glob("*.feel"))
SCOPE = scope()


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem)
def test_a_seed_gives_a_value_or_a_reason(env, seed):
    source = seed.read_text()
    try:
        tree = parse_expression(source)
    except ExpressionError:
        return
    assert parse_expression(print_tree(tree)) == tree
    with suppress(Exceeded):
        assert feel_text(compile_expression(source).evaluate(SCOPE, env).value)


@pytest.mark.parametrize("value", [None, 3, 1.5, "x", [1, "x"], {"a": 1}])
@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem)
def test_a_seed_as_a_cell_gives_an_answer(env, seed, value):
    source = seed.read_text()
    try:
        tree = parse_unary_tests(source)
    except ExpressionError:
        return
    assert parse_unary_tests(print_tree(tree)) == tree
    assert compile_unary_tests(source).matches(value, SCOPE, env).value in (True, False, None)


def test_there_are_seeds():
    assert SEEDS
