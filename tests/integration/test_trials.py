"""Process owners try a draft: a made-up case, walked again from the start at every look."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from service.domain.errors import Conflict, InvalidInput, NotFound, Refused
from service.domain.findings import Severity
from service.operations.bundle_files import read_bundled
from service.operations.scenario.kept import run_scenarios, scenario_findings
from service.operations.scenario.read import read_scenario
from service.operations.scenario.script import DoTask, Wait
from service.operations.studio.draft_files import read_file
from service.operations.studio.drafts import discard_draft, open_draft
from service.operations.studio.trial.begin import Start, starts_of
from service.operations.studio.trial.keep_as_test import ToKeep, keep_as_test, results_of_kept
from service.operations.studio.trial.manage import (
    KEPT,
    delete_trial,
    rename_trial,
    trials_of,
)
from service.operations.studio.trial.show import show_task, show_trial
from service.operations.studio.trial.steps import (
    Where,
    back_to,
    choose_result,
    tell,
    wait,
    wait_for_timer,
)
from service.storage import Base
from tests.integration import steps
from tests.integration.conftest import DEMO, MONDAY, Office
from tests.integration.trying import PROCESS, Studio, up_to_agreement, up_to_triage

DIAGRAM = f"processes/{PROCESS}/{PROCESS}.bpmn"
FORM = f"forms/{PROCESS}/triage.form"


@pytest.fixture
def studio(office: Office) -> Studio:
    found = Studio(office=office, draft=uuid4())
    found.draft = found.ask(open_draft, title="Proberen", now=office.clock())
    return found


def rows(office: Office) -> Mapping[str, int]:
    """How many rows each table has, but those of drafts and trials."""
    own = {"trial", "draft", "draft_file", "draft_presence"}
    with office.application.sessions() as session:
        found = {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
            if name not in own
        }
        jobs = session.scalar(text("SELECT count(*) FROM procrastinate_jobs")) or 0
        return {**found, "jobs": jobs}


def test_route_a_walks_through_four_roles_and_touches_nothing(studio: Studio) -> None:
    before = rows(studio.office)
    up_to_agreement(studio)
    steps.accepted(studio.desk, "zorgcoordinator")
    assert "terugkoppeling_geven" in studio.open

    page = studio.page()
    assert rows(studio.office) == before
    assert studio.office.post.sent == []
    assert page.misfit is None
    roles = {line.step.role for line in page.history if isinstance(line.step, DoTask)}
    assert roles == {"melder", "af-zorg", "af-veiligheid", "zorgcoordinator"}
    assert {PROCESS, "beoordelen_vermoeden"} <= {found.process_id for found in page.diagrams}
    done = next(diagram for diagram in page.diagrams if diagram.process_id == PROCESS)
    assert "triage" in done.done


def test_what_somebody_typed_is_what_the_trial_keeps(studio: Studio) -> None:
    up_to_triage(studio)
    steps.triaged(studio.desk, toelichting='Een "rare" kwestie.\nTwee regels.')
    told = studio.page().history[-1]
    assert {answer.key: answer.text for answer in told.answers}["triage.toelichting"] == (
        'Een "rare" kwestie.\nTwee regels.'
    )
    assert studio.page().variables["triage"]["toelichting"] == 'Een "rare" kwestie.\nTwee regels.'


def test_answers_that_do_not_fit_are_refused_at_the_field_and_change_nothing(
    studio: Studio,
) -> None:
    up_to_triage(studio)
    script = studio.script()
    with pytest.raises(InvalidInput) as wrong:
        studio.do("af-zorg", "triage", triage={"type": "iets"})
    assert "triage.type" in wrong.value.fields
    assert studio.script() == script


def test_only_a_role_of_the_task_does_it_and_the_stand_in_once_it_is_late(studio: Studio) -> None:
    up_to_triage(studio)
    with pytest.raises(Conflict, match="niet voor 'af-veiligheid'"):
        steps.triaged(studio.desk, by="af-veiligheid")
    studio.step(wait, span="10wd")
    assert studio.page().tasks[0].roles == ("af-zorg", "af-veiligheid")
    steps.triaged(studio.desk, by="af-veiligheid")
    assert studio.open == ["verrijken"]


def test_time_passes_and_timers_fire_at_their_own_moment(studio: Studio) -> None:
    up_to_triage(studio)
    steps.triaged(studio.desk, bruikbaar="nee", vraag_aan_melder=steps.QUESTION)
    due = studio.page().next_due
    assert due is not None
    studio.step(wait, span="PT4H")
    assert studio.page().now == MONDAY + timedelta(hours=4)
    studio.step(wait_for_timer)
    page = studio.page()
    assert page.now == due
    assert page.ended == "Onvoldoende informatie"
    waits = [step.span for step in page.scenario.steps if isinstance(step, Wait)]
    assert waits == ["PT4H", "PT332H"]
    with pytest.raises(Conflict, match="geen termijn"):
        studio.step(wait_for_timer)


@pytest.mark.parametrize("span", ["", "morgen", "-2wd", "P0D", "P11Y", "99999999wd", "PT"])
def test_a_wait_that_is_no_span_is_refused_at_its_field(studio: Studio, span: str) -> None:
    up_to_triage(studio)
    with pytest.raises(InvalidInput) as wrong:
        studio.step(wait, span=span)
    assert "span" in wrong.value.fields


def test_a_message_comes_in_with_what_somebody_typed(studio: Studio) -> None:
    up_to_triage(studio)
    element = {one.name: one.element_id for one in studio.page().waiting}["aanvulling_melder"]
    with pytest.raises(InvalidInput) as wrong:
        studio.step(tell, element_id=element, values="aanvulling = dit is geen toml")
    assert "values" in wrong.value.fields
    studio.step(tell, element_id=element, values='aanvulling.tekst = "Het busje was wit."')
    page = studio.page()
    assert page.history[-1].step == page.scenario.steps[-1]
    assert element in page.diagrams[0].done
    with pytest.raises(Conflict, match="wacht niets"):
        studio.step(tell, element_id="iets_anders", values="")


def test_a_case_begins_by_a_message_and_keeps_it_when_it_begins_again(studio: Studio) -> None:
    start = Start(way="message", what="signaal_van_keten")
    told = 'signaal.omschrijving = "Twee meisjes"\nsignaal.gaat_over = ["slachtoffer"]'
    studio.begin(start=start, values=told)
    assert studio.page().variables["signaal"]["omschrijving"] == "Twee meisjes"
    studio.step(wait, span="1wd")
    studio.step(back_to, steps=0)
    page = studio.page()
    assert len(page.scenario.steps) == 1
    assert page.begun


def test_a_case_begins_by_the_clock(studio: Studio) -> None:
    with studio.office.application.sessions() as session:
        published = studio.office.application.collaborators.publications.current(session, DEMO)
    process = published.process("bewaren_vernietigen")
    timer = next(start for start in starts_of(process) if start.way == "timer")
    studio.begin(process.id, start=timer)
    page = studio.page()
    assert page.begun
    assert page.now > MONDAY


def test_a_way_that_the_process_does_not_begin_is_refused(studio: Studio) -> None:
    with pytest.raises(InvalidInput) as wrong:
        studio.begin(start=Start(way="message", what="iets"))
    assert "start" in wrong.value.fields
    with pytest.raises(NotFound):
        studio.begin("geen_proces")
    with pytest.raises(InvalidInput) as wrong:
        studio.begin(begin="gisteren")
    assert "begin" in wrong.value.fields
    with pytest.raises(InvalidInput) as wrong:
        studio.begin(values="= 3")
    assert "values" in wrong.value.fields


def test_the_result_of_a_service_task_can_be_chosen_and_the_rest_is_walked_again(
    studio: Studio,
) -> None:
    up_to_agreement(studio)
    [work] = [
        work
        for line in studio.page().history
        for work in line.work
        if work.type == "convenant_controleren"
    ]
    assert work.source == "made_up"
    assert work.values["convenant_controle.geldig"] == "ja"
    studio.step(
        choose_result,
        kind=work.type,
        visit=work.visit,
        values={"convenant_controle.geldig": "nee", "convenant_controle.reden": ""},
    )
    page = studio.page()
    [again] = [
        work for line in page.history for work in line.work if work.type == "convenant_controleren"
    ]
    assert again.source == "chosen"
    assert again.values["convenant_controle.geldig"] == "nee"
    with pytest.raises(NotFound):
        studio.step(choose_result, kind=work.type, visit=9, values={})


def test_a_step_is_taken_back_and_any_earlier_one_too(studio: Studio) -> None:
    up_to_triage(studio)
    steps.triaged(studio.desk)
    steps.enriched(studio.desk)
    studio.step(back_to, steps=2)
    assert studio.open == ["verrijken"]
    studio.step(back_to, steps=0)
    assert studio.open == ["signaal_indienen"]


def test_a_colleague_who_went_on_is_noticed(studio: Studio) -> None:
    up_to_triage(studio)
    with pytest.raises(Conflict, match="intussen verder"):
        studio.ask(wait, where=studio.at(after=0), span="1wd", now=studio.office.clock())
    assert studio.open == ["triage"]


def test_a_changed_draft_shows_at_which_step_it_does_not_fit_and_keeps_all(
    studio: Studio,
) -> None:
    up_to_triage(studio)
    steps.triaged(studio.desk)
    steps.enriched(studio.desk)
    script = studio.script()
    studio.change(FORM, '"value": "slachtoffer"', '"value": "mogelijk_slachtoffer"')
    page = studio.page()
    assert page.misfit is not None
    assert (page.misfit.number, page.misfit.after) == (2, 1)
    assert "triage.type" in page.misfit.reason
    assert [task.element_id for task in page.tasks] == ["triage"]
    assert studio.script() == script

    task = studio.ask(show_task, where=studio.at(), element_id="triage", number=1)
    assert task.typed["triage"]["type"] == "slachtoffer"
    steps.triaged(studio.desk, type="mogelijk_slachtoffer")
    page = studio.page()
    assert len(page.scenario.steps) == 3
    assert isinstance(page.scenario.steps[2], DoTask)
    assert page.scenario.steps[2].task == "verrijken"


def test_another_step_takes_the_place_of_all_that_does_not_fit(studio: Studio) -> None:
    up_to_triage(studio)
    steps.triaged(studio.desk)
    steps.enriched(studio.desk)
    studio.change(FORM, '"value": "slachtoffer"', '"value": "mogelijk_slachtoffer"')
    studio.step(wait, span="1wd")
    page = studio.page()
    assert page.misfit is None
    assert len(page.scenario.steps) == 2


def test_a_draft_that_does_not_run_says_so_and_keeps_the_trial(studio: Studio) -> None:
    up_to_triage(studio)
    script = studio.script()
    content = studio.ask(read_file, draft_id=studio.draft, path=DIAGRAM).content
    studio.save(DIAGRAM, content.replace(b"bpmn:parallelGateway", b"bpmn:complexGateway"))
    with pytest.raises(Refused):
        studio.page()
    studio.save(DIAGRAM, content)
    assert studio.open == ["triage"]
    assert studio.script() == script


def test_a_trial_goes_on_from_a_scenario_of_the_product(studio: Studio) -> None:
    path = f"processes/{PROCESS}/scenarios/geen_vermoeden.toml"
    page = studio.follow(path).page()
    assert page.misfit is None
    assert page.ended is not None
    with pytest.raises(NotFound):
        studio.follow(f"processes/{PROCESS}/scenarios/amv_verdwijnt_uit_het_azc.toml")


def test_a_trial_is_kept_as_a_test_that_fails_when_the_process_changes(studio: Studio) -> None:
    up_to_triage(studio)
    steps.triaged(studio.desk)
    wanted = ToKeep(name="Triage: één slachtoffer", outcome=["voorstel_urgentie"])
    path = studio.step(keep_as_test, wanted=wanted)
    assert path == f"processes/{PROCESS}/scenarios/triage_een_slachtoffer.toml"
    content = studio.ask(read_file, draft_id=studio.draft, path=path).content
    kept = read_scenario(content, file=path)
    assert kept.name == "Triage: één slachtoffer"
    assert kept.ending.outcome == {"voorstel_urgentie": "normaal"}
    assert b'open = ["verrijken"]' in content
    [result] = studio.ask(results_of_kept, draft_id=studio.draft)
    assert result.passed

    with pytest.raises(InvalidInput, match="al een toets"):
        studio.step(keep_as_test, wanted=wanted)
    studio.step(keep_as_test, wanted=replace(wanted, replace=True))

    studio.change(FORM, '"value": "slachtoffer"', '"value": "mogelijk_slachtoffer"')
    [result] = studio.ask(results_of_kept, draft_id=studio.draft)
    assert (result.passed, result.step) == (False, 2)
    with pytest.raises(Conflict, match="past niet meer"):
        studio.step(keep_as_test, wanted=replace(wanted, name="Nog een"))


def test_a_kept_test_says_what_service_tasks_gave_so_that_it_plays_anywhere(
    studio: Studio,
) -> None:
    up_to_agreement(studio)
    path = studio.step(keep_as_test, wanted=ToKeep(name="Met het convenant"))
    content = studio.ask(read_file, draft_id=studio.draft, path=path).content
    assert b"convenant_controleren = {" in content
    bundle = read_bundled(DEMO)
    [result] = run_scenarios({**bundle, path: content})
    assert result.passed, result.reason
    assert scenario_findings({**bundle, path: content}) == []
    other = content.replace(b'type = "slachtoffer"', b'type = "geen_mensenhandel"')
    [finding] = scenario_findings({**bundle, path: other})
    assert finding.file == path
    assert finding.severity is Severity.ERROR
    assert "stap" in finding.reason


def test_trials_are_listed_renamed_and_thrown_away(studio: Studio) -> None:
    up_to_triage(studio)
    own = {"draft_id": studio.draft, "trial_id": studio.trial}
    studio.ask(rename_trial, **own, name="  Een   betere naam ", now=studio.office.clock())
    [line] = studio.ask(trials_of, draft_id=studio.draft)
    assert (line.name, line.steps) == ("Een betere naam", 1)
    with pytest.raises(InvalidInput):
        studio.ask(rename_trial, **own, name=" ", now=studio.office.clock())
    studio.ask(delete_trial, **own)
    assert studio.ask(trials_of, draft_id=studio.draft) == ()


def test_trials_go_a_month_after_their_draft(studio: Studio) -> None:
    up_to_triage(studio)
    studio.ask(discard_draft, draft_id=studio.draft, now=studio.office.clock())
    studio.office.later(days=KEPT.days - 1)
    assert studio.open == ["triage"]
    studio.office.later(days=2)
    with pytest.raises(NotFound):
        studio.page()


def test_a_trial_of_an_open_draft_stays(studio: Studio) -> None:
    up_to_triage(studio)
    studio.office.later(days=400)
    assert studio.open == ["triage"]


@pytest.mark.parametrize("role", ["af-zorg", "zorgcoordinator", "melder"])
def test_who_does_not_publish_finds_no_trials(studio: Studio, role: str) -> None:
    up_to_triage(studio)
    with studio.office.application.sessions() as session:
        parts, actor = studio.office.application.collaborators, studio.office.person(role)
        with pytest.raises(NotFound):
            trials_of(session, parts, draft_id=studio.draft, actor=actor)
        with pytest.raises(NotFound):
            show_trial(session, parts, where=studio.at(), actor=actor)
        with pytest.raises(NotFound):
            wait(session, parts, where=studio.at(), span="1wd", actor=actor, now=MONDAY)


def test_a_trial_is_found_in_its_own_draft_only(studio: Studio) -> None:
    up_to_triage(studio)
    with pytest.raises(NotFound):
        studio.ask(show_trial, where=Where(draft_id=studio.draft, trial_id=uuid4()))
    other = studio.ask(open_draft, title="Iets anders", now=studio.office.clock())
    with pytest.raises(NotFound):
        studio.ask(show_trial, where=Where(draft_id=other, trial_id=studio.trial))
