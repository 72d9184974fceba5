"""What is certainly wrong inside an expression of a model is a finding with its place."""

from xml.sax.saxutils import escape

import pytest

from service.dmn import check_dmn, read_dmn


def decision(text):
    return (
        f'<decision id="d" name="d"><literalExpression id="l"><text>{escape(text)}</text>'
        "</literalExpression></decision>"
    )


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ('score + (1 + "a")', "expression-fault", "positie 12"),
        ('score = date("2026-02-31")', "expression-fault", "geen datum"),
        ("substring(score)", "expression-fault", "argumenten"),
        ("score instance of tOnbekend", "expression-fault", "tOnbekend"),
        ("korting(score)", "unknown-function", "'korting'"),
    ],
)
def test_a_fault_is_a_warning_with_its_position_and_reason(wrap, text, code, said):
    (found,) = check_dmn(wrap(decision(text)), file="a.dmn")
    assert (found.code, found.element_id, found.severity) == (code, "l", "warning")
    assert said in found.reason
    assert read_dmn(wrap(decision(text)), file="a.dmn")


def test_a_fault_in_a_cell_is_found_there(wrap, table):
    rows = [['< 1 + "a"', "1"], ["-", "1"]]
    found = check_dmn(wrap(table(rows, policy='hitPolicy="FIRST"')), file="a.dmn")
    assert "expression-fault" in {one.code for one in found}


def test_types_and_functions_of_the_model_exist(wrap):
    shared = (
        '<itemDefinition name="tScore"><typeRef>number</typeRef></itemDefinition>'
        '<businessKnowledgeModel id="k" name="korting"><encapsulatedLogic>'
        '<formalParameter name="n"/>'
        "<literalExpression><text>n * 2</text></literalExpression></encapsulatedLogic>"
        "</businessKnowledgeModel>"
    )
    text = "if score instance of tScore then korting(score) else 0"
    assert check_dmn(wrap(shared, decision(text)), file="a.dmn") == []
