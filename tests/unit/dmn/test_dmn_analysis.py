"""What the analysis of a table says, and what it leaves unsaid."""

import pytest

from service.dmn import check_dmn

UNIQUE, FIRST, ANY, COLLECT = (
    {"policy": f'hitPolicy="{name}"'} for name in ("UNIQUE", "FIRST", "ANY", "COLLECT")
)


@pytest.fixture
def found(wrap, table):
    """The findings of a table as (code, reason)."""

    def check(rules, *, types="", **options):
        findings = check_dmn(wrap(types, table(rules, **options)), file="a.dmn")
        assert all(item.severity == "warning" for item in findings), findings
        return [(item.code, item.reason) for item in findings]

    return check


def codes(findings):
    return [code for code, _ in findings]


@pytest.mark.parametrize(
    ("cells", "example"),
    [
        (["< 5", "> 5"], "score = 5"),
        (["<= 5", ">= 7"], "score = 6"),
        (["<= 5", "> 5.5"], "score = 5.25"),
        (["[1..5]", "> 5"], "score = 0"),
        (['"a"', '"b"'], "score is een andere tekst"),
        (["true"], "score = false"),
        (['< @"2026-01-01"', '> @"2026-01-01"'], 'score = @"2026-01-01"'),
        (['<= date("2026-01-01")', '>= date("2026-01-03")'], 'score = @"2026-01-02"'),
        (['< @"10:00:00"', '>= @"10:00:02"'], 'score = @"10:00:00"'),
        (['<= @"P1D"', '> @"P2D"'], 'score = @"P1DT1H"'),
        (['<= @"P1M"', '>= @"P3M"'], 'score = @"P2M"'),
        (['< @"2026-01-01T10:00:00"', '> @"2026-01-01T10:00:00"'], "2026-01-01T10:00:00"),
        (["not(5)"], "score = 5"),
        (["? < 5 or ? > 7"], "score = 5"),
        (["? between 1 and 5", "< 1"], "score = 6"),
        (["? in [1..5]", "< 1"], "score = 6"),
        (["null", "< 5", ">= 6"], "score = 5"),
    ],
)
def test_a_gap_has_an_example(found, cells, example):
    ((code, reason),) = found([[cell, "1"] for cell in cells], **UNIQUE)
    assert code == "gap"
    assert example in reason


@pytest.mark.parametrize(
    "cells",
    [
        ["< 5", ">= 5"],
        ["< 5", "[5..7)", "7", "> 7"],
        ["not(5)", "5"],
        ['"a"', 'not("a")'],
        ["true", "false"],
        ['<= @"2026-01-01"', '>= @"2026-01-02"'],
        ['<= @"P1M"', '>= @"P2M"'],
        ['<= @"10:00:00"', '>= @"10:00:01"'],
        ["? < 5", "not(? < 5)"],
        ["null", "not(null)"],
        ["odd(?)", "even(?)"],
    ],
)
def test_a_table_that_is_complete_has_no_findings(found, cells):
    assert found([[cell, "1"] for cell in cells], **UNIQUE) == []


@pytest.mark.parametrize(
    ("cells", "example"),
    [
        (["< 5", "> 3"], "score = 4"),
        (["<= 5", ">= 5"], "score = 5"),
        (['"a"', '"a", "b"', 'not("a", "b")'], 'score = "a"'),
        (["true", "false, true"], "score = true"),
    ],
)
def test_rules_that_hold_at_the_same_time_have_an_example(found, cells, example):
    ((code, reason),) = found([[cell, "1"] for cell in cells], **UNIQUE)
    assert code == "overlapping-rules"
    assert "regels 1 en 2" in reason
    assert example in reason


def test_rules_with_the_same_outcome_may_overlap_where_any_will_do(found):
    rules = [["< 5", '"x"'], ["> 3", '"x"'], ["> 8", '"y"']]
    assert codes(found(rules, **ANY)) == ["overlapping-rules"]


def test_tables_that_gather_may_overlap_and_have_gaps(found):
    assert found([["< 5", "1"], ["> 3", "2"]], **COLLECT) == []


def test_columns_count_together(found):
    rules = [["< 5", '"a"', "1"], [">= 5", "-", "2"], ["< 3", 'not("a")', "3"]]
    ((code, reason),) = found(rules, inputs=("score", "soort"), **UNIQUE)
    assert code == "gap"
    assert "score = 3" in reason
    assert "soort is een andere tekst" in reason


def test_an_expression_that_stands_in_two_columns_is_one_thing(found):
    rules = [["< 5", "> 3", "1"], ["<= 3", "-", "2"], ["-", ">= 5", "3"]]
    assert found(rules, inputs=("score", "score"), **UNIQUE) == []


