"""What a trial keeps of what somebody typed: values, spans, names, answers."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from service.domain.errors import InvalidInput
from service.domain.working_days import AMSTERDAM, WorkingCalendar
from service.operations.scenario.casting import Repertoire
from service.operations.scenario.moments import later
from service.operations.scenario.read import read_scenario
from service.operations.scenario.script import DoTask, Place, Scenario, Wait
from service.operations.studio.trial.answers import telling_apart
from service.operations.studio.trial.naming import file_name, trial_name
from service.operations.studio.trial.replay import replay
from service.operations.studio.trial.simulated import WorkDone, can_be_chosen, usual_results
from service.operations.studio.trial.steps import span_until
from service.operations.studio.trial.typed import as_typed, read_lines, read_moment, read_value
from tests.unit.operations.scenario.small import CHECKED, CHOSEN, HEAD, repertoire

FRIDAY = datetime(2026, 3, 6, 16, 0, tzinfo=AMSTERDAM)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Repertoire:
    return repertoire(tmp_path_factory.mktemp("klein"))


def script(text: str) -> Scenario:
    return read_scenario(text.encode(), file="proef", finished=False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ja", "ja"),
        ("true", True),
        ("3", 3),
        ("2.5", Decimal("2.5")),
        ("2026-03-02", date(2026, 3, 2)),
        ('["a", "b"]', ["a", "b"]),
        ('"3"', "3"),
        ("Het busje = wit", "Het busje = wit"),
        ("1\nb = 2", "1\nb = 2"),
        ("2026-A", "2026-A"),
    ],
)
def test_a_value_is_read_as_it_is_meant_and_shown_as_it_was_typed(text: str, value: Any) -> None:
    assert read_value(text) == value
    assert read_value(as_typed(value)) == value


def test_lines_are_contexts() -> None:
    assert read_lines('a.b = "c"\na.d = 1', field="x") == {"a": {"b": "c", "d": 1}}
    assert read_lines("", field="x") == {}


@pytest.mark.parametrize(
    "text",
    [
        "a = b",
        "a = " + "9" * 5000,
        "a = " + "[" * 5000,
        "registratie = 3",
        'registratie.kenmerk = "X"',
    ],
    ids=["no-toml", "endless-number", "endless-nest", "own", "own-kenmerk"],
)
def test_what_cannot_be_used_is_told_at_its_field(text: str) -> None:
    with pytest.raises(InvalidInput) as wrong:
        read_lines(text, field="x")
    assert list(wrong.value.fields) == ["x"]
    assert read_value(text.removeprefix("a = ")) is not None


@pytest.mark.parametrize("text", ["", "morgen", "1999-12-31T10:00", "2100-01-01T10:00", "9" * 40])
def test_a_moment_outside_this_century_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_moment(text, field="begin")
    assert read_moment("2026-03-02T09:30", field="x") == datetime(
        2026, 3, 2, 9, 30, tzinfo=AMSTERDAM
    )


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Geen vermoeden: één gesprek!", "geen_vermoeden_een_gesprek"),
        ("112 eerst", "toets_112_eerst"),
        ("???", "toets"),
        ("a" * 200, "a" * 60),
        ("../../etc", "etc"),
    ],
)
def test_a_name_becomes_a_file_that_a_bundle_may_hold(name: str, file: str) -> None:
    assert file_name(name) == file


def test_a_name_is_tidied_and_says_something() -> None:
    assert trial_name("  Een \u0007 proef\n") == "Een proef"
    for name in ("", " \n", "x" * 121):
        with pytest.raises(InvalidInput):
            trial_name(name)


@pytest.mark.parametrize(
    ("due", "span"),
    [
        (later(FRIDAY, "1wd", WorkingCalendar()), "1wd"),
        (later(FRIDAY, "P3D", WorkingCalendar()), "1wd"),
        (later(FRIDAY, "P2D", WorkingCalendar()), "P2D"),
        (FRIDAY + timedelta(hours=1, minutes=5, seconds=7), "PT1H5M7S"),
        (FRIDAY + timedelta(seconds=1.2), "PT2S"),
        (FRIDAY - timedelta(days=3), "PT1S"),
    ],
)
def test_a_wait_until_a_timer_reads_like_an_agreement(due: datetime, span: str) -> None:
    assert span_until(FRIDAY, due, WorkingCalendar()) == span
    assert later(FRIDAY, span, WorkingCalendar()) >= min(due, FRIDAY)


def test_tasks_alike_are_told_apart_by_the_first_value_that_differs() -> None:
    care = {"registratie": {"kenmerk": "X"}, "item": {"soort": "zorg", "nr": 1}}
    law = {"registratie": {"kenmerk": "X"}, "item": {"soort": "straf", "nr": 2}}
    assert telling_apart(care, [law]) == {"item": {"soort": "zorg"}}
    assert telling_apart(care, []) == {}
    assert telling_apart(care, [care]) == {}


def test_a_script_is_walked_as_far_as_it_fits(found: Repertoire) -> None:
    text = HEAD + CHOSEN + CHECKED.replace("oov", "af-zorg") + '[[stap]]\nwacht = "1wd"\n'
    told = script(text)
    walk = replay(found.published_for(told, "proef"), told, {})
    assert [type(step) for step in walk.fitting] == [DoTask]
    assert walk.misfit == told.steps[1]
    assert walk.failed is not None
    assert walk.stage.open_tasks() == ["nakijken"]
    assert [frame.step for frame in walk.frames] == [None, told.steps[0]]


def test_a_script_that_fits_ends_where_it_says(found: Repertoire) -> None:
    told = script(HEAD + CHOSEN + CHECKED)
    walk = replay(found.published_for(told, "proef"), told, {})
    assert walk.failed is None
    assert walk.stage.course().ended == "Einde"
    [work] = walk.frames[1].work
    assert (work.type, work.source) == ("verstrekking_vastleggen", "known")


def test_a_case_that_cannot_begin_has_no_frames(found: Repertoire) -> None:
    told = script(HEAD + 'start = "geen_klok"\n')
    walk = replay(found.published_for(told, "proef"), told, {})
    assert walk.frames == []
    assert walk.failed is not None
    assert walk.misfit is None


def test_work_without_a_usual_result_can_be_given_all_that_it_sets() -> None:
    work = WorkDone(
        element_id="x",
        type="convenant_controleren",
        visit=1,
        result={"convenant_controle": {"geldig": "ja"}},
        source="made_up",
    )
    assert can_be_chosen(work) == {
        "convenant_controle.geldig": "ja",
        "convenant_controle.reden": None,
    }


def test_kept_scenarios_say_what_is_usual_before_the_product_does() -> None:
    assert usual_results({})["signaal_splitsen"] == {"splitsing": {"aantal": 1}}
    kept = HEAD + "[servicetaken]\nsignaal_splitsen = { splitsing = { aantal = 7 } }\n"
    files = {
        "processes/proef/scenarios/een.toml": (kept + CHOSEN + "[[stap]]\nopen = []\n").encode(),
        "processes/proef/scenarios/stuk.toml": b"= niets",
    }
    assert usual_results(files)["signaal_splitsen"] == {"splitsing": {"aantal": 7}}


def test_waiting_and_doing_are_steps_of_a_scenario() -> None:
    told = script(HEAD + '[[stap]]\nwacht = "1wd"\n' + CHOSEN)
    assert told.steps[0] == Wait(place=Place(number=1, line=5), span="1wd")
    assert told.begin == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
