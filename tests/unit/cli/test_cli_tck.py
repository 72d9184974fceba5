"""``meldroute tck`` counts what passes, and shows what was expected and what came."""

import json

import pytest
from click.testing import CliRunner

from service.cli import main

MODEL = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="urn:a">'
    '<inputData id="i" name="wie"><variable name="wie" typeRef="string"/></inputData>'
    '<decision id="d" name="groet"><informationRequirement><requiredInput href="#i"/>'
    '</informationRequirement><literalExpression><text>"Dag " + wie</text></literalExpression>'
    "</decision></definitions>"
)
CASES = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<modelName>a.dmn</modelName>
<testCase id="1"><inputNode name="wie"><value xsi:type="xsd:string">Ada</value></inputNode>
<resultNode name="groet"><expected><value xsi:type="xsd:string">{expected}</value></expected>
</resultNode></testCase></testCases>"""


@pytest.fixture
def tck(tmp_path):
    def run(*options, expected="Dag Ada"):
        (tmp_path / "a.dmn").write_text(MODEL)
        (tmp_path / "a-test-01.xml").write_text(CASES.format(expected=expected))
        return CliRunner().invoke(main, ["tck", str(tmp_path), *options])

    return run


def test_a_kit_that_passes_is_counted(tck):
    result = tck()
    assert (result.exit_code, result.output) == (0, "1 geslaagd van 1\n")


def test_a_failure_shows_expected_and_actual(tck):
    result = tck(expected="Dag Bob")
    assert result.exit_code == 1
    assert "verwacht: Dag Bob" in result.output
    assert "gekregen: Dag Ada" in result.output


def test_the_result_as_json(tck):
    assert json.loads(tck("--json").output) == {"passed": 1, "total": 1, "failures": []}
    failed = json.loads(tck("--json", expected="x").output)
    assert failed["passed"] == 0
    assert failed["failures"] == [
        {
            "file": "a-test-01.xml",
            "case": "1",
            "node": "groet",
            "expected": "x",
            "actual": "Dag Ada",
        }
    ]
