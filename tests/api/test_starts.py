"""Signals and what begins by itself, as other systems and administrators meet them."""

from datetime import datetime

import pytest

from service.domain.working_days import AMSTERDAM
from tests.api.conftest import ApiOffice
from tests.integration import drawn
from tests.integration.carried import ALARM, BEGINS, HEARS, cases_of, published_with
from tests.integration.clockwork import DAILY, begins, stumbles
from tests.integration.test_message_starts import BEGINS as BY_MESSAGE
from tests.integration.test_message_starts import POST

KEEPER = "functioneel-beheer"
NUMBER = "5f0c2f7e-3c55-4a55-8f0e-5d1a0f9b7c22"


def test_a_signal_from_another_system_wakes_and_begins_cases_once(api: ApiOffice) -> None:
    published_with(api, ALARM, hoort=HEARS, begint=BEGINS)
    case = drawn.begun(api, "hoort")
    body = {"name": "alarm", "payload": {"plaats": "overal"}, "message_id": NUMBER}
    first, again = (api.send(KEEPER, "/broadcasts", body) for _ in range(2))
    assert first == again
    assert api.open_tasks(case.reference) == [], "the answer comes before it is heard"
    api.work()
    assert api.open_tasks(case.reference) == ["handelen"]
    assert len(cases_of(api, "begint")) == 1
    history = api.case(case.reference)["history"]
    assert [line["kind"] for line in history] == ["signaal_gehoord", "gestart"]


def test_a_message_tells_which_case_it_began_and_the_same_number_tells_the_same(
    api: ApiOffice,
) -> None:
    published_with(api, POST, begint=BY_MESSAGE)
    body = {"name": "er_is_post", "correlation_key": "S1", "message_id": NUMBER}
    first, again = (api.send(KEEPER, "/messages", body) for _ in range(2))
    [case] = cases_of(api, "begint")
    assert first == again == {"instances": [], "started": [str(case.id)]}


@pytest.mark.parametrize("path", ["/broadcasts", "/messages"])
def test_a_payload_that_no_case_could_keep_is_refused_at_once(api: ApiOffice, path: str) -> None:
    published_with(api, ALARM + POST, begint=BEGINS, ook=BY_MESSAGE)
    name = "alarm" if path == "/broadcasts" else "er_is_post"
    for payload in ({"registratie": {}}, {"gemeente": {}}):
        answer = api.ask(KEEPER, "POST", path, json={"name": name, "payload": payload})
        assert answer.status_code == 422, answer.get_json()
    api.send(KEEPER, path, {"name": name, "payload": {"bedrag": 1.5, "aantal": 3}})
    api.work()
    assert len(cases_of(api, "begint" if path == "/broadcasts" else "ook")) == 1
    assert not any(start["incident"] for start in api.read(KEEPER, "/starts"))


def test_what_failed_to_begin_is_listed_first_and_can_be_tried_again(api: ApiOffice) -> None:
    published_with(api, "", heel=begins(DAILY), kapot=stumbles(DAILY))
    api.later(days=1)
    kapot, *others = api.read(KEEPER, "/starts")
    [heel] = [start for start in others if start["process_id"] == "heel"]
    assert (kapot["process_id"], kapot["by"], kapot["name"]) == ("kapot", "timer", "op_tijd")
    assert kapot["incident"]
    assert heel["incident"] is None
    due = datetime.fromisoformat(heel["next_at"]).astimezone(AMSTERDAM)
    assert due.isoformat() == "2026-03-04T09:30:00+01:00"

    published_with(api, "", heel=begins(DAILY), kapot=begins(DAILY))
    api.send(KEEPER, f"/starts/{kapot['id']}/retry")
    api.later()
    assert len(cases_of(api, "kapot")) == 1
    assert api.ask(KEEPER, "POST", f"/starts/{kapot['id']}/retry").status_code == 409
