"""Whole cases, from report to end, by programs alone."""

from typing import Any
from uuid import uuid4

import pytest

from tests.api.conftest import ApiOffice
from tests.integration import steps


def test_a_worry_about_a_victim_walks_route_a_to_its_end(api: ApiOffice) -> None:
    reference = steps.up_to_handover(api, "A", "zorgcoordinator")
    steps.accepted(api, "zorgcoordinator")
    steps.told(api)
    steps.followed_up(api, "klaar")
    steps.care_refused(api)
    steps.closed(api)
    steps.told(api, "afgerond")
    case = api.case(reference)
    assert (case["status"], case["open_tasks"]) == ("completed", [])
    assert case["end_name"] == "Naar aanpak"
    own = api.read("melder", "/signals")
    assert [(one["reference"], one["progress"]) for one in own] == [(reference, "afgerond")]
    assert len(own[0]["feedback"]) == 2


def test_without_a_suspicion_the_municipality_helps_and_says_so(api: ApiOffice) -> None:
    reference = api.report().reference
    steps.triaged(api)
    steps.enriched(api)
    steps.judged(api, "nee")
    api.do(
        "af-zorg",
        "gemeentelijk_oppakken",
        oppakken={"wijze": "reguliere_hulp", "toelichting": "De wijkcoach belt."},
    )
    steps.told(api)
    assert api.case(reference)["status"] == "completed"


def test_too_little_known_expires_after_ninety_days(api: ApiOffice) -> None:
    reference = api.report().reference
    steps.triaged(api)
    steps.enriched(api)
    steps.judged(api, "onvoldoende")
    assert list(api.inbox("af-zorg")) == ["monitoren"]
    api.later(days=91)
    assert api.case(reference)["history"][0]["kind"] == "tijd_verstreken"
    steps.told(api, "afgerond")
    assert api.case(reference)["status"] == "completed"


@pytest.mark.parametrize(("route", "partner"), [("B", "zvh"), ("C", "riec")])
def test_a_partner_refuses_first_and_accepts_later(
    api: ApiOffice, route: str, partner: str
) -> None:
    reference = steps.up_to_handover(api, route, partner)
    steps.refused(api, partner)
    steps.routed(api, route, partner)
    steps.allowed(api)
    steps.handed_to(api, partner)
    steps.accepted(api, partner)
    steps.told(api)
    steps.followed_up(api, "klaar")
    steps.TRACK_DONE[partner](api)
    steps.closed(api)
    steps.told(api, "afgerond")
    assert api.case(reference)["status"] == "completed"


def test_acute_danger_is_acted_on_before_anything_else(api: ApiOffice) -> None:
    reported = api.report(
        acuut_gevaar="ja",
        omschrijving="Hulp!",
        adres=None,
        gaat_over=None,
        vorm=None,
        minderjarig=None,
    )
    assert reported.acute
    first = api.read("af-zorg", "/tasks")["tasks"][0]
    assert (first["element_id"], first["urgency"]) == ("acuut_vastleggen", "acuut")
    api.do(
        "af-zorg",
        "acuut_vastleggen",
        acuut={
            "gebeld_112": "ja",
            "gebeld_op": "2026-03-02T09:25",
            "gebeld_door": "Anna",
            "betrokkene_veilig": "ja",
            "melder_veilig": "ja",
        },
    )
    api.do(
        "af-zorg",
        "veiligheid_borgen",
        veiligheid={
            "betrokkene": "veilig",
            "melder": "veilig",
            "minderjarig": "nee",
            "slachtoffer_veilig_plaatsbaar": "niet_nodig",
        },
    )
    assert api.open_tasks(reported.reference) == ["triage"]


def test_somebody_without_a_name_reports_answers_a_question_and_hears_back(
    api: ApiOffice,
) -> None:
    questions = {
        field["key"]: field
        for field in api.read(None, "/signals/form", municipality="midden-delfland")["fields"]
    }
    assert questions["signaal.acuut_gevaar"]["required"]
    assert [o["value"] for o in questions["signaal.anoniem"]["options"]] == ["ja", "nee"]
    reported = api.report(
        by=None,
        hoedanigheid="anoniem",
        anoniem="ja",
        naam=None,
        email=None,
        veilig_terugbellen=None,
    )
    by_code = {"code": reported.code}
    assert api.send(None, "/signals/feedback", by_code)["progress"] == "ontvangen"
    steps.triaged(api, bruikbaar="nee", vraag_aan_melder=steps.QUESTION)
    heard = api.send(None, "/signals/feedback", by_code)
    assert (heard["progress"], heard["question"], heard["task_id"]) == ("bekeken", True, None)
    asked = {
        field["key"]: field for field in api.send(None, "/signals/question", by_code)["fields"]
    }
    assert asked["triage.vraag_aan_melder"]["value"] == steps.QUESTION
    answers = {"aanvulling": {"tekst": steps.ANSWER}}
    api.send(None, "/signals/answer", {**by_code, "answers": answers})
    api.work()
    assert api.open_tasks(reported.reference) == ["triage"]
    assert_gone(api, by_code)
    assert api.read("melder", "/signals") == []


def assert_gone(api: ApiOffice, by_code: dict[str, Any]) -> None:
    assert api.ask(None, "POST", "/signals/question", json=by_code).status_code == 404
    assert api.ask(None, "POST", "/signals/feedback", json={"code": "AAAA"}).status_code == 404


def test_a_reporter_adds_by_code_and_takes_leave_by_token(api: ApiOffice) -> None:
    unnamed = api.report(by=None, hoedanigheid="anoniem", anoniem="ja", naam=None, email=None)
    told = {"signal": unnamed.code, "text": steps.ANSWER, "submission_id": str(uuid4())}
    for _ in range(2):
        assert api.send(None, "/signals/addition", told) == {"reference": unnamed.reference}
    assert api.open_tasks(unnamed.reference) == ["aanvulling_bekijken", "triage"]
    assert (
        api.ask(None, "POST", "/signals/addition", json={**told, "signal": "A"}).status_code == 404
    )

    named = api.report().reference
    leave = {"signal": named, "submission_id": str(uuid4())}
    assert api.ask("oov", "POST", "/signals/withdrawal", json=leave).status_code == 404
    assert [one["takes_more"] for one in api.read("melder", "/signals")] == [True]
    assert api.send("melder", "/signals/withdrawal", leave) == {"reference": named}
    api.work()
    assert api.open_tasks(named) == ["intrekking_bekijken", "triage"]
    assert api.read("melder", "/signals") == []
