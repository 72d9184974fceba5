"""``meldroute decide`` answers one decision."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main

MODELS = Path(__file__).parents[1] / "dmn" / "models"
DMN = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="urgentie" '
    'name="Hoe snel?"><decisionTable><input><inputExpression><text>signaal.score</text>'
    '</inputExpression></input><output/><rule id="hoog"><inputEntry><text>&gt; 1</text>'
    "</inputEntry><outputEntry><text>{{a: score * 2}}</text></outputEntry></rule>"
    '<rule id="laag"><inputEntry><text>{second}</text></inputEntry><outputEntry>'
    '<text>"laag"</text></outputEntry></rule></decisionTable></decision></definitions>'
)


@pytest.fixture
def decide(tmp_path):
    def decided(*arguments, second="&lt;= 1"):
        path = tmp_path / "a.dmn"
        path.write_text(DMN.format(second=second))
        return CliRunner().invoke(main, ["decide", str(path), *arguments])

    return decided


def test_the_outcome_is_json(decide):
    context = '{"signaal": {"score": 3}, "score": 1.5}'
    result = decide("urgentie", "--context", context)
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"a": 3}


def test_a_decision_can_be_called_by_name(decide):
    result = decide("Hoe snel?", "--context", '{"signaal": {"score": 0}}', "--json")
    assert json.loads(result.stdout) == {"value": "laag", "matched": ["laag"], "diagnoses": []}


def test_the_context_can_come_from_a_file(decide, tmp_path):
    (tmp_path / "in.json").write_text('{"signaal": {"score": 0}}')
    result = decide("urgentie", "--context", f"@{tmp_path / 'in.json'}")
    assert json.loads(result.stdout) == "laag"


def test_no_outcome_tells_why_and_has_exit_code_1(decide):
    result = decide("urgentie", "--context", '{"signaal": {"score": 3}}', second="&gt; 2")
    assert result.exit_code == 1
    assert result.stdout == "null\n"
    assert "hoog, laag" in result.stderr


def test_an_unknown_decision_names_the_known_ones(decide):
    result = decide("anders")
    assert result.exit_code == 1
    assert "urgentie" in result.output


@pytest.mark.parametrize("given", ["{", "[]", "@bestaat-niet.json"])
def test_a_context_that_is_no_object_is_a_usage_error(decide, given):
    assert decide("urgentie", "--context", given).exit_code == 2


def test_what_a_model_imports_is_found_beside_it():
    path = MODELS / "termijn.dmn"
    result = CliRunner().invoke(
        main, ["decide", str(path), "termijn", "--context", '{"leeftijd": 17}']
    )
    assert (result.exit_code, result.output) == (0, "2\n")


@pytest.mark.parametrize("named", ["elders", "elders/normen.dmn"])
def test_what_a_model_imports_can_be_named(tmp_path, named):
    (tmp_path / "elders").mkdir()
    shutil.copy(MODELS / "normen.dmn", tmp_path / "elders")
    path = shutil.copy(MODELS / "termijn.dmn", tmp_path)
    asked = ["decide", str(path), "termijn", "--context", '{"leeftijd": 18}']
    alone = CliRunner().invoke(main, asked)
    assert alone.exit_code == 1
    assert "normen" in alone.output
    result = CliRunner().invoke(main, [*asked, "--with", str(tmp_path / named)])
    assert (result.exit_code, result.output) == (0, "5\n")
