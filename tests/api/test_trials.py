"""A process owner walks a made-up case through a draft with a program."""

from typing import Any

import pytest

from service.operations.studio.trial.shared import shared_scenarios
from tests.api.conftest import ApiOffice
from tests.integration import steps
from tests.integration.conftest import SIGNAL
from tests.integration.publishing import OWNER

TO_BEGIN = {"name": "Een proef", "process_id": "meldroute_signaal", "begin": "2026-03-02T09:30"}


@pytest.fixture
def draft(api: ApiOffice) -> str:
    return f"/drafts/{api.send(OWNER, '/drafts', {'title': 'Proberen'})['id']}"


@pytest.fixture
def trial(api: ApiOffice, draft: str) -> str:
    return f"{draft}/trials/{api.send(OWNER, f'{draft}/trials', TO_BEGIN)['id']}"


def did(api: ApiOffice, trial: str, role: str, task: str, **answers: Any) -> Any:
    told = {"role": role, "answers": answers}
    return api.send(OWNER, f"{trial}/tasks/{task}/1", told)


def reported(api: ApiOffice, trial: str) -> Any:
    return did(api, trial, "melder", "signaal_indienen", signaal=SIGNAL)


def wrong(api: ApiOffice, path: str, body: Any) -> Any:
    answer = api.ask(OWNER, "POST", path, json=body)
    assert answer.status_code == 422
    return answer.json["errors"]["json"]


def test_a_trial_is_walked_and_kept_as_a_scenario(api: ApiOffice, draft: str, trial: str) -> None:
    begun = api.read(OWNER, trial)
    assert (begun["steps"], begun["begun"], begun["ended"]) == (0, True, None)
    assert [task["element_id"] for task in begun["tasks"]] == ["signaal_indienen"]

    page = reported(api, trial)
    assert [(task["element_id"], task["roles"]) for task in page["tasks"]] == [
        ("triage", ["af-zorg"])
    ]
    last = page["history"][-1]
    assert (last["what"], last["detail"], last["role"]) == ("task", "signaal_indienen", "melder")
    assert "registreren" in {work["type"] for work in last["work"]}

    asked = api.read(OWNER, f"{trial}/tasks/triage/1")
    assert "triage.urgentie" in {field["key"] for field in asked["form"]["fields"]}
    done = did(api, trial, "af-zorg", "triage", triage=steps.TRIAGE)
    assert (done["steps"], bool(done["tasks"])) == (2, True)

    kept = api.send(OWNER, f"{trial}/scenario", {"name": "Triage gaat door", "after": 2})
    results = {one["path"]: one for one in api.read(OWNER, f"{draft}/scenarios")}
    assert results[kept["path"]]["passed"]


def test_time_passes_to_the_next_timer_or_as_long_as_asked(api: ApiOffice, trial: str) -> None:
    due = reported(api, trial)["next_due"]
    assert due is None
    assert api.ask(OWNER, "POST", f"{trial}/wait", json={}).status_code == 409
    page = api.send(OWNER, f"{trial}/wait", {"span": "2wd"})
    assert (page["history"][-1]["what"], page["history"][-1]["detail"]) == ("wait", "2wd")
    assert page["now"].startswith("2026-03-04T")
    assert list(wrong(api, f"{trial}/wait", {"span": "morgen"})) == ["span"]


def test_steps_are_taken_back_and_a_trial_is_renamed_and_thrown_away(
    api: ApiOffice, draft: str, trial: str
) -> None:
    assert reported(api, trial)["steps"] == 1
    assert api.send(OWNER, f"{trial}/back", {"steps": 0})["steps"] == 0
    api.keep(OWNER, trial, {"name": "Anders"})
    assert [line["name"] for line in api.read(OWNER, f"{draft}/trials")] == ["Anders"]
    assert api.ask(OWNER, "DELETE", trial).status_code == 204
    assert api.read(OWNER, f"{draft}/trials") == []
    assert api.ask(OWNER, "GET", trial).status_code == 404


def test_a_service_task_gives_another_result(api: ApiOffice, trial: str) -> None:
    work = reported(api, trial)["history"][-1]["work"][0]
    assert work["source"] != "chosen"
    told = {"type": work["type"], "visit": work["visit"], "values": {}}
    again = api.send(OWNER, f"{trial}/result", told)["history"][-1]["work"][0]
    assert (again["type"], again["source"]) == (work["type"], "chosen")


def test_what_does_not_fit_is_named_and_nothing_is_done(
    api: ApiOffice, draft: str, trial: str
) -> None:
    for field, value in (("begin", "gisteren"), ("values", "dit is = = niets"), ("name", " ")):
        assert list(wrong(api, f"{draft}/trials", {**TO_BEGIN, field: value})) == [field]
    told = wrong(api, f"{trial}/tasks/signaal_indienen/1", {"role": "melder"})
    assert "signaal.omschrijving" in told["answers"]
    gone = api.ask(OWNER, "GET", f"{trial}/tasks/triage/1")
    assert (gone.status_code, "niet meer open" in gone.json["message"]) == (409, True)
    late = api.ask(OWNER, "POST", f"{trial}/back", json={"steps": 0, "after": 7})
    assert "intussen verder gegaan" in late.json["message"]
    message = {"element_id": "iets_anders"}
    assert api.ask(OWNER, "POST", f"{trial}/message", json=message).status_code == 409
    assert api.read(OWNER, trial)["steps"] == 0


def test_a_trial_goes_on_from_a_scenario_of_the_product(api: ApiOffice, draft: str) -> None:
    path = next(path for path in shared_scenarios() if "meldroute_signaal" in path)
    trial = api.send(OWNER, f"{draft}/trials/follow", {"path": path})["id"]
    assert api.read(OWNER, f"{draft}/trials/{trial}")["steps"] > 0
