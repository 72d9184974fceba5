"""A scenario file is read whole, or refused with the step, the line and what to do."""

from datetime import datetime

import pytest

from service.domain.errors import Refused, Unreadable
from service.domain.working_days import AMSTERDAM
from service.operations.scenario.read import check_scenario, read_scenario
from service.operations.scenario.script import DoTask, Earlier, Expect, Scenario, Tell, Wait
from tests.unit.operations.scenario.small import CHECKED, CHOSEN, ENDED, HEAD


def read(text: str) -> Scenario:
    return read_scenario(text.encode(), file="proef.toml")


def complaint(text: str) -> str:
    with pytest.raises(Refused) as refused:
        read(text)
    return str(refused.value)


def test_each_kind_of_step_is_read() -> None:
    steps = read(
        HEAD
        + CHOSEN
        + '[[stap]]\nwacht = "2wd"\n'
        + '[[stap]]\nbericht = "roep"\ninhoud = { wat = 1 }\n'
        + '[[stap]]\nopen = ["b", "a"]\n'
    ).steps
    assert [type(step) for step in steps] == [DoTask, Wait, Tell, Expect]
    assert steps[3] == Expect(place=steps[3].place, open=("a", "b"))


def test_a_moment_without_a_zone_is_dutch() -> None:
    assert read(HEAD + CHOSEN + ENDED).begin == datetime(2026, 3, 2, 9, 30, tzinfo=AMSTERDAM)


def test_another_case_began_five_weeks_before_unless_it_says_so() -> None:
    told = '[eerder]\nA = "a/b"\nB = { scenario = "a/c", weken = 60 }\n'
    assert read(HEAD + told + CHOSEN + ENDED).earlier == {
        "A": Earlier(scenario="a/b", weeks=5),
        "B": Earlier(scenario="a/c", weeks=60),
    }


def test_all_municipalities_are_meant_by_one_word_and_one_by_its_name() -> None:
    assert read(HEAD + CHOSEN + ENDED).municipalities is None
    named = HEAD.replace('"alle"', '["rijswijk"]')
    assert read(named + CHOSEN + ENDED).municipalities == ("rijswijk",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + ENDED, "stap: Deze sleutel ontbreekt."),
        ("kleur = 1\n" + HEAD + CHOSEN + ENDED, "kleur: Deze sleutel bestaat hier niet."),
        (HEAD + CHOSEN + 'kleur = "rood"\n' + ENDED, "stap 1 (regel 6): kleur: Deze sleutel best"),
        (HEAD + CHOSEN + '[einde]\nnaam = "x"\n', "einde.naam: Deze sleutel bestaat hier niet."),
        (HEAD + '[[stap]]\ntaak = "kiezen"\n' + ENDED, "stap 1 (regel 5): Wie doet deze taak?"),
        (HEAD + CHOSEN + '[[stap]]\nwacht = "even"\n' + ENDED, "stap 2 (regel 10): wacht: 'even'"),
        (HEAD + CHOSEN + '[[stap]]\nrol = "x"\n' + ENDED, "Een stap gaat over één ding."),
        (HEAD + '[[stap]]\nwacht = "P1D"\nrol = "x"\n' + ENDED, "rol hoort niet bij wacht."),
        (HEAD + CHOSEN, "zegt niet waar het op uitloopt"),
        (HEAD.replace('"alle"', "3") + CHOSEN + ENDED, "gemeente is geen lijst."),
        (HEAD.replace("2026-03-02T09:30:00", '"nu"') + CHOSEN + ENDED, "begin is geen moment."),
        (HEAD + "[servicetaken]\nx = 3\n" + CHOSEN + ENDED, "servicetaken.x is geen tabel."),
        (HEAD + "[eerder]\nX = 'geen'\n" + CHOSEN + ENDED, "eerder.X.scenario: Dit noemt geen"),
        (HEAD + "[eerder.X]\nscenario = 'a/b'\nweken = 0\n" + CHOSEN + ENDED, "van 1 tot 2000"),
        (HEAD + "[eerder.X]\nscenario = 'a/b'\ndagen = 3\n" + CHOSEN + ENDED, "X.dagen: Deze sl"),
        (HEAD + "[nagerekend]\nx = 3\n" + CHOSEN + ENDED, "nagerekend.x is geen tabel."),
        (
            HEAD + "[nagerekend.x]\n" + CHOSEN + ENDED,
            "nagerekend.x: deze servicetaak bestaat niet.",
        ),
        (
            HEAD + "[servicetaken.registreren]\n[nagerekend.registreren]\n" + CHOSEN + ENDED,
            "registreren staat onder servicetaken en onder nagerekend.",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, told: str) -> None:
    assert told in complaint(text)


def test_everything_wrong_is_told_at_once_with_a_way_out() -> None:
    wrong = CHOSEN + "kleur = 1\n"
    findings = check_scenario((HEAD + wrong + wrong + CHECKED + ENDED).encode(), file="x.toml")
    assert [found.line for found in findings] == [6, 12]
    assert "antwoorden" in findings[0].way_out


def test_a_good_file_has_no_findings() -> None:
    assert check_scenario((HEAD + CHOSEN + ENDED).encode(), file="x.toml") == []


def test_a_file_that_is_no_toml_cannot_be_read() -> None:
    with pytest.raises(Unreadable):
        read("dit is geen toml")
