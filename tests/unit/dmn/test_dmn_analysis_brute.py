"""The analysis of a table agrees with trying every input."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from types import SimpleNamespace
from typing import Any
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from service.dmn import check_dmn, read_dmn
from service.feel import Environment

ENV = Environment(now=datetime(2026, 3, 2, 9, tzinfo=UTC))
FIRST_DAY = date(2026, 1, 1)


def ordered(known, spell):
    """Cells of a column whose values have an order."""
    value = st.sampled_from(known).map(spell)
    sign = st.sampled_from(["<", "<=", ">", ">=", "=", "!=", ""])
    pair = st.tuples(*[st.sampled_from(range(len(known)))] * 2).map(sorted)
    ends = st.tuples(st.sampled_from("[("), pair, st.sampled_from("])"))
    bounds = ends.map(lambda e: f"{e[0]}{spell(known[e[1][0]])}..{spell(known[e[1][1]])}{e[2]}")
    compare = st.tuples(sign, value).map(" ".join)
    asking = st.tuples(st.sampled_from(["<", ">=", "="]), value).map(lambda p: f"? {p[0]} {p[1]}")
    either = st.tuples(asking, st.sampled_from(["and", "or"]), asking).map(" ".join)
    one = st.one_of(compare, bounds)
    return st.one_of(one, st.lists(one, min_size=2, max_size=2).map(", ".join), either)


def listed(known):
    """Cells of a column of separate values."""
    return st.lists(st.sampled_from(known), min_size=1, max_size=2).map(", ".join)


def column(cells, grid):
    either = st.one_of(st.just("-"), cells, cells, cells.map(lambda cell: f"not({cell})"))
    return SimpleNamespace(cells=st.one_of(either, either, either, st.just("null")), grid=grid)


COLUMNS = [
    column(ordered(range(6), str), [Decimal(n) / 2 for n in range(-2, 13)]),
    column(listed(['"a"', '"b"', '"c"']), ["a", "b", "c", "d"]),
    column(listed(["true", "false"]), [True, False]),
    column(
        ordered(range(2, 8), lambda n: f'@"2026-01-0{n}"'),
        [FIRST_DAY + timedelta(days=n) for n in range(9)],
    ),
    column(
        ordered(range(2, 6), lambda n: f'@"PT{n}H"'),
        [timedelta(hours=n / 2) for n in range(2, 14)],
    ),
]


@st.composite
def tables(draw):
    columns = draw(st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=2))
    count = draw(st.integers(1, 5))
    rules = [[draw(one.cells) for one in columns] for _ in range(count)]
    grids = [
        [*one.grid, *([None] if any("null" in rule[place] for rule in rules) else [])]
        for place, one in enumerate(columns)
    ]
    return rules, grids


def written(rules, policy):
    entries = "".join(
        f'<rule id="r{number}">'
        + "".join(f"<inputEntry><text>{escape(cell)}</text></inputEntry>" for cell in rule)
        + f"<outputEntry><text>{number}</text></outputEntry></rule>"
        for number, rule in enumerate(rules, 1)
    )
    inputs = "".join(
        f"<input><inputExpression><text>i{n}</text></inputExpression></input>"
        for n in range(len(rules[0]))
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="urn:p">'
        f'<decision id="d" name="d"><decisionTable id="t" hitPolicy="{policy}">{inputs}'
        f'<output name="o"/>{entries}</decisionTable></decision></definitions>'
    ).encode()


def tried(rules: list[list[str]], grids: list[list[Any]]) -> list[tuple[int, ...]]:
    """Per input the rules that hold."""
    definitions = read_dmn(written(rules, "COLLECT"), file="a.dmn")
    return [
        tuple(int(n) for n in definitions.decide("d", scope, ENV).value)
        for values in product(*grids)
        if (scope := {f"i{n}": value for n, value in enumerate(values)}) is not None
    ]


def said(rules, policy):
    findings = check_dmn(written(rules, policy), file="a.dmn")
    assert not [item for item in findings if item.code in ("not-analysed", "type-clash")]
    return findings


@given(tables())
def test_a_gap_is_found_exactly_when_some_input_has_no_rule(table):
    rules, grids = table
    gap = any(not hits for hits in tried(rules, grids))
    for policy in ("UNIQUE", "FIRST", "ANY"):
        assert any(item.code == "gap" for item in said(rules, policy)) is gap


@given(tables())
def test_two_rules_overlap_exactly_when_some_input_has_both(table):
    rules, grids = table
    both = {(one, two) for hits in tried(rules, grids) for one in hits for two in hits if one < two}
    same = {
        (one + 1, two + 1)
        for one, two in product(range(len(rules)), repeat=2)
        if one < two and rules[one] == rules[two]
    }
    told = {
        tuple(int(word) for word in item.reason.split() if word.isdigit())[:2]
        for item in said(rules, "UNIQUE")
        if item.code == "overlapping-rules"
    }
    assert told == both - same


@given(tables())
def test_a_rule_is_unreachable_exactly_when_it_is_never_the_first(table):
    rules, grids = table
    reached = {hits[0] for hits in tried(rules, grids) if hits}
    never = {f"r{number}" for number in range(1, len(rules) + 1) if number not in reached}
    findings = said(rules, "FIRST")
    assert {item.element_id for item in findings if item.code == "unreachable-rule"} == never
