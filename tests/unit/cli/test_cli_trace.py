"""``meldroute trace`` walks real diagrams, with the tables and processes that they need."""

import json

import pytest
from click.testing import CliRunner

from service.cli import main

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="defs" targetNamespace="urn:proef">'
)
FLOW = '<bpmn:sequenceFlow id="{0}_{1}" sourceRef="{0}" targetRef="{1}"/>'


def diagram(process, *elements, flows):
    joined = "".join(FLOW.format(source, target) for source, target in flows)
    return (
        f'{HEAD}<bpmn:process id="{process}" isExecutable="true">{"".join(elements)}{joined}'
        "</bpmn:process></bpmn:definitions>"
    )


MAIN = diagram(
    "hoofd",
    '<bpmn:startEvent id="begin"/>',
    '<bpmn:userTask id="invullen" name="Invullen"/>',
    '<bpmn:businessRuleTask id="bepalen"><bpmn:extensionElements><zeebe:calledDecision '
    'decisionId="niveau" resultVariable="uitkomst"/></bpmn:extensionElements>'
    "</bpmn:businessRuleTask>",
    '<bpmn:callActivity id="verder"><bpmn:extensionElements><zeebe:calledElement '
    'processId="deel" propagateAllChildVariables="false"/></bpmn:extensionElements>'
    "</bpmn:callActivity>",
    '<bpmn:endEvent id="klaar"/>',
    flows=[
        ("begin", "invullen"),
        ("invullen", "bepalen"),
        ("bepalen", "verder"),
        ("verder", "klaar"),
    ],
)
PART = diagram(
    "deel",
    '<bpmn:startEvent id="deel_begin"/>',
    '<bpmn:endEvent id="deel_klaar"/>',
    flows=[("deel_begin", "deel_klaar")],
)
TABLE = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="niveau" '
    'name="Niveau"><literalExpression><text>if score &gt; 1 then "hoog" else "laag"</text>'
    "</literalExpression></decision></definitions>"
)


@pytest.fixture
def folder(tmp_path):
    for name, files in {
        "hoofd": {"hoofd.bpmn": MAIN, "niveau.dmn": TABLE},
        "deel": {"deel.bpmn": PART},
    }.items():
        (tmp_path / name).mkdir()
        for file, content in files.items():
            (tmp_path / name / file).write_text(content)
    return tmp_path


def traced(*arguments):
    result = CliRunner().invoke(main, ["trace", *map(str, arguments), "--json"])
    return result.exit_code, json.loads(result.stdout)


def test_a_diagram_is_walked_with_its_table_and_the_process_it_calls(folder):
    (folder / "antwoorden.json").write_text('{"invullen": {"score": 2}}')
    code, outcome = traced(folder / "hoofd" / "hoofd.bpmn", "--answers", folder / "antwoorden.json")
    assert code == 0
    assert outcome["status"] == "completed", outcome
    assert outcome["completed"] == [
        "begin",
        "invullen",
        "bepalen",
        "deel_begin",
        "deel_klaar",
        "verder",
        "klaar",
    ]
    assert outcome["variables"]["uitkomst"] == "hoog"
    assert outcome["waiting"] == []
    assert outcome["error"] is None


def test_variables_are_given_and_tasks_without_answers_wait(folder):
    (folder / "antwoorden.json").write_text("{}")
    code, outcome = traced(
        folder / "hoofd",
        "--answers",
        folder / "antwoorden.json",
        "--variables",
        '{"score": 1}',
    )
    assert code == 0
    assert outcome["status"] == "waiting"
    assert outcome["waiting"] == ["invullen"]
    assert outcome["variables"]["score"] == 1


def test_a_folder_with_several_processes_asks_which(folder):
    result = CliRunner().invoke(main, ["trace", str(folder)])
    assert result.exit_code == 1
    assert "deel, hoofd" in result.output
    code, outcome = traced(folder, "--process", "deel")
    assert (code, outcome["completed"]) == (0, ["deel_begin", "deel_klaar"])


def test_a_refused_diagram_is_an_error_that_tells_why(tmp_path):
    bad = diagram("p", '<bpmn:startEvent id="begin"/>', flows=[("begin", "weg")])
    (tmp_path / "p.bpmn").write_text(bad)
    code, outcome = traced(tmp_path / "p.bpmn")
    assert code == 1
    assert outcome["status"] == "error"
    assert outcome["error"]["message"]


def test_an_unreadable_diagram_has_exit_code_2(tmp_path):
    (tmp_path / "p.bpmn").write_text("geen xml")
    assert CliRunner().invoke(main, ["trace", str(tmp_path / "p.bpmn")]).exit_code == 2


def test_without_json_the_steps_are_listed(folder):
    result = CliRunner().invoke(main, ["trace", str(folder / "deel" / "deel.bpmn")])
    assert result.exit_code == 0
    assert "✓ deel_klaar" in result.output
