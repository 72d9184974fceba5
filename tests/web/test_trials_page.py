"""Process owners walk a made-up case through a draft, page by page, without scripts."""

from typing import Any

import pytest
from flask import Flask

from service.operations.studio.draft_files import ToSave, read_file, save_file
from tests.integration import steps
from tests.integration.conftest import SIGNAL, Office
from tests.web.conftest import Page, Visitor

FORM = "forms/meldroute_signaal/triage.form"
TRIAGE = {f"triage.{name}": value for name, value in steps.TRIAGE.items()}


@pytest.fixture
def owner(stranger: Visitor) -> Visitor:
    return stranger.log_in("functioneel-beheer")


@pytest.fixture
def draft(owner: Visitor) -> str:
    owner.get("/studio")
    return owner.post("/studio", {"titel": "Proberen"}).path


def begin(owner: Visitor, draft: str, **other: str) -> Page:
    told = {"naam": "Een proef", "proces": "meldroute_signaal", "start": "hand:"}
    owner.get(f"{draft}/proef?proces={told['proces']}")
    moment = {"begin": "2026-03-02T09:30", "waarden": ""}
    return owner.post(f"{draft}/proef", {**told, **moment, **other})


@pytest.fixture
def trial(owner: Visitor, draft: str) -> str:
    return begin(owner, draft).path


def do(owner: Visitor, trial: str, task: str, answers: dict[str, Any]) -> Page:
    owner.get(f"{trial}/taak/{task}/1")
    return owner.submit(f"/taak/{task}/1", answers)


def reported(owner: Visitor, trial: str) -> Page:
    answers = {f"signaal.{name}": value for name, value in SIGNAL.items()}
    return do(owner, trial, "signaal_indienen", answers)


def test_a_trial_begins_and_shows_who_can_do_what(owner: Visitor, draft: str) -> None:
    assert "Er is nog geen proef" in owner.get(f"{draft}/proef").text
    page = begin(owner, draft)
    assert page.title == "Een proef"
    assert "Proef: niets wordt verstuurd of bewaard in een zaak." in page.text
    assert page.links()["Signaal indienen"].endswith("/taak/signaal_indienen/1")
    assert "Een proef" in owner.get(f"{draft}/proef").text


def test_what_was_typed_stays_when_a_trial_cannot_begin(owner: Visitor, draft: str) -> None:
    page = begin(owner, draft, begin="gisteren", waarden="dit is = = niets", naam="Mijn proef")
    assert page.status == 422
    assert page.values("naam") == ["Mijn proef"]
    assert page.values("waarden") == ["dit is = = niets"]
    assert "is niet te lezen" in page.text


def test_a_task_is_done_with_the_form_of_the_inbox(owner: Visitor, trial: str) -> None:
    page = reported(owner, trial)
    assert page.path == trial
    assert "Taak ‘Signaal indienen’ is in de proef afgerond." in page.text
    assert page.links()["Triage"]
    assert "Melder rondt ‘Signaal indienen’ af." in page.text
    assert "Automatische stap: Signaal registreren" in page.text


def test_errors_stand_at_the_field_and_what_was_typed_stays(owner: Visitor, trial: str) -> None:
    page = do(owner, trial, "signaal_indienen", {"signaal.adres": "Dorpsstraat 1"})
    assert page.status == 422
    assert "Kies een antwoord." in page.text
    assert page.values("signaal.adres") == ["Dorpsstraat 1"]


def test_a_form_reacts_within_a_trial(owner: Visitor, trial: str) -> None:
    owner.get(f"{trial}/taak/signaal_indienen/1")
    page = owner.post(f"{trial}/taak/signaal_indienen/1/velden", {"signaal.acuut_gevaar": "ja"})
    assert page.status == 200
    assert 'id="velden"' in page.response.text


def test_a_task_that_is_gone_keeps_what_was_typed(owner: Visitor, trial: str) -> None:
    owner.get(f"{trial}/taak/signaal_indienen/1")
    page = owner.post(f"{trial}/taak/triage/1", {"triage.toelichting": "Een lange uitleg."})
    assert page.status == 409
    assert "Een lange uitleg." in page.text


def test_two_who_step_at_once_are_told(owner: Visitor, trial: str) -> None:
    reported(owner, trial)
    page = owner.post(f"{trial}/wacht", {"duur": "1wd", "_na": "0"})
    assert page.status == 409
    assert "intussen verder gegaan" in page.text
    assert page.values("duur") == ["1wd"]


