"""``meldroute check`` names every fault, and its exit code tells whether there are any."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main

MODELS = Path(__file__).parents[1] / "dmn" / "models"
DMN = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="d" name="d">'
    '<decisionTable id="t" hitPolicy="{policy}"><input><inputExpression><text>score</text>'
    "</inputExpression></input><output/><rule><inputEntry><text>&gt; 1</text></inputEntry>"
    "<outputEntry><text>1</text></outputEntry></rule></decisionTable></decision></definitions>"
)


@pytest.fixture
def check(tmp_path):
    def checked(name, content, *options):
        path = tmp_path / name
        path.write_text(content)
        return CliRunner().invoke(main, ["check", str(path), *options])

    return checked


def test_a_clean_file_has_exit_code_0(check):
    result = check("a.dmn", DMN.format(policy="COLLECT"))
    assert (result.exit_code, result.output) == (0, "Geen bevindingen.\n")


def test_a_warning_is_listed_and_has_exit_code_0(check):
    result = check("a.dmn", DMN.format(policy="FIRST"), "--json")
    assert result.exit_code == 0
    (finding,) = json.loads(result.output)["findings"]
    assert finding["severity"] == "warning"
    assert finding["code"] == "gap"
    assert finding["element"] == "t"
    assert finding["file"].endswith("a.dmn")
    assert finding["reason"]
    assert finding["way_out"]


def test_an_error_has_exit_code_1(check):
    result = check("a.dmn", DMN.format(policy="LAST"))
    assert result.exit_code == 1
    assert "fout [unknown-hit-policy]" in result.output


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.dmn", "geen xml"),
        ("a.bpmn", "<!DOCTYPE a><a/>"),
        ("a.form", "{"),
        ("a.toml", "= ="),
        ("a.txt", "tekst"),
    ],
)
def test_an_unreadable_file_has_exit_code_2(check, name, content):
    result = check(name, content)
    assert result.exit_code == 2
    assert "fout [" in result.output


def test_a_missing_file_has_exit_code_2():
    assert CliRunner().invoke(main, ["check", "bestaat-niet.dmn"]).exit_code == 2


def test_a_profile_is_checked(check):
    good = 'id = "dorp"\nnaam = "Dorp"\n[rollen.oov]\nnaam = "OOV"\n'
    assert check("dorp.toml", good).exit_code == 0
    result = check("dorp.toml", good + 'achtervang = "weg"\n', "--json")
    assert result.exit_code == 1
    assert "achtervang" in json.loads(result.output)["findings"][0]["reason"]


def test_a_folder_is_checked_with_everything_below(tmp_path):
    (tmp_path / "diep").mkdir()
    (tmp_path / "diep" / "a.dmn").write_text(DMN.format(policy="LAST"))
    (tmp_path / "leesmij.md").write_text("tekst")
    result = CliRunner().invoke(main, ["check", str(tmp_path)])
    assert result.exit_code == 1
    assert "a.dmn" in result.output


def test_models_that_import_one_another_are_checked_together(tmp_path):
    for name in ("normen.dmn", "termijn.dmn"):
        (tmp_path / name).mkdir()
        shutil.copy(MODELS / name, tmp_path / name)
    reader = str(tmp_path / "termijn.dmn")
    alone = CliRunner().invoke(main, ["check", reader, "--json"])
    assert [one["code"] for one in json.loads(alone.output)["findings"]] == ["unknown-import"]
    assert alone.exit_code == 1
    missing = CliRunner().invoke(main, ["check", reader, str(tmp_path / "weg.dmn"), "--json"])
    assert missing.exit_code == 2
    result = CliRunner().invoke(main, ["check", reader, str(tmp_path / "normen.dmn")])
    assert (result.exit_code, result.output) == (0, "Geen bevindingen.\n")


def test_models_in_a_circle_are_refused_each(tmp_path):
    for own, other in (("a", "b"), ("b", "a")):
        (tmp_path / f"{own}.dmn").write_text(
            '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" '
            f'namespace="urn:{own}"><import name="{other}" namespace="urn:{other}"/>'
            '<decision id="d" name="d"><literalExpression><text>1</text></literalExpression>'
            "</decision></definitions>"
        )
    result = CliRunner().invoke(main, ["check", str(tmp_path), "--json"])
    findings = json.loads(result.output)["findings"]
    assert [one["code"] for one in findings] == ["import-cycle", "import-cycle"]
    assert result.exit_code == 1


@pytest.fixture
def folder(tmp_path):
    for name, content in (
        ("processes/een/a.dmn", DMN.format(policy="COLLECT")),
        (
            "processes/een/toetsen/a.toml",
            "[[toets]]\nnaam = 'Hoog'\ninvoer = { score = '2' }\nverwacht = '[1]'\n",
        ),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return tmp_path


def checked(path):
    return CliRunner().invoke(main, ["check", str(path)])


def test_test_rows_are_played_against_the_table_beside_them(folder):
    assert checked(folder).output == "Geen bevindingen.\n"
    rows = folder / "processes/een/toetsen/a.toml"
    rows.write_text(rows.read_text().replace("[1]", "[2]"))
    result = checked(rows)
    assert result.exit_code == 1
    assert "Toets 1 ‘Hoog’: verwacht was [2], en de tabel geeft [1]." in result.output


def test_a_file_of_a_bundle_that_has_no_place_is_an_error(folder):
    (folder / "processes/een/notitie.txt").write_text("")
    result = checked(folder)
    assert result.exit_code == 1
    assert "notitie.txt" in result.output
    assert "[no-place]" in result.output
