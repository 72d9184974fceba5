"""What a DMN file says is read whole, whoever wrote it, and hostile files are refused."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.dmn import Outcome, check_dmn, decision_ids, model, read_dmn
from service.dmn.read import NAMESPACES, read_model
from service.domain.errors import Unreadable
from service.feel import Environment


def test_a_table_is_read_with_its_columns_rules_and_places(wrap, table):
    read = read_model(wrap(table([[">= 3", '"hoog"'], ["-", '"laag"']])), file="a.dmn")
    decision = read.nodes["besluit"]
    assert isinstance(decision, model.DecisionNode)
    assert isinstance(decision.box, model.TableBox)
    assert decision.box.hit_policy == "UNIQUE"
    assert [column.expression.text for column in decision.box.inputs] == ["score"]
    assert [rule.id for rule in decision.box.rules] == ["regel_1", "regel_2"]
    assert decision.box.rules[0].tests[0].text == ">= 3"
    assert decision.box.rules[0].tests[0].line == 1


def test_missing_ids_are_made_up(wrap):
    content = wrap(
        '<decision name="Zonder id"><decisionTable><input><inputExpression><text>a</text>'
        "</inputExpression></input><output/><rule><inputEntry><text>-</text></inputEntry>"
        "<outputEntry><text>1</text></outputEntry></rule></decisionTable></decision>"
    )
    (node,) = read_model(content, file="a.dmn").nodes.values()
    assert isinstance(node, model.DecisionNode)
    assert node.id == "decision-1"
    assert isinstance(node.box, model.TableBox)
    assert node.box.rules[0].id == "rij-1"


def test_references_within_the_file_lose_their_namespace(wrap):
    content = wrap(
        '<inputData id="i" name="i"/><decision id="d" name="d"><informationRequirement>'
        '<requiredInput href="urn:proef#i"/></informationRequirement><informationRequirement>'
        '<requiredInput href="urn:ander#x"/></informationRequirement></decision>'
    )
    node = read_model(content, file="a.dmn").nodes["d"]
    assert isinstance(node, model.DecisionNode)
    assert node.requires == ("i", "urn:ander#x")


def test_decision_ids_can_be_had_without_compiling(wrap, table):
    assert decision_ids(wrap(table([["-", "1 +"]]))) == ("besluit",)
    assert decision_ids(b"geen xml") == ()


@pytest.mark.parametrize("namespace", sorted(NAMESPACES))
def test_every_version_from_1_2_on_is_read(namespace):
    content = f'<definitions xmlns="{namespace}"/>'.encode()
    assert read_model(content, file="a.dmn").nodes == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"geen xml",
        b"<definitions/>",
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
        b'<!DOCTYPE x [<!ENTITY a "b">]><definitions/>',
    ],
)
def test_what_is_no_decision_model_is_unreadable(content):
    with pytest.raises(Unreadable):
        read_model(content, file="a.dmn")
    (finding,) = check_dmn(content, file="a.dmn")
    assert finding.severity == "error"
    assert finding.way_out


@given(st.binary(max_size=200))
def test_a_check_never_raises_on_bytes(content):
    check_dmn(content, file="a.dmn")


TEXTS = st.text(alphabet='-<>=.,"[]() abcd0129?nul+*/{}:@', max_size=20)


@settings(deadline=None)  # a busy machine is slow, which says nothing here
@given(st.lists(st.lists(TEXTS, max_size=4), max_size=4), TEXTS, TEXTS)
def test_whatever_the_cells_hold_a_check_reports_and_a_decision_decides(rows, expression, policy):
    root = "".join(
        "<rule>"
        + "".join(f"<inputEntry><text><![CDATA[{cell}]]></text></inputEntry>" for cell in row[:2])
        + "".join(f"<outputEntry><text><![CDATA[{cell}]]></text></outputEntry>" for cell in row[2:])
        + "</rule>"
        for row in rows
        if not any("]]>" in cell for cell in row)
    )
    safe = "".join(c for c in policy if c.isalnum())
    content = (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="d" '
        f'name="d"><decisionTable hitPolicy="{safe}"><input><inputExpression><text><![CDATA['
        f"{expression if ']]>' not in expression else ''}]]></text></inputExpression></input>"
        f"<output/>{root}</decisionTable></decision></definitions>"
    ).encode()
    for finding in check_dmn(content, file="a.dmn"):
        assert finding.reason
        assert finding.way_out
    env = Environment(now=datetime(2026, 3, 2, 9, tzinfo=UTC))
    definitions = read_dmn(content, file="a.dmn", strict=False)
    assert isinstance(definitions.decide("d", {"a": 1, "b": [2]}, env), Outcome)
