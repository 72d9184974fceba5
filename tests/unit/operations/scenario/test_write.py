"""A scenario is written as its file reads, and reads as the same scenario again."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from service.operations.scenario.read import read_scenario
from service.operations.scenario.script import DoTask, Earlier, Ending, Place, Scenario, Tell, Wait
from service.operations.scenario.write import write_scenario, written
from tests.unit.operations.scenario.small import CHECKED, CHOSEN, ENDED, HEAD

ROOT = Path(__file__).parents[4]
SHARED = sorted((ROOT / "processes").glob("*/scenarios/*.toml"))


def read(text: str, *, finished: bool = True) -> Scenario:
    """Without the lines, which are those of one way of writing."""
    scenario = read_scenario(text.encode(), file="proef.toml", finished=finished)
    steps = (replace(step, place=Place(number=step.place.number)) for step in scenario.steps)
    return replace(scenario, steps=tuple(steps))


def told(**more: Any) -> Scenario:
    return replace(read(HEAD + CHOSEN + ENDED), **more)


@pytest.mark.parametrize("path", SHARED, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_every_scenario_of_the_product_survives_being_written(path: Path) -> None:
    before = read(path.read_text())
    assert read(write_scenario(before)) == before


def test_short_answers_stay_on_their_line_and_long_ones_get_a_table() -> None:
    assert write_scenario(read(HEAD + CHOSEN + CHECKED + ENDED)) == HEAD + CHOSEN + CHECKED + ENDED
    long = told(
        steps=(
            DoTask(
                place=Place(number=1),
                role="oov",
                task="t",
                answers={"los": 1, "groep": {"tekst": "x" * 100}},
            ),
        )
    )
    assert "[stap.antwoorden]\nlos = 1\n[stap.antwoorden.groep]\n" in write_scenario(long)
    assert read(write_scenario(long)) == long


@pytest.mark.parametrize(
    "value",
    [
        'Een "rare" tekst\\ met\nregels\ten meer\r',
        "é 🐟 \u0007 \u2028",
        "",
        True,
        0,
        -3,
        Decimal("12.50"),
        Decimal("1E+5"),
        Decimal("-Infinity"),
        date(2026, 3, 2),
        datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
        [],
        {},
        [{"a": [1, 2]}, {"b c": "d"}],
        {"met.punt": {"": "leeg"}},
    ],
    ids=repr,
)
def test_every_kind_of_value_comes_back(value: Any) -> None:
    scenario = told(variables={"naam": value})
    assert read(write_scenario(scenario)).variables == {"naam": value}


def test_what_is_nothing_is_left_out() -> None:
    assert written({"a": None, "b": [None, 1]}) == "{ b = [1] }"


def test_what_cannot_stand_in_a_scenario_is_refused() -> None:
    with pytest.raises(TypeError, match="object kan niet in een scenario staan"):
        written(object())


def test_every_kind_of_step_comes_back() -> None:
    scenario = told(
        start="klok",
        jobs={"signaal_koppelen": [{"a": 1}, {"a": 2}], "signaal_splitsen": {"b": 3}},
        reckoned={"agenda_verzamelen": {"c": 4}},
        earlier={
            "2026-AAAA-BBBB": Earlier(scenario="proef/eerder", weeks=5),
            "2026-CCCC-DDDD": Earlier(scenario="proef/lang_geleden", weeks=60),
        },
        settings={"kleur": "blauw"},
        steps=(
            Wait(place=Place(number=1), span="2wd"),
            Tell(place=Place(number=2), message="roep", key="2026-X", payload={"a": {"b": "c"}}),
            DoTask(place=Place(number=3), role="oov", task="t", about={"soort": "x"}),
        ),
        ending=Ending(names=("Einde",), outcome={"keuze": {"doen": "ja"}}),
    )
    assert read(write_scenario(scenario)) == scenario


def test_the_hour_that_comes_twice_keeps_its_offset() -> None:
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert read(write_scenario(told(begin=second))).begin == second
    assert "begin = 2026-10-25T01:30:00+00:00" in write_scenario(told(begin=second))


def test_a_script_that_is_not_finished_needs_no_steps_and_no_ending() -> None:
    empty = told(steps=(), ending=Ending())
    assert read(write_scenario(empty), finished=False) == empty
