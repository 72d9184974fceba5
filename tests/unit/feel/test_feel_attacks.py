"""Nothing an expression says reaches Python, hangs, eats memory or breaks the interpreter."""

import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from service.domain.errors import ExpressionError
from service.feel import compile_expression, feel_text
from service.feel.limits import MAX_STEPS
from service.feel.run import Exceeded, Run
from tests.pace import here
from tests.unit.feel.attacks import CORPUS, EXHAUSTING, REACHING, REFUSED, scope

MEBIBYTE = 2**20
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def costs():
    """What each attack costs, from a process that measures one child process each."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.feel.measured"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return json.loads(done.stdout)


def outcome_of(source, env):
    try:
        return compile_expression(source).evaluate(scope(), env)
    except ExpressionError as error:
        return error


def test_the_corpus_is_large_enough():
    assert len(CORPUS) >= 150


@pytest.mark.skipif(sys.platform != "linux", reason="measures with /proc and fork")
@pytest.mark.parametrize("attack", CORPUS)
def test_an_attack_costs_little(costs, attack):
    cost = costs[attack]
    assert not cost["trouble"]
    assert cost["seconds"] <= here(0.1)
    assert cost["bytes"] <= 64 * MEBIBYTE


@pytest.mark.parametrize("attack", REACHING)
def test_python_cannot_be_reached(env, attack):
    value = outcome_of(REACHING[attack], env).value
    assert value in (None, [], [None], "{0.__class__}")


@pytest.mark.parametrize("attack", REFUSED)
def test_what_is_no_expression_is_refused(env, attack):
    assert isinstance(outcome_of(REFUSED[attack], env), ExpressionError)


@pytest.mark.parametrize("attack", EXHAUSTING)
def test_what_exhausts_has_a_value_or_a_reason(env, attack):
    outcome = outcome_of(EXHAUSTING[attack], env)
    assert outcome.value is not None or outcome.diagnoses


@pytest.mark.parametrize("budget", [0, 1, 100, 10_000])
def test_the_budget_ends_an_evaluation_at_its_step(env, budget):
    source = "for i in 1..20000 return i"
    poorer = replace(env, budget=budget)
    outcome = compile_expression(source).evaluate({}, poorer)
    assert outcome.value is None
    assert str(budget) in outcome.diagnoses[-1].message
    run = Run(replace(env, budget=MAX_STEPS))
    compile_expression("for i in 1..50 return i").evaluate_in(run, {})
    spent = MAX_STEPS - run.left
    exact = replace(env, budget=spent)
    assert compile_expression("for i in 1..50 return i").evaluate({}, exact).value
    less = replace(env, budget=spent - 1)
    assert compile_expression("for i in 1..50 return i").evaluate({}, less).value is None


@pytest.mark.parametrize("attack", [*REACHING, *EXHAUSTING])
def test_what_comes_out_can_be_written_down(env, attack):
    value = outcome_of((REACHING | EXHAUSTING)[attack], env).value
    with suppress(Exceeded):
        assert feel_text(value)


def test_a_hostile_scope_is_bounded_too(env):
    deep: list[object] = []
    for _ in range(5_000):
        deep = [deep]
    wide = [[0] * 1_000] * 1_000
    for value in (deep, wide, [0] * 1_000_000, "a" * 1_000_000, 10**7000):
        outcome = compile_expression("x").evaluate({"x": value}, env)
        assert outcome.value is None
        assert outcome.diagnoses


def test_recursion_never_surfaces_however_deep_the_caller_is(env):
    source = "(" * 99 + "1" + ")" * 99
    evaluating = compile_expression("{f: function(n) f(n + 1), r: f(1)}.r")

    def deeper(levels):
        if levels:
            deeper(levels - 1)
            return
        with suppress(ExpressionError):
            compile_expression(source + " // diep")
        assert evaluating.evaluate({}, env).value is None

    for levels in (100, 300, 500, 700):
        deeper(levels)
