"""``meldroute scenario`` plays files; ``meldroute coverage`` counts what they walk."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from service.cli import main
from service.operations import bundle_files
from service.operations.scenario.casting import scenario_files
from tests.unit.operations.scenario.small import (
    CHECKED,
    CHOSEN,
    ENDED,
    HEAD,
    municipality,
    scenario_file,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return municipality(tmp_path)


def run(*arguments: Any) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_scenario_that_goes_as_written_says_where_it_ends(root: Path) -> None:
    done = run("scenario", scenario_file(root, HEAD + CHOSEN + CHECKED + ENDED))
    assert done.exit_code == 0, done.output
    assert "✓ Proef (proef)" in done.output
    assert "Einde" in done.output


def test_a_failed_expectation_tells_step_expected_and_found(root: Path) -> None:
    path = scenario_file(root, HEAD + '[[stap]]\nopen = ["nakijken"]\n')
    done = run("scenario", path)
    assert done.exit_code == 1
    for told in ("stap 1 (regel 5)", "verwacht: nakijken", "gevonden: kiezen"):
        assert told in done.output


def test_a_failed_expectation_is_told_as_json(root: Path) -> None:
    path = scenario_file(root, HEAD + '[[stap]]\nopen = ["nakijken"]\n')
    done = run("scenario", path, "--json")
    [outcome] = json.loads(done.output)["scenarios"]
    assert (outcome["step"], outcome["line"]) == (1, 5)
    assert (outcome["expected"], outcome["found"]) == (["nakijken"], ["kiezen"])


def test_a_file_that_cannot_be_read_has_an_exit_code_of_its_own(root: Path) -> None:
    assert run("scenario", scenario_file(root, "geen toml")).exit_code == 2
    assert run("scenario", scenario_file(root, 'naam = "x"')).exit_code == 1


def test_a_folder_is_played_whole_and_a_profile_is_no_scenario(root: Path) -> None:
    scenario_file(root, HEAD + CHOSEN + CHECKED + ENDED, "een")
    scenario_file(root, HEAD + CHOSEN + CHECKED + ENDED, "twee")
    done = run("scenario", root / "processes", "--json")
    assert [one["exit"] for one in json.loads(done.output)["scenarios"]] == [0, 0]


def test_another_profile_can_be_given(root: Path) -> None:
    other = root / "ander.toml"
    text = (root / "processes" / "gemeenten" / "proef.toml").read_text()
    other.write_text(text.replace('id = "proef"', 'id = "ander"'))
    path = scenario_file(root, HEAD + CHOSEN + CHECKED + ENDED)
    assert "(ander)" in run("scenario", path, "--gemeente", other).output
    assert run("scenario", path, "--gemeente", "elders", "--json").exit_code == 1


def test_check_reads_scenarios_too(root: Path) -> None:
    path = scenario_file(root, HEAD + CHOSEN + "kleur = 1\n" + ENDED)
    done = run("check", root / "processes")
    assert done.exit_code == 1
    assert f"{path}:6 stap 1 (regel 6): fout [scenario]" in done.output


def test_coverage_ends_with_the_percentage_of_all_diagrams(root: Path) -> None:
    scenario_file(root, HEAD + CHOSEN + CHECKED + ENDED)
    done = run("coverage", root)
    assert done.exit_code == 0
    assert "niet doorlopen: Vraag doen? → Einde [pijl] (niet_doen)" in done.output
    assert done.output.splitlines()[-1] == "Totaal: 50 %"


def bundle_of(root: Path, *, zipped: bool) -> Path:
    """The small municipality as a bundle, with what lies beside its diagram."""
    content = bundle_files.read_folder(root)
    content["gemeente.toml"] = (root / "processes" / "gemeenten" / "proef.toml").read_bytes()
    for path in scenario_files(root):
        content[path.relative_to(root).as_posix()] = path.read_bytes()
    if zipped:
        packed = root / "bundel.zip"
        packed.write_bytes(bundle_files.pack(content))
        return packed
    (root / "gemeente.toml").write_bytes(content["gemeente.toml"])
    return root


@pytest.mark.parametrize("zipped", [True, False])
def test_the_tests_that_a_bundle_keeps_are_played_on_it(root: Path, *, zipped: bool) -> None:
    scenario_file(root, HEAD + CHOSEN + CHECKED + ENDED)
    elsewhere = HEAD.replace('"alle"', '["elders"]').replace('"Proef"', '"Elders"')
    scenario_file(root, elsewhere + CHOSEN + ENDED, "elders")
    done = run("scenario", "--bundle", bundle_of(root, zipped=zipped))
    assert done.exit_code == 0, done.output
    assert "✓ Proef (proef)" in done.output
    assert "Elders" not in done.output


def test_a_file_is_played_on_another_bundle(root: Path) -> None:
    bundle = bundle_of(root, zipped=True)
    path = scenario_file(root, HEAD + '[[stap]]\nopen = ["nakijken"]\n')
    done = run("scenario", path, "--bundle", bundle)
    assert done.exit_code == 1
    assert "gevonden: kiezen" in done.output


def test_without_a_file_or_a_bundle_there_is_nothing_to_play() -> None:
    done = run("scenario")
    assert done.exit_code == 2
    assert "Noem een scenario" in done.output
