"""A scenario on a database: the operations of the product, people with rights, and real time."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from service.operations.scenario.by_hand import ByHand
from service.operations.scenario.database import DatabaseStage
from service.operations.scenario.earlier import set_stage
from service.operations.scenario.play import Course, play
from service.operations.scenario.read import read_scenario
from service.operations.scenario.script import ScenarioFailed
from service.storage import Event, Instance, Reporter, Task
from tests.integration.conftest import DEMO, MONDAY, Office

ROOT = Path(__file__).parents[2]
HEAD = """naam = "Proef"
gemeente = "midden-delfland"
proces = "meldroute_signaal"
begin = 2026-03-02T09:30:00
"""
REPORTED = """
[[stap]]
rol = "melder"
taak = "signaal_indienen"
[stap.antwoorden.signaal]
hoedanigheid = "{0}"
anoniem = "{1}"
gaat_over = ["slachtoffer"]
"""
BY_COLLEAGUE = REPORTED.format("medewerker", "nee")
ANONYMOUSLY = REPORTED.format("inwoner", "ja")
ASKED = """
[[stap]]
rol = "af-zorg"
taak = "triage"
[stap.antwoorden.triage]
type = "slachtoffer"
bruikbaar = "nee"
eigen_gemeente = "ja"
"""
ELSEWHERE = """
[[stap]]
rol = "af-zorg"
taak = "triage"
antwoorden = { triage = { type = "geen_mensenhandel", bruikbaar = "ja", eigen_gemeente = "ja" } }
[[stap]]
rol = "af-zorg"
taak = "doorverwijzen"
[einde]
namen = ["Doorverwezen"]
"""
ANSWERED = '[[stap]]\nrol = "melder"\ntaak = "aanvulling_geven"\n'
AT_TRIAGE = '[[stap]]\nopen = ["triage"]\n'
Played = Callable[[str], tuple[DatabaseStage, Course]]


@pytest.fixture
def played(office: Office) -> Iterator[Played]:
    """Plays a scenario in one transaction, which stays open to be looked into."""
    with office.application.sessions() as session:

        def perform(text: str) -> tuple[DatabaseStage, Course]:
            scenario = read_scenario(text.encode(), file="proef.toml")
            stage = set_stage(
                session,
                office.application.collaborators,
                scenario,
                municipality=DEMO,
                root=ROOT,
                work=ByHand(mailer=office.post),
            )
            return stage, play(scenario, stage)

        yield perform


def test_a_case_has_a_kenmerk_of_its_own_that_goes_by_the_name_of_the_scenario(
    played: Played,
) -> None:
    stage, course = played(HEAD + BY_COLLEAGUE + AT_TRIAGE)
    assert course.variables["registratie"]["kenmerk"] == "2026-K7Q-3XD"
    assert stage.instance.reference != "2026-K7Q-3XD"


def test_handlers_do_their_work_and_people_get_mail(office: Office, played: Played) -> None:
    stage, course = played(HEAD + BY_COLLEAGUE + AT_TRIAGE)
    assert course.variables["registratie"]["ontvangen_op"] == MONDAY.date()
    assert office.post.sent
    assert stage.instance.started_at == MONDAY


def test_a_task_that_is_not_for_a_role_is_refused(played: Played) -> None:
    with pytest.raises(ScenarioFailed, match="is niet voor 'oov'"):
        played(HEAD + BY_COLLEAGUE + ASKED.replace("af-zorg", "oov") + AT_TRIAGE)


def test_who_reports_without_an_account_answers_with_a_code(played: Played) -> None:
    stage, _ = played(HEAD + ANONYMOUSLY + ASKED + ANSWERED + AT_TRIAGE)
    reporter = stage.session.get_one(Reporter, stage.instance.id)
    assert reporter.contact is None
    assert stage.instance.reported_by is None


def test_while_time_passes_people_are_reminded_and_stand_ins_come_in(played: Played) -> None:
    stage, _ = played(HEAD + BY_COLLEAGUE + '[[stap]]\nwacht = "P3D"\n' + AT_TRIAGE)
    [triage] = stage.tasks()
    assert "af-veiligheid" in triage.roles
    kinds = stage.session.scalars(
        select(Event.kind).where(Event.instance_id == stage.instance.id).order_by(Event.seq)
    ).all()
    assert kinds[-1] == "geescaleerd"
    assert stage.now == MONDAY + timedelta(days=3)


def test_what_a_scenario_presupposes_comes_about_first(played: Played) -> None:
    linked = (
        '[eerder]\n"2026-AAAA-BBBB" = "meldroute_signaal/geen_vermoeden"\n'
        + BY_COLLEAGUE
        + ASKED
        + ANSWERED.replace(
            'taak = "aanvulling_geven"',
            'taak = "aanvulling_geven"\n[stap.antwoorden.aanvulling]\n'
            'tekst = "Zie 2026-AAAA-BBBB."',
        )
        + AT_TRIAGE
    )
    stage, course = played(HEAD + linked)
    earlier = stage.session.scalars(
        select(Instance).where(Instance.reference == stage.earlier["2026-AAAA-BBBB"])
    ).one()
    assert earlier.status == "completed"
    assert earlier.started_at < stage.instance.started_at
    assert course.variables["aanvulling"]["tekst"] == "Zie 2026-AAAA-BBBB."


def test_a_choice_of_a_scenario_holds_for_diagrams_and_for_handlers_alike(played: Played) -> None:
    choice = '[instellingen]\nmelder_wissen_na = "P2D"\nnormtijden = { doorverwijzen = "PT1H" }\n'
    stage, _ = played(HEAD + choice + BY_COLLEAGUE + ELSEWHERE)
    [referring] = stage.session.scalars(
        select(Task).where(
            Task.instance_id == stage.instance.id, Task.element_id == "doorverwijzen"
        )
    )
    assert referring.due_at - referring.opened_at == timedelta(hours=1)
    reporter = stage.session.get_one(Reporter, stage.instance.id)
    assert reporter.wipe_at == MONDAY + timedelta(days=2)


def test_what_a_scenario_reckons_is_what_the_handlers_find(played: Played) -> None:
    reckoned = "[nagerekend.registreren.registratie]\nontvangen_op = 2026-03-0{0}\n"
    played(HEAD + reckoned.format(2) + BY_COLLEAGUE + AT_TRIAGE)
    with pytest.raises(ScenarioFailed, match=r"registratie\.ontvangen_op is anders") as failed:
        played(HEAD + reckoned.format(3) + BY_COLLEAGUE + AT_TRIAGE)
    assert "gevonden: 2026-03-02" in str(failed.value)


def test_nothing_of_a_scenario_is_there_before_it_is_committed(
    office: Office, played: Played
) -> None:
    played(HEAD + BY_COLLEAGUE + AT_TRIAGE)
    with office.application.sessions() as elsewhere:
        assert elsewhere.scalars(select(Task)).all() == []