def test_time_passes_and_steps_are_taken_back(owner: Visitor, trial: str) -> None:
    reported(owner, trial)
    assert owner.submit("/wacht", {"duur": "morgen"}).status == 422
    assert owner.last is not None
    assert owner.last.values("duur") == ["morgen"]
    page = owner.submit("/wacht", {"duur": "2wd"})
    assert "Wachten: 2 werkdagen." in page.text
    assert "wo 4 mrt 2026, 09:30" in page.text
    page = owner.post(f"{trial}/terug", {"stappen": "1"})
    assert "Wachten: 2 werkdagen." not in page.text
    page = owner.post(f"{trial}/terug", {"stappen": "0"})
    assert "Signaal indienen" in page.links()
    page = owner.post(f"{trial}/termijn")
    assert page.status == 409
    assert "Er loopt geen termijn" in page.text


def test_a_message_comes_in(owner: Visitor, trial: str) -> None:
    reported(owner, trial)
    page = owner.submit("/bericht", {"inhoud": "dit = = niets"})
    assert page.status == 422
    assert "dit = = niets" in page.values("inhoud")
    page = owner.submit("/bericht", {"inhoud": 'aanvulling.tekst = "Een wit busje."'})
    assert page.status == 200
    assert "komt binnen." in page.text


def test_another_result_is_chosen(owner: Visitor, trial: str) -> None:
    reported(owner, trial)
    page = owner.submit("/uitkomst", {"uitkomst.registratie.ontvangen_op": "2026-02-01"})
    assert "deze uitkomst hoort bij de proef" in page.text
    assert page.values("uitkomst.registratie.ontvangen_op") == ["2026-02-01"]


def test_a_trial_becomes_a_test_and_a_change_shows_where_it_goes_otherwise(
    owner: Visitor, draft: str, trial: str, office: Office
) -> None:
    reported(owner, trial)
    do(owner, trial, "triage", TRIAGE)
    page = owner.submit("/toets", {"naam": ""})
    assert page.status == 422
    page = owner.submit("/toets", {"naam": "Triage gaat door"})
    assert "Triage gaat door: gaat zoals het hoort" in page.text
    assert "triage_gaat_door.toml" in page.text

    with office.application.sessions.begin() as session:
        parts, actor = office.application.collaborators, office.person("functioneel-beheer")
        draft_id = draft.rpartition("/")[2]
        own: dict[str, Any] = {"draft_id": draft_id, "actor": actor}
        content = read_file(session, parts, path=FORM, **own).content or b""
        changed = content.replace(b'"value": "slachtoffer"', b'"value": "mogelijk"')
        file = ToSave(path=FORM, content=changed, revision=0)
        save_file(session, parts, file=file, now=office.clock(), **own)
    page = owner.get(f"{draft}/proef?toetsen=ja")
    assert "Triage gaat door: gaat anders" in page.text
    page = owner.get(trial)
    assert "Stap 2 past niet meer op dit concept" in page.text
    assert "‘Waar gaat dit signaal over?’ Kies een van de mogelijkheden." in page.text
    assert "Herstelt de proef" in page.text
    assert owner.get(f"{trial}/taak/triage/1").values("triage.urgentie") == ["normaal"]
    owner.get(trial)
    page = owner.post(f"{trial}/terug", {"stappen": "1"})
    assert "past niet meer" not in page.text


def test_a_trial_is_renamed_and_thrown_away(owner: Visitor, draft: str, trial: str) -> None:
    owner.get(trial)
    assert owner.submit("/naam", {"naam": "Anders"}).title == "Anders"
    page = owner.submit("/weggooien")
    assert page.path == f"{draft}/proef"
    assert "De proef is weggegooid." in page.text
    assert owner.get(trial).status == 404


def test_a_trial_begins_with_the_steps_of_a_scenario(owner: Visitor, draft: str) -> None:
    owner.get(f"{draft}/proef?proces=meldroute_signaal")
    path = "processes/meldroute_signaal/scenarios/geen_vermoeden.toml"
    page = owner.submit("/proef/voorbeeld", {"verloop": path})
    assert "Afgelopen" in page.text
    assert "Laatste stap terugnemen" in page.text


def test_the_simulation_has_a_view_and_a_policy_of_its_own(owner: Visitor, trial: str) -> None:
    page = owner.get(f"{trial}?beeld=simulatie")
    assert "'unsafe-inline'" in page.response.headers["Content-Security-Policy"]
    assert page.tree.get_element_by_id("simulation") is not None
    strict = owner.get(trial).response.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in strict


def test_the_pages_do_not_exist_for_others(trial: str, app: Flask) -> None:
    draft, _, _ = trial.rpartition("/proef/")
    other = Visitor(client=app.test_client()).log_in("af-zorg")
    for path in (f"{draft}/proef", trial, f"{trial}/taak/signaal_indienen/1"):
        assert other.get(path).status == 404
    other.get("/taken/mijn")
    assert other.post(f"{trial}/wacht", {"duur": "1wd"}).status == 404
