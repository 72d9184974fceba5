"""Who keeps tables and diagrams hears through the API what is wrong with them."""

from pathlib import Path
from typing import Any

import pytest

from tests.api.conftest import ApiOffice

ROOT = Path(__file__).parents[2]
TABLE = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="d" name="S">'
    '<decisionTable id="t"><input><inputExpression><text>score</text></inputExpression></input>'
    '<output/><rule id="r1"><inputEntry><text>&lt; 5</text></inputEntry><outputEntry><text>1</text>'
    '</outputEntry></rule><rule id="r2"><inputEntry><text>&gt; 5</text></inputEntry><outputEntry>'
    "<text>2</text></outputEntry></rule></decisionTable></decision></definitions>"
)


def check(quiet_api: ApiOffice, file: str, content: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = quiet_api.send(
        "oov", "/checks", {"file": file, "content": content}
    )["findings"]
    return found


def test_a_gap_in_a_table_is_told_with_an_example(quiet_api: ApiOffice) -> None:
    (finding,) = check(quiet_api, "snel.dmn", TABLE)
    assert (finding["code"], finding["severity"], finding["element"]) == ("gap", "warning", "t")
    assert "score = 5" in finding["reason"]


@pytest.mark.parametrize("pattern", ["processes/*/*.dmn", "forms/meldroute_signaal/*.form"])
def test_what_is_published_has_no_errors(quiet_api: ApiOffice, pattern: str) -> None:
    for path in ROOT.glob(pattern):
        found = check(quiet_api, path.name, path.read_text())
        assert [one for one in found if one["severity"] == "error"] == []


@pytest.mark.parametrize("file", ["a.dmn", "a.bpmn", "a.form"])
def test_what_cannot_be_read_is_a_finding(quiet_api: ApiOffice, file: str) -> None:
    assert check(quiet_api, file, "geen van beide")[0]["severity"] == "error"


def test_another_kind_of_file_is_refused_by_name(quiet_api: ApiOffice) -> None:
    refused = quiet_api.ask("oov", "POST", "/checks", json={"file": "a.txt", "content": "x"})
    assert refused.status_code == 422
    assert "file" in str(refused.json)


def test_nobody_checks_without_a_token(quiet_api: ApiOffice) -> None:
    refused = quiet_api.ask(None, "POST", "/checks", json={"file": "a.dmn", "content": TABLE})
    assert refused.status_code == 401


def test_a_table_is_checked_with_the_models_it_imports(quiet_api: ApiOffice) -> None:
    models = ROOT / "tests" / "unit" / "dmn" / "models"
    asked = {"file": "termijn.dmn", "content": (models / "termijn.dmn").read_text()}
    (alone,) = quiet_api.send("oov", "/checks", asked)["findings"]
    assert (alone["code"], alone["severity"]) == ("unknown-import", "error")
    beside = [{"file": "normen.dmn", "content": (models / "normen.dmn").read_text()}]
    assert quiet_api.send("oov", "/checks", {**asked, "beside": beside})["findings"] == []
