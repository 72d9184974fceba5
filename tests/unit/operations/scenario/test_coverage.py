"""What scenarios have walked of a diagram, in words that a person can follow."""

from pathlib import Path

from service.operations.scenario.casting import Repertoire, read_repertoire, scenario_files
from service.operations.scenario.coverage import DiagramCoverage, coverage, percentage
from service.operations.scenario.walk_all import walk_all
from tests.unit.operations.scenario.small import CHECKED, CHOSEN, ENDED, HEAD, scenario_file


def covered(root: Path, found: Repertoire) -> DiagramCoverage:
    walked, failed = walk_all(found, scenario_files(root))
    assert failed == []
    [one] = coverage(found.published.bundle.processes.values(), walked)
    return one


def test_flows_and_events_on_an_edge_are_counted(root: Path) -> None:
    scenario_file(root, HEAD + CHOSEN + CHECKED + ENDED)
    one = covered(root, read_repertoire(root))
    assert (one.walked, one.total) == (5, 10)
    assert "Vraag doen? → Einde [pijl] (niet_doen)" in one.missing
    assert "Rand te_laat, aan Taak kiezen (te_laat)" in one.missing


def test_scenarios_together_walk_everything(root: Path) -> None:
    scenario_file(root, HEAD + CHOSEN + CHECKED + ENDED, "wel")
    scenario_file(root, HEAD + CHOSEN.replace('"ja"', '"nee"') + ENDED, "niet")
    scenario_file(root, HEAD + '[[stap]]\nbericht = "roep_bericht"\n' + CHOSEN + CHECKED + ENDED)
    late = '[[stap]]\nwacht = "P11D"\n[einde]\nnamen = ["Verlopen"]\n'
    scenario_file(root, HEAD + late, "te_laat")
    one = covered(root, read_repertoire(root))
    assert one.missing == ()
    assert percentage([one]) == 100


def test_almost_everything_is_never_rounded_to_everything() -> None:
    one = DiagramCoverage(process_id="proef", walked=9_999, total=10_000, missing=("x",))
    assert percentage([one]) == 99.9


def test_a_scenario_that_goes_wrong_is_told(root: Path) -> None:
    scenario_file(root, HEAD + CHECKED + ENDED)
    scenario_file(root, "geen toml", "stuk")
    _, failed = walk_all(read_repertoire(root), scenario_files(root))
    assert len(failed) == 2
