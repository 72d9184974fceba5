"""Scenarios that are kept with a bundle are played on it."""

from pathlib import Path

import pytest

from service.domain.errors import Refused
from service.domain.findings import Severity
from service.operations import bundle_files
from service.operations.published import Publications
from service.operations.scenario.kept import kept_scenarios, run_scenarios, scenario_findings
from tests.unit.operations.scenario.small import CHECKED, CHOSEN, ENDED, HEAD, municipality

PATH = "processes/proef/scenarios/proef.toml"
GOOD = HEAD + CHOSEN + CHECKED + ENDED


@pytest.fixture
def bundle(tmp_path: Path) -> dict[str, bytes]:
    root = municipality(tmp_path)
    profile = (root / "processes" / "gemeenten" / "proef.toml").read_bytes()
    return {**bundle_files.read_folder(root), bundle_files.PROFILE: profile}


def test_a_bundle_without_scenarios_has_no_results(bundle: dict[str, bytes]) -> None:
    assert kept_scenarios(bundle) == ()
    assert run_scenarios(bundle) == []


def test_a_scenario_that_goes_as_written_passes(bundle: dict[str, bytes]) -> None:
    [result] = run_scenarios({**bundle, PATH: GOOD.encode()})
    assert (result.path, result.name, result.passed) == (PATH, "Proef", True)
    assert scenario_findings({**bundle, PATH: GOOD.encode()}) == []


def test_one_that_goes_otherwise_says_at_which_step_and_keeps_a_draft_back(
    bundle: dict[str, bytes],
) -> None:
    files = {**bundle, PATH: (HEAD + '[[stap]]\nopen = ["nakijken"]\n').encode()}
    [result] = run_scenarios(files)
    assert (result.passed, result.step, result.line) == (False, 1, 5)
    assert (result.expected, result.found) == ("nakijken", "kiezen")
    [finding] = scenario_findings(files)
    assert (finding.file, finding.line, finding.severity) == (PATH, 5, Severity.ERROR)
    assert "bij stap 1: er staan andere taken open" in finding.reason
    assert "Verwacht: nakijken; gevonden: kiezen." in finding.reason


def test_one_that_cannot_be_read_fails_by_its_path(bundle: dict[str, bytes]) -> None:
    [result] = run_scenarios({**bundle, PATH: b"naam = 3"})
    assert (result.name, result.passed) == (PATH, False)
    assert result.reason


def test_one_that_changes_an_unknown_setting_fails(bundle: dict[str, bytes]) -> None:
    text = HEAD + '[instellingen]\nvorm = "rond"\n' + CHOSEN + CHECKED + ENDED
    [result] = run_scenarios({**bundle, PATH: text.encode()})
    assert "instellingen.vorm bestaat niet" in result.reason


def test_those_of_other_municipalities_are_not_played(bundle: dict[str, bytes]) -> None:
    other = GOOD.replace('gemeente = "alle"', 'gemeente = ["elders"]')
    assert run_scenarios({**bundle, PATH: other.encode()}) == []


def test_a_bundle_that_does_not_compile_has_findings_of_its_own(
    bundle: dict[str, bytes],
) -> None:
    files = {**bundle, "processes/proef/proef.bpmn": b"<niets/>", PATH: GOOD.encode()}
    files["processes/proef/kapot.bpmn"] = b"geen xml"
    with pytest.raises(Refused):
        run_scenarios(files)
    assert scenario_findings(files) == []


def test_a_draft_is_compiled_again_only_when_what_it_runs_on_changes(
    bundle: dict[str, bytes],
) -> None:
    publications = Publications()
    first = publications.draft(bundle)
    assert publications.draft({**bundle, PATH: GOOD.encode()}) is first
    form = bundle["forms/proef/kiezen.form"].replace(b"keuze", b"besluit")
    assert publications.draft({**bundle, "forms/proef/kiezen.form": form}) is not first
    for number in range(8):
        publications.draft(
            {**bundle, bundle_files.PROFILE: bundle["gemeente.toml"] + b"#" * number + b"\n"}
        )
    assert publications.draft(bundle) is not first
