"""Repairs over the API: what is told, what is asked to be confirmed, and what stays hidden."""

import json
from typing import Any

from tests.api.conftest import ApiOffice
from tests.integration.conftest import SIGNAL

KEEPER = "functioneel-beheer"
WHY = {"reason": "Op verzoek."}


def reported(api: ApiOffice) -> str:
    return str(api.instance(api.report().reference).id)


def place(api: ApiOffice, case: str, element_id: str) -> dict[str, Any]:
    seen = api.read(KEEPER, f"/instances/{case}/repair")
    return next(p for p in seen["places"] if p["element_id"] == element_id)


def test_a_case_is_seen_without_its_content(api: ApiOffice) -> None:
    case = reported(api)
    seen = api.read(KEEPER, f"/instances/{case}/repair")
    text = json.dumps(seen, ensure_ascii=False)
    assert "triage.urgentie" in seen["variables"]
    for secret in (SIGNAL["omschrijving"], SIGNAL["naam"], SIGNAL["adres"]):
        assert secret not in text
    assert place(api, case, "triage")["roles"] == ["Aandachtsfunctionaris zorg"]


def test_a_suspended_case_is_listed_and_goes_on_when_it_is_resumed(api: ApiOffice) -> None:
    case = reported(api)
    assert api.read(KEEPER, "/instances/to-repair")["instances"] == []
    api.send(KEEPER, f"/instances/{case}/suspend", WHY)
    [listed] = api.read(KEEPER, "/instances/to-repair")["instances"]
    assert (listed["id"], listed["status"]) == (case, "suspended")
    assert api.read("af-zorg", "/instances", status="suspended")["instances"][0]["id"] == case
    assert api.read("af-zorg", f"/instances/{case}")["history"][0]["reason"] == WHY["reason"]
    again = api.ask(KEEPER, "POST", f"/instances/{case}/suspend", json=WHY)
    assert again.status_code == 409
    assert "stilgezet" in again.json["message"]
    api.send(KEEPER, f"/instances/{case}/resume", WHY)
    assert api.read(KEEPER, "/instances/to-repair")["instances"] == []


def test_what_the_diagram_could_not_do_names_what_is_odd_until_it_is_confirmed(
    api: ApiOffice,
) -> None:
    case = reported(api)
    body = {**WHY, "element_id": "triage", "scope": place(api, case, "triage")["scope"]}
    asked = api.ask(KEEPER, "POST", f"/instances/{case}/redo", json=body)
    assert asked.status_code == 409
    assert asked.json["errors"]["json"]["confirmed"]
    api.send(KEEPER, f"/instances/{case}/redo", {**body, "confirmed": True})
    [done] = api.read(KEEPER, f"/instances/{case}/repair")["repairs"]
    assert done["kind"] == "opnieuw_geopend"
    assert done["against"]


def test_a_field_that_does_not_fit_is_named_in_its_own_place(api: ApiOffice) -> None:
    case = reported(api)
    blank = api.ask(KEEPER, "POST", f"/instances/{case}/suspend", json={"reason": "  "})
    assert blank.status_code == 422
    assert blank.json["errors"]["json"] == {"reason": ["Vul een reden in."]}
    own = {**WHY, "path": "registratie.kenmerk", "value": "x"}
    refused = api.ask(KEEPER, "PUT", f"/instances/{case}/variable", json=own)
    assert refused.status_code == 422
    assert "path" in refused.json["errors"]["json"]
