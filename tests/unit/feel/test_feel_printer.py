"""Printing a tree and reading it back gives the same tree."""

import string
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import ExpressionError
from service.feel import Environment, compile_expression, feel_text, nodes, to_feel
from service.feel.nodes import (
    AtLiteral,
    Between,
    Call,
    Chain,
    Compare,
    ContextOf,
    Each,
    Filter,
    For,
    FunctionOf,
    If,
    In,
    InstanceOf,
    ListOf,
    Literal,
    Logic,
    Name,
    Negate,
    Node,
    Path,
    Quantified,
    RangeOf,
    Test,
    TypeRef,
    UnaryTestsOf,
)
from service.feel.parse import parse_expression, parse_unary_tests
from service.feel.printer import _WRITERS, print_tree
from service.feel.tokens import KEYWORDS

words = st.text(string.ascii_lowercase + "_é", min_size=1, max_size=6).filter(
    lambda word: word not in KEYWORDS and word != "not"
)
names = st.lists(words, min_size=1, max_size=2).map(" ".join)
numbers = st.decimals(0, 10**12, places=3).map(lambda n: n.normalize() + 0)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
types = st.recursive(
    st.sampled_from(["number", "Any", "date and time", "function", "context"]).map(TypeRef),
    lambda inner: st.one_of(
        inner.map(lambda t: TypeRef("list", (t,))),
        inner.map(lambda t: TypeRef("range", (t,))),
        st.lists(st.tuples(words, inner), min_size=1, max_size=2).map(
            lambda fields: TypeRef("context", (), tuple(fields))
        ),
        st.tuples(inner, inner).map(lambda p: TypeRef("function", (p[0],), (), p[1])),
    ),
    max_leaves=3,
)
leaves = st.one_of(
    st.sampled_from([Literal(None), Literal(True), Literal(False)]),
    numbers.map(Literal),
    texts.map(Literal),
    texts.map(AtLiteral),
    names.map(Name),
)


def pairs(signs, inner):
    return st.lists(st.tuples(st.sampled_from(signs), inner), min_size=1, max_size=3).map(tuple)


def several(inner, least=0, most=3):
    return st.lists(inner, min_size=least, max_size=most).map(tuple)


def grown(inner):
    each = st.builds(Each, names, inner, st.one_of(st.none(), inner))
    tests = st.builds(Test, st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), inner)
    arguments = several(inner)
    ends = inner.filter(lambda node: not isinstance(node, Test))
    inner = st.one_of(inner, inner, inner, tests)  # a bare test may stand in parentheses anywhere
    return st.one_of(
        st.builds(Path, inner, words),
        st.builds(Filter, inner, inner),
        st.builds(Call, inner, arguments),
        st.builds(lambda f, a: Call(f, (a, a), ("een", "twee naam")), inner, inner),
        st.builds(Negate, inner),
        st.builds(Chain, inner, pairs("+-", inner)),
        st.builds(Chain, inner, pairs("*/", inner)),
        st.builds(Chain, inner, pairs(["**"], inner)),
        st.builds(Logic, st.sampled_from(["and", "or"]), several(inner, 2)),
        st.builds(Compare, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), inner, inner),
        st.builds(Between, inner, inner, inner),
        st.builds(In, inner, several(st.one_of(inner, tests), 1)),
        st.builds(InstanceOf, inner, types),
        st.builds(If, inner, inner, inner),
        st.builds(For, several(each, 1, 2), inner),
        st.builds(Quantified, st.sampled_from(["some", "every"]), several(each, 1, 2), inner),
        st.builds(ListOf, several(st.one_of(inner, tests))),
        st.builds(
            ContextOf,
            st.dictionaries(st.one_of(words, texts), inner, max_size=3).map(
                lambda entries: tuple(entries.items())
            ),
        ),
        st.builds(RangeOf, ends, ends, st.booleans(), st.booleans()),
        st.builds(
            FunctionOf,
            several(st.tuples(words, st.one_of(st.none(), types)), 0, 2),
            inner,
            st.booleans(),
        ),
    )


trees = st.recursive(leaves, grown, max_leaves=12)


def test_every_kind_of_node_can_be_printed():
    kinds = {kind for kind in vars(nodes).values() if isinstance(kind, type)}
    assert {kind for kind in kinds if issubclass(kind, Node)} - {Node} == set(_WRITERS)


@given(trees)
def test_printing_and_reading_gives_the_same_tree(tree):
    assert parse_expression(print_tree(tree)) == tree


values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.text(st.characters(exclude_categories=["Cs"])),
        st.decimals(allow_nan=False, allow_infinity=False, places=4),
        st.dates(),
        st.timedeltas(),
        st.datetimes(timezones=st.just(UTC)),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text("ab -é", max_size=4), inner, max_size=3),
    ),
    max_leaves=6,
).map(to_feel)


@given(values)
def test_a_value_that_is_written_down_reads_back_as_itself(value):
    env = Environment(now=datetime(2026, 3, 6, 15, 0, tzinfo=UTC))
    assert compile_expression(feel_text(value)).evaluate({}, env).value == value


@given(trees)
def test_whatever_reads_can_be_evaluated_and_written_down(tree):
    env = Environment(now=datetime(2026, 3, 6, 15, 0, tzinfo=UTC))
    outcome = compile_expression(print_tree(tree)).evaluate({"a": 1, "b": {"a": "x"}}, env)
    assert feel_text(outcome.value)


known = ["start-datum", "begin and einde", "a+b", "x (y)", "1e naam", "naam van de melder"]


@given(st.recursive(st.sampled_from(known).map(Name), grown, max_leaves=6))
def test_names_with_symbols_read_back_where_they_are_known(tree):
    assert parse_expression(print_tree(tree), known) == tree


@given(several(trees, 1), st.booleans())
def test_a_cell_is_printed_and_read_back(tests, negated):
    cell = UnaryTestsOf(tests, negated)
    assert parse_unary_tests(print_tree(cell)) == cell


@given(st.text(st.sampled_from('ab1".+-*/=<>()[]{},:@ ?\nif then else for in return'), max_size=60))
def test_reading_never_fails_with_anything_but_a_reason(source):
    try:
        tree = parse_expression(source)
    except ExpressionError:
        return
    assert parse_expression(print_tree(tree)) == tree


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("a  and(b)or c", "a and b or c"),
        ("(a or b) and c", "(a or b) and c"),
        ("1-(2-3)", "1 - (2 - 3)"),
        ("a in ( 1,<2 )", "a in (1, < 2)"),
        ("]1..2[", "(1..2)"),
        ("(<5)", "(< 5)"),
        ('{"a b" :1}', '{"a b": 1}'),
        ("if a then b else c", "if a then b else c"),
        ("(if a then b else c) + 1", "(if a then b else c) + 1"),
    ],
)
def test_the_print_is_tidy(source, printed):
    assert print_tree(parse_expression(source)) == printed
