"""What is certainly wrong with an expression is told before anybody evaluates it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.errors import ExpressionError
from service.feel import certain_faults, compile_expression, unknown_calls
from service.feel.parse import parse_expression, parse_unary_tests
from tests.pace import costs_at_most
from tests.unit.feel.attacks import CORPUS, scope
from tests.unit.feel.measured import ENV


def faults(source, **known):
    return certain_faults(parse_expression(source), source, **known)


@pytest.mark.parametrize(
    ("source", "position", "reason"),
    [
        ('1 + "a" = x', 2, "+ werkt niet"),
        ('x = date("2026-02-31")', 8, "geen datum"),
        ('x < @"2026-13-01"', 4, "2026-13-01"),
        ('x and matches("a", "(")', 13, "patroon"),
        ("if x then 1 / 0 else 2", 12, "nul"),
        ('for i in x return "a" > 1', 22, "volgorde"),
        ("function(a) 1 + true", 14, "+ werkt niet"),
        ("x[null > 3]", 7, "null"),
        ("werkdagen_na(x, 1, 2)", 12, "argumenten"),
        ('substring(strin: x, "start position": 1)', None, None),
        ("substring(strin: x, start position: 1)", 9, "argumenten"),
        ("count()", 5, "argumenten"),
        ("x instance of nummer", 2, "nummer"),
        ("x instance of list<context<a: getal>>", 2, "getal"),
        ("function(a: getal) a", 0, "getal"),
        ("decimal(1 / 0, 2) = x", 10, "nul"),
    ],
)
def test_a_part_that_never_has_an_outcome_is_named_with_its_position(source, position, reason):
    if position is None:
        with pytest.raises(ExpressionError):
            faults(source)
        return
    (found,) = faults(source)
    assert found.position == position
    assert reason in found.message


@pytest.mark.parametrize(
    "source",
    [
        "x > 3",
        "triage.urgentie = null",
        "[1, 2, 3][5] = x",
        "{a: 1}.b",
        "x[item > 1]",
        "x[prijs > 1]",
        "for i in 1..3 return i + x",
        "for i in [1, 2] return if i > 1 then partial[1] else i",
        "{a: 1, b: a + 1, f: function(n) n + a}.f(2)",
        "{abs: function(a, b, c) a, r: abs(1, 2, 3)}.r",
        "max(1, 2, 3, x)",
        "now() < date and time(x)",
        'function(a) external {java: {class: "java.lang.Math", method signature: "abs(int)"}}',
        "sort(x, function(a, b) a < b)",
        "for i in 1..20000 return i",
        'if false then 1 + "a" else 2',
        "x instance of tEigen",
        "1 instance of list<tEigen>",
        "(function(a: tEigen) a)(1)",
    ],
)
def test_nothing_is_said_of_what_depends_on_the_case(source):
    assert faults(source, types=lambda name: name == "tEigen") == []


def test_a_cell_is_looked_at_part_by_part():
    source = '< 5, > "a" + 1, ? = x'
    (found,) = certain_faults(parse_unary_tests(source), source)
    assert source[found.position] == "+"


def test_names_of_the_surroundings_are_no_built_in_functions():
    assert faults("abs(1, 2)") != []
    assert faults("abs(1, 2)", names={"abs"}) == []


def test_a_function_that_exists_nowhere_is_named():
    tree = parse_expression("{f: function(g) g(1) + korting(2), r: f(abs)}.r + count(x)")
    assert [name for name, _ in unknown_calls(tree, ())] == ["korting"]
    assert unknown_calls(tree, {"korting"}) == []


_CONSTANTS = st.recursive(
    st.sampled_from(["1", '"a"', "true", "null", "[1]", '@"P1D"', "{a: 1}"]),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/<=>"), inner),
        st.builds("upper case({})".format, inner),
        st.builds("substring({}, {})".format, inner, inner),
    ),
    max_leaves=5,
)


@settings(max_examples=200, deadline=None)
@given(source=_CONSTANTS)
def test_of_constants_exactly_what_happens_is_found(source):
    found = {fault.position for fault in faults(source)}
    told = compile_expression(source).evaluate({}, ENV).diagnoses
    assert bool(found) == any(not one.minor for one in told)
    assert found <= {one.position for one in told}


@pytest.mark.parametrize("attack", CORPUS)
def test_looking_costs_little_whatever_it_looks_at(attack):
    source = CORPUS[attack]
    try:
        tree = compile_expression(source).tree
    except ExpressionError:
        return
    with costs_at_most(0.5):
        found = certain_faults(tree, source, names=scope())
    assert all(0 <= fault.position <= len(source) and fault.message for fault in found)
