"""Feedback to who has no account, by code."""

from uuid import uuid4

from tests.integration import steps
from tests.integration.conftest import Office
from tests.web.conftest import Visitor


def anonymous(office: Office) -> str:
    code = office.report(by=None, hoedanigheid="anoniem", anoniem="ja").code
    assert code is not None
    return code


def test_the_code_shows_how_far_it_is_and_stands_in_no_address(
    stranger: Visitor, office: Office
) -> None:
    code = anonymous(office)
    page = stranger.get("/terugkoppeling")
    page = stranger.post("/terugkoppeling", {"code": code.lower().replace("-", " ")})

    assert page.status == 200
    assert "Ontvangen" in page.text
    assert code not in page.response.request.url
    assert stranger.client.get_cookie("meldroute") is None


def test_a_code_in_the_address_is_not_read(stranger: Visitor, office: Office) -> None:
    page = stranger.get(f"/terugkoppeling?code={anonymous(office)}")

    assert "Terugkoppelcode" in page.text
    assert "Ontvangen" not in page.text


def test_an_unknown_code_is_said_at_the_box(stranger: Visitor, office: Office) -> None:
    anonymous(office)
    page = stranger.post("/terugkoppeling", {"code": "AAAA-BBBB-CCCC-DDDD"})

    assert page.status == 404
    assert page.tree.get_element_by_id("code").get("aria-invalid") == "true"


def test_a_question_is_answered_with_the_code(stranger: Visitor, office: Office) -> None:
    code = anonymous(office)
    steps.triaged(office, bruikbaar="nee", vraag_aan_melder=steps.QUESTION)
    page = stranger.post("/terugkoppeling", {"code": code})
    assert steps.QUESTION in page.text

    empty = stranger.post("/terugkoppeling/aanvullen", {"code": code, "aanvulling.tekst": ""})
    assert empty.status == 422
    assert "fouten" in {e.get("id") for e in empty.tree.xpath("//*[@id]")}

    page = stranger.post("/terugkoppeling/aanvullen", {"code": code, "aanvulling.tekst": "Wit."})
    assert page.status == 200
    assert "Uw aanvulling is ontvangen" in page.text
    office.work()
    assert "triage" in office.inbox("af-zorg")


def test_a_question_that_is_answered_already_asks_for_the_code_again(
    stranger: Visitor, office: Office
) -> None:
    code = anonymous(office)
    page = stranger.post("/terugkoppeling/aanvullen", {"code": code, "aanvulling.tekst": "Wit."})

    assert page.status == 404
    assert "geen vraag" in page.text


def test_who_knows_more_adds_it_with_the_code_unasked(stranger: Visitor, office: Office) -> None:
    code = anonymous(office)
    page = stranger.post("/terugkoppeling", {"code": code})
    assert "Iets toevoegen of intrekken" in page.text

    page = stranger.submit("/terugkoppeling/toevoegen", {"aanvulling": "Het busje is wit."})
    assert page.status == 200
    assert "Uw aanvulling is ontvangen" in page.text
    assert "aanvulling_bekijken" in office.inbox("af-zorg")
    assert stranger.client.get_cookie("meldroute") is None


def test_an_empty_addition_is_said_at_the_box(stranger: Visitor, office: Office) -> None:
    stranger.post("/terugkoppeling", {"code": anonymous(office)})
    page = stranger.submit("/terugkoppeling/toevoegen", {"aanvulling": "  "})

    assert page.status == 422
    assert page.tree.get_element_by_id("aanvulling-melding").get("aria-invalid") == "true"
    assert "aanvulling_bekijken" not in office.inbox("af-zorg")


def test_sending_an_addition_twice_adds_it_once(stranger: Visitor, office: Office) -> None:
    reported = office.report(by=None, hoedanigheid="anoniem", anoniem="ja")
    stranger.post("/terugkoppeling", {"code": reported.code})
    told = {"code": reported.code, "submission_id": str(uuid4()), "aanvulling": "Wit busje."}
    for _ in range(2):
        assert stranger.post("/terugkoppeling/toevoegen", told).status == 200
    assert office.open_tasks(reported.reference) == ["aanvulling_bekijken", "triage"]


def test_who_wants_no_more_contact_says_so_with_the_code(stranger: Visitor, office: Office) -> None:
    stranger.post("/terugkoppeling", {"code": anonymous(office)})
    page = stranger.submit("/terugkoppeling/intrekken", {})
    office.work()

    assert page.status == 200
    assert "geen contact meer" in page.text
    assert "intrekking_bekijken" in office.inbox("af-zorg")


def test_a_case_that_has_ended_takes_nothing_more_and_keeps_what_was_typed(
    stranger: Visitor, office: Office
) -> None:
    code = anonymous(office)
    steps.triaged(office, bruikbaar="nee", vraag_aan_melder=steps.QUESTION)
    page = stranger.post("/terugkoppeling", {"code": code})
    office.later(days=16)
    page = stranger.submit("/terugkoppeling/toevoegen", {"aanvulling": "Het busje is wit."})

    assert page.status == 409
    assert "Meld dan een nieuw signaal" in page.text
    assert "Het busje is wit." in page.text
    assert "Iets toevoegen" not in stranger.post("/terugkoppeling", {"code": code}).text
