"""Every scenario file goes as it is written, in every municipality that it names."""

from pathlib import Path

import pytest

from service.operations.scenario.memory import MemoryStage
from service.operations.scenario.play import play
from service.operations.scenario.read import read_scenario
from tests.processes.stage import FILES, castings, repertoire, told

CASTINGS = list(castings())


@pytest.mark.parametrize(
    ("path", "municipality"), CASTINGS, ids=[f"{told(path)}-{where}" for path, where in CASTINGS]
)
def test_a_case_goes_as_its_scenario_says(path: Path, municipality: str) -> None:
    scenario = read_scenario(path.read_bytes(), file=told(path))
    published = repertoire().published_for(scenario, municipality)
    play(scenario, MemoryStage.of(published, scenario))


@pytest.mark.parametrize("path", FILES, ids=told)
def test_a_scenario_lies_beside_the_diagram_in_which_its_case_begins(path: Path) -> None:
    scenario = read_scenario(path.read_bytes(), file=told(path))
    assert scenario.process_id == path.parents[1].name


def test_no_two_scenarios_of_a_process_have_the_same_name() -> None:
    names = [
        (path.parents[1].name, read_scenario(path.read_bytes(), file=told(path)).name)
        for path in FILES
    ]
    assert len(names) == len(set(names))
