from datetime import date

import pytest


def test_if_takes_the_else_branch_unless_the_condition_is_true(feel):
    assert feel('if 1 < 2 then "ja" else "nee"') == "ja"
    assert feel('if null then "ja" else "nee"') == "nee"
    assert feel('if 1 then "ja" else "nee"') == "nee"


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("for i in [1, 2] return i * i", [1, 4]),
        ("for i in 3..1 return i", [3, 2, 1]),
        ("for i in [1, 2], j in [i, 10] return i + j", [2, 11, 4, 12]),
        ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", [1, 1, 2, 6, 24]),
        ("for i in [1..3) return i", [1, 2]),
        ("for i in 5 return i", [5]),
        ('for d in @"2026-02-28"..@"2026-03-01" return d', [date(2026, 2, 28), date(2026, 3, 1)]),
        ("for i in [] return i", []),
        ("for i in null return i", None),
        ('for i in "a".."c" return i', None),
    ],
)
def test_for(feel, source, value):
    assert feel(source) == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("some x in [1, 2] satisfies x > 1", True),
        ("some x in [1, 2] satisfies x > 2", False),
        ("some x in [1, null] satisfies x > 1", None),
        ("every x in [1, 2] satisfies x > 0", True),
        ("every x in [1, null] satisfies x > 1", False),
        ("every x in [] satisfies x", True),
        ("some x in [1, 2], y in [2, 3] satisfies x = y", True),
    ],
)
def test_some_and_every(feel, source, value):
    assert feel(source) is value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("[10, 20, 30][2]", 20),
        ("[10, 20, 30][-1]", 30),
        ("[10, 20, 30][4]", None),
        ("[10, 20, 30][item > 15]", [20, 30]),
        ("[{a: 1}, {a: 2}][a = 2].a", [2]),
        ("[{item: 1}, {item: 5}][item > 2]", [{"item": 5}]),
        ("5[1]", 5),
        ("[][1]", None),
        ("[][item > 1]", []),
        ("[1, 2, 3][count([1, 2])]", 2),
    ],
)
def test_filters(feel, source, value):
    assert feel(source) == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("{a: {b: 5}}.a.b", 5),
        ("[{a: 1}, {b: 2}].a", [1, None]),
        ("null.a", None),
        ('@"2026-03-06".weekday', 5),
        ('@"2026-03-06T13:20:00+01:00".time offset.hours', 1),
        ('@"2026-03-06T13:20:00@Europe/Amsterdam".timezone', "Europe/Amsterdam"),
        ('@"P1Y6M".months', 6),
        ('@"-P1DT2H".hours', -2),
        ("[1..5).end included", False),
        ("(> 5).start", 5),
        ("(> 5).end", None),
        ("]1..10[.start included", False),
    ],
)
def test_paths(feel, source, value):
    assert feel(source) == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("(function(a, b) a - b)(5, 3)", 2),
        ("(function(a, b) a - b)(b: 5, a: 3)", -2),
        ('(function(a: number) a)("x")', None),
        ("(function(a: number) a)([4])", 4),
        ("(function(a) a)(1, 2)", None),
        ("{tel: function(n) if n = 0 then 0 else n + tel(n - 1), som: tel(10)}.som", 55),
        ("(function(a) function(b) a + b)(1)(2)", 3),
        ("{f: abs, r: f(-2)}.r", 2),
        ("{count: 3, r: count([1, 2])}.r", 2),
    ],
)
def test_functions(feel, source, value):
    assert feel(source) == value


def test_names_may_hold_spaces_without_being_declared(feel):
    assert feel("{naam van de melder: 1, b: naam van de melder + 1}.b") == 2


def test_names_may_hold_signs_and_keywords_when_they_are_declared(result):
    scope = {"a-b": 5, "start and end": 2, "a": 1}
    assert result("a-b + a", names=("a-b", "a"), **scope).value == 6
    assert result("start and end = 2", names=("start and end",), **scope).value is True
