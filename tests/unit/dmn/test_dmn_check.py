"""What a check says about a model: every fault has a place, a reason and a way out."""

import pytest

from service.dmn import check_dmn, read_dmn
from service.domain.errors import Refused


def codes(content):
    return [finding.code for finding in check_dmn(content, file="a.dmn")]


def test_a_good_table_has_no_findings(wrap, table):
    assert check_dmn(wrap(table([["> 1", "1"], ["<= 1", "2"]])), file="a.dmn") == []


def test_an_unparsable_cell_names_its_place(wrap):
    content = wrap(
        '<decision id="d" name="d"><decisionTable><input><inputExpression id="in">'
        "<text>a b +</text>"
        '</inputExpression></input><output/><rule id="r"><inputEntry id="cel"><text>1 +'
        '</text></inputEntry><outputEntry id="uit"><text>Brug</text></outputEntry></rule>'
        "</decisionTable></decision>"
    )
    found = {finding.element_id: finding for finding in check_dmn(content, file="a.dmn")}
    assert found["cel"].code == "unparsable-expression"
    assert "positie" in found["cel"].reason
    assert found["cel"].severity == "error"
    assert "in" in found


@pytest.mark.parametrize(
    ("rules", "options", "code"),
    [
        ([["> 1", "1"]], {"policy": 'hitPolicy="LAST"'}, "unknown-hit-policy"),
        (
            [["> 1", "1"]],
            {"policy": 'hitPolicy="COLLECT" aggregation="MEAN"'},
            "unknown-hit-policy",
        ),
        ([["odd(?)", "1"]], {"policy": 'hitPolicy="FIRST"'}, "no-catch-all"),
        ([["> 1", "1"]], {"policy": 'hitPolicy="FIRST"'}, "gap"),
        ([["> 1", "hoog"]], {}, "bare-word"),
        ([["hoog", "1"]], {}, "bare-word"),
        ([["-", "1"], ["> 1", "2"]], {"policy": 'hitPolicy="FIRST"'}, "unreachable-rule"),
        ([["> 1", "1"], ["> 1", "2"]], {}, "duplicate-rule"),
        ([["> 1", "1", "2"]], {}, "output-count"),
        ([["> 1"]], {}, "output-count"),
        ([[]], {}, "input-count"),
        ([], {}, "empty-table"),
        ([["-", "1", "2"]], {"outputs": ("a", "a")}, "output-names"),
        (
            [["-", "1", "2"]],
            {"outputs": ("a", "b"), "policy": 'hitPolicy="COLLECT" aggregation="SUM"'},
            "aggregation-of-several-outputs",
        ),
    ],
)
def test_a_fault_of_a_table_is_found(wrap, table, rules, options, code):
    assert code in codes(wrap(table(rules, **options)))


def test_a_catch_all_or_a_default_satisfies_first(wrap, table):
    first = 'hitPolicy="FIRST"'
    default = {"uitkomst": "<defaultOutputEntry><text>0</text></defaultOutputEntry>"}
    assert codes(wrap(table([["> 1", "1"], ["-", "0"]], policy=first))) == []
    assert codes(wrap(table([["> 1", "1"]], policy=first, output_extra=default))) == []


def test_missing_and_circular_requirements_are_found(wrap):
    def needs(name, target):
        return (
            f'<decision id="{name}" name="{name}"><informationRequirement><requiredDecision '
            f'href="#{target}"/></informationRequirement><literalExpression><text>1</text>'
            "</literalExpression></decision>"
        )

    assert codes(wrap(needs("a", "weg"))) == ["unknown-requirement"]
    assert codes(wrap(needs("a", "b"), needs("b", "a"))) == ["requirement-cycle"] * 2


def test_a_decision_without_logic_an_unknown_type_and_a_missing_import_are_found(wrap):
    content = wrap(
        '<import name="x" namespace="urn:x"/>'
        '<decision id="d" name="d"><variable name="d" typeRef="tWeg"/></decision>'
    )
    assert set(codes(content)) == {"no-logic", "unknown-type", "unknown-import"}


def test_a_cell_in_another_language_is_an_error(wrap, table):
    content = wrap(table([["> 1", "1"], ["<= 1", "2"]])).replace(
        b"<outputEntry>", b'<outputEntry expressionLanguage="javascript">', 1
    )
    assert codes(content) == ["unknown-expression-language"]


def test_a_file_without_a_decision_is_a_warning(wrap):
    (finding,) = check_dmn(wrap(), file="a.dmn")
    assert (finding.code, finding.severity) == ("no-decision", "warning")


def test_an_external_function_is_a_warning(wrap):
    content = wrap(
        '<businessKnowledgeModel id="f" name="f"><encapsulatedLogic kind="Java"/>'
        "</businessKnowledgeModel>"
    )
    assert "external-function" in codes(content)


def test_reading_refuses_errors_but_not_warnings(wrap, table):
    with pytest.raises(Refused, match="trefferbeleid") as refused:
        read_dmn(wrap(table([["-", "1"]], policy='hitPolicy="LAST"')), file="a.dmn")
    assert refused.value.findings[0].code == "unknown-hit-policy"
    warned = wrap(table([["> 1", "1"]], policy='hitPolicy="FIRST"'))
    assert read_dmn(warned, file="a.dmn").decisions