def test_a_rule_that_earlier_rules_leave_nothing_is_never_reached(found):
    rules = [["< 5", "1"], ["> 3", "2"], ["[1..9]", "3"], ["-", "4"]]
    findings = found(rules, **FIRST)
    assert codes(findings) == ["unreachable-rule", "unreachable-rule"]
    assert "regel 3" in findings[0][1]


def test_a_rule_with_less_priority_is_never_reached(found):
    rules = [["> 3", '"laag"'], ["-", '"hoog"']]
    allowed = '<outputValues><text>"hoog", "laag"</text></outputValues>'
    findings = found(rules, policy='hitPolicy="PRIORITY"', output_extra={"uitkomst": allowed})
    assert codes(findings) == ["unreachable-rule"]
    assert "regel 1" in findings[0][1]


def test_only_allowed_values_count(found):
    allowed = {"score": '<inputValues><text>"a", "b"</text></inputValues>'}
    assert found([['"a"', "1"], ['"b"', "2"]], extra=allowed, **UNIQUE) == []
    findings = found([['"a"', "1"], ['"c"', "2"]], extra=allowed, **UNIQUE)
    assert codes(findings) == ["unreachable-rule", "gap"]


TYPES = (
    '<itemDefinition name="tKleur"><typeRef>string</typeRef><allowedValues><text>"rood", "wit"'
    '</text></allowedValues></itemDefinition><itemDefinition name="tAuto"><itemComponent '
    'name="kleur"><typeRef>tKleur</typeRef></itemComponent></itemDefinition>'
    '<inputData id="auto" name="auto"><variable name="auto" typeRef="tAuto"/></inputData>'
)


def test_the_values_of_a_declared_type_count(found):
    rules = [['"rood"', "1"], ['"wit"', "2"]]
    assert found(rules, inputs=("auto.kleur",), types=TYPES, **UNIQUE) == []
    findings = found([['"rood"', "1"]], inputs=("auto.kleur",), types=TYPES, **UNIQUE)
    assert 'auto.kleur = "wit"' in findings[0][1]


@pytest.mark.parametrize(
    ("rules", "options"),
    [
        ([["odd(?)", "1"], ["> 3", "2"]], UNIQUE),
        ([['list contains(?, "a")', "1"], ['list contains(?, "b")', "2"], ["-", "3"]], FIRST),
        ([["> grens", "1"], ["<= grens", "2"]], UNIQUE),
        ([['< "m"', "1"], ['>= "m"', "2"]], UNIQUE),
        ([['@"10:00:00Z"', "1"], ['@"11:00:00"', "2"]], UNIQUE),
    ],
)
def test_what_depends_on_an_unknown_condition_is_not_reported(found, rules, options):
    assert found(rules, **options) == []


def test_what_is_sure_is_reported_beside_an_unknown_condition(found):
    rules = [["odd(?)", "< 5", "1"], ["-", "< 3", "2"], ["even(?)", "> 9", "3"]]
    findings = found(rules, inputs=("score", "soort"), **UNIQUE)
    assert codes(findings) == ["overlapping-rules", "gap"]
    assert "soort = 5" in findings[1][1]


def test_an_input_that_never_matters_is_told(found):
    assert codes(found([["-", "1"]], **UNIQUE)) == ["unused-input"]


@pytest.mark.parametrize("cells", [["1", '"a"'], ["true", "> 5"], ['@"2026-01-01"', "[1..2]"]])
def test_cells_of_different_kinds_in_one_column_clash(found, cells):
    findings = found([[cell, "1"] for cell in cells], **UNIQUE)
    assert codes(findings) == ["type-clash"]
    assert "regel 2" in findings[0][1]


def test_cells_clash_with_the_declared_type(found):
    types = '<inputData id="s" name="score"><variable name="score" typeRef="number"/></inputData>'
    assert codes(found([['"a"', "1"]], types=types, **UNIQUE)) == ["type-clash"]


def test_an_outcome_that_is_not_allowed_is_told(found):
    allowed = {"uitkomst": "<outputValues><text>1, 2</text></outputValues>"}
    assert codes(found([["< 5", "3"], [">= 5", "1"]], output_extra=allowed)) == [
        "output-not-allowed"
    ]


def test_a_table_that_is_too_large_says_so(found):
    rules = [
        [*(f"[{(r * 7 + n) % 50}..{(r * 7 + n) % 50 + 20}]" for n in range(8)), f"{r}"]
        for r in range(60)
    ]
    findings = found(rules, inputs=[f"i{n}" for n in range(8)], **FIRST)
    assert codes(findings) == ["not-analysed"]
