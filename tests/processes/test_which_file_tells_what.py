"""The tables at the end of docs/scenarios.md say which scenario file tells what, and truly so."""

import re

import pytest

from service.operations.scenario.read import read_scenario
from service.operations.scenario.script import Scenario
from tests.processes.stage import FILES, PROFILES, ROOT, told

SCENARIOS = {told(p): read_scenario(p.read_bytes(), file=told(p)) for p in FILES}
CODE = re.compile(r"`([^`]+)`")


def rows(heading: str) -> dict[str, list[list[str]]]:
    """The rows below a table head: the words of the first cell, and the codes in the others."""
    text = (ROOT / "docs" / "scenarios.md").read_text()
    lines = text.split(heading, 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {first: [CODE.findall(cell) for cell in others] for first, *others in cells}


SIGNALS = rows("| Signal | Municipality | Files |")
TRIGGERS = rows("| Trigger | Files |")


def files(names: list[str]) -> list[Scenario]:
    assert names, "a row names a file"
    return [SCENARIOS[name] for name in names]


def test_each_of_the_twelve_signals_has_a_row() -> None:
    assert [name[:3] for name in SIGNALS] == [f"S{number:02}" for number in range(1, 13)]


@pytest.mark.parametrize("signal", SIGNALS)
def test_a_signal_is_played_in_each_municipality_for_which_it_was_thought_up(signal: str) -> None:
    municipalities, names = SIGNALS[signal]
    played = {one for file in files(names) for one in file.municipalities or PROFILES}
    assert municipalities
    assert set(municipalities) <= played


@pytest.mark.parametrize("signal", SIGNALS)
def test_a_signal_names_every_file_that_bears_its_number(signal: str) -> None:
    number = signal[:3].lower()
    assert sorted(SIGNALS[signal][1]) == sorted(n for n in SCENARIOS if f"/{number}_" in n)


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_a_trigger_has_a_file(trigger: str) -> None:
    assert files(TRIGGERS[trigger][0])


def test_what_the_clock_begins_is_begun_by_the_clock() -> None:
    by_clock = files(TRIGGERS["The clock begins what comes back"][0])
    assert all(file.start for file in by_clock)
    assert len(by_clock) >= 7
