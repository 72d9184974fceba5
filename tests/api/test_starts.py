"""Signals and what begins by itself, as other systems and administrators meet them."""

from datetime import datetime

from service.domain.working_days import AMSTERDAM
from tests.api.conftest import ApiOffice
from tests.integration import drawn
from tests.integration.test_message_starts import BEGINS as BY_MESSAGE
from tests.integration.test_message_starts import POST
from tests.integration.test_signals import ALARM, BEGINS, HEARS, cases_of, published_with
from tests.integration.test_timer_starts import DAILY, begins, stumbles

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


def test_a_payload_with_a_name_of_the_product_is_refused_in_words(api: ApiOffice) -> None:
    for path in ("/broadcasts", "/messages"):
        body = {"name": "iets", "payload": {"registratie": {}}}
        answer = api.ask(KEEPER, "POST", path, json=body)
        assert answer.status_code == 422
        assert "registratie" in answer.get_json()["message"]


def test_what_failed_to_begin_is_listed_first_and_can_be_tried_again(api: ApiOffice) -> None:
    published_with(api, "", heel=begins(DAILY), kapot=stumbles(DAILY))
    api.later(days=1)
    kapot, heel = api.read(KEEPER, "/starts")
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
