from collections import ChainMap
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from threading import Thread
from types import MappingProxyType

import pytest

from service.domain.errors import ExpressionError
from service.feel import (
    Environment,
    Function,
    Run,
    compile_expression,
    compile_unary_tests,
    feel_text,
    to_feel,
)


class Urgency(StrEnum):
    ACUTE = "acuut"


@dataclass
class Alien:
    secret: str = "geheim"


def test_python_numbers_become_decimals_where_they_are_read(feel):
    assert feel("a.b", a={"b": 0.1}) == Decimal("0.1")
    assert feel("a[1] + 1", a=[1]) == 2
    assert feel("a", a={"b": [1, {"c": 2.5}]}) == {"b": [1, {"c": Decimal("2.5")}]}


def test_text_of_an_enumeration_is_plain_text(feel):
    assert type(feel("u", u=Urgency.ACUTE)) is str
    assert feel('u = "acuut"', u=Urgency.ACUTE) is True


def test_any_mapping_can_be_the_scope(env):
    scope = ChainMap({"a": MappingProxyType({"b": 1})}, {"c": 2})
    assert compile_expression("a.b + c").value(scope, env) == 3


@pytest.mark.parametrize("value", [Alien(), object(), {1: 2}, float("nan"), b"x", {1, 2}])
def test_what_is_no_feel_value_is_refused(result, value):
    outcome = result("x", x=value)
    assert outcome.value is None
    assert outcome.diagnoses
    with pytest.raises(ExpressionError):
        to_feel(value)


def test_the_scope_is_never_changed_and_never_handed_out(feel):
    scope = {"lijst": [1, 2], "context": {"a": 1}}
    assert feel("append(lijst, 3)", **scope) == [1, 2, 3]
    feel("lijst", **scope).append(9)
    feel('context put(context, "b", 2)', **scope)["c"] = 1
    assert scope == {"lijst": [1, 2], "context": {"a": 1}}


def test_an_unknown_name_is_null_and_named(result):
    outcome = result("onbekend.veld")
    assert outcome.value is None
    assert "'onbekend'" in outcome.diagnoses[0].message


def test_value_raises_when_something_went_wrong(env):
    with pytest.raises(ExpressionError, match=r"geen gegeven 'b'.*ontbreekt een waarde") as caught:
        compile_expression("a.b + 1").value({"a": {}}, env)
    assert caught.value.position == 4


def test_value_accepts_an_entry_that_is_simply_not_there(env):
    assert compile_expression("a.b").value({"a": {}}, env) is None
    assert compile_expression("a").value({"a": None}, env) is None


def test_names_are_those_read_from_outside():
    source = "for x in lijst, y in x return x + y.z + {k: n, l: k}.l + abs(getal)[item = m]"
    assert compile_expression(source).names == {"lijst", "n", "getal", "m"}
    assert compile_unary_tests('"a", ? > grens').names == {"grens"}


def test_an_expression_is_shared_between_equal_calls_and_threads(env):
    expression = compile_expression("(for i in 1..50 return n * i)[50]")
    assert compile_expression("(for i in 1..50 return n * i)[50]") is expression
    seen: dict[int, object] = {}
    threads = [
        Thread(target=lambda n=n: seen.__setitem__(n, expression.value({"n": n}, env)))
        for n in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {n: 50 * n for n in range(20)}


def test_functions_from_outside_share_the_budget(env):
    body = compile_expression("sum(for i in 1..1000 return i * n)")

    def call(run: Run, arguments: list[object]) -> object:
        return body.evaluate_in(run, {"n": arguments[0]})

    scope = {"som": Function(name="som", parameters=("n",), call=call)}
    assert compile_expression("som(2)").value(scope, env) == 1001000
    assert compile_expression("som(n: 2)").value(scope, env) == 1001000
    with pytest.raises(ExpressionError, match="stappen"):
        compile_expression("for i in 1..1000 return som(i)").value(scope, env)


def test_types_from_outside_can_be_asked_for():
    env = Environment(
        now=datetime.fromisoformat("2026-03-06T12:00:00+00:00"),
        types={"tLeeftijd": lambda value: isinstance(value, Decimal) and 0 <= value < 150},
    )
    assert compile_expression("17 instance of tLeeftijd").value({}, env) is True
    assert compile_expression("170 instance of tLeeftijd").value({}, env) is False


def test_a_value_is_written_as_feel(feel):
    source = '{a: "x", "b c": [1, 2.5, null, true], d: @"2026-03-06", e: [1..3), f: (<5)}'
    assert feel_text(feel(source)) == (
        '{a: "x", "b c": [1, 2.5, null, true], d: @"2026-03-06", e: [1..3), f: (<5)}'
    )
