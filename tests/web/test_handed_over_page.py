"""The page of a partner with what was handed over to it."""

from tests.integration import steps
from tests.integration.conftest import SIGNAL, Office
from tests.web.conftest import Staff


def test_a_partner_finds_its_handover_and_answers_from_there(staff: Staff, office: Office) -> None:
    reference = steps.up_to_handover(office, "B", "zvh")
    desk = staff("zvh")
    page = desk.get(desk.get("/taken").links()["Aan u overgedragen"])
    assert reference in page.text
    assert "Wacht op uw antwoord" in page.text
    assert steps.SUMMARY in page.text
    assert SIGNAL["omschrijving"] not in page.text
    assert "Overdracht beoordelen" in desk.get(page.links()["Accepteren of weigeren"]).text
    steps.refused(office, "zvh")
    page = desk.get("/overgedragen")
    assert "Geweigerd" in page.text
    assert steps.REASON in page.text


def test_its_menu_and_pages_name_nothing_else(staff: Staff, office: Office) -> None:
    reference = steps.up_to_handover(office, "B", "zvh")
    desk = staff("zvh")
    menu = set(desk.get("/overgedragen").links())
    assert {"Zaken", "Netwerk", "Herstel"}.isdisjoint(menu)
    page = desk.get(f"/zaken/{reference}")
    assert "Notities" not in page.text
    assert "Gestart" not in page.text
    assert "Urgentie" in page.text, "that of the handover itself"


def test_an_empty_page_says_what_will_come(staff: Staff, office: Office) -> None:
    office.report()
    assert "Er is nog niets overgedragen" in staff("riec").get("/overgedragen").text


def test_staff_have_no_such_page(staff: Staff) -> None:
    assert staff("oov").get("/overgedragen").status == 404


FOR_PARTNERS = {
    "/account",
    "/api/docs",
    "/api/v1/openapi.json",
    "/healthz",
    "/melden",
    "/mijn-signalen",
    "/overgedragen",
    "/readyz",
    "/taken",
    "/taken/rollen",
    "/terugkoppeling",
    "/zaken/starten",
}
"""Every address without a name in it that answers a partner; of each it sees its own only.

The profile gives a partner nothing to begin, so that ``/zaken/starten`` is empty.
"""

API_LISTS = {
    "/api/v1/handovers",
    "/api/v1/processes",
    "/api/v1/signals",
    "/api/v1/signals/form",
    "/api/v1/tasks",
}
"""The names of the processes, own signals, own tasks, and what was handed over."""


def test_no_other_page_or_list_answers_a_partner(staff: Staff, office: Office) -> None:
    steps.up_to_handover(office, "B", "zvh")
    desk = staff("zvh")
    rules = [
        rule.rule
        for rule in staff.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments
    ]
    asked = {path: desk.client.get(path).status_code for path in rules if path != "/"}
    assert {path for path, status in asked.items() if status == 200} == FOR_PARTNERS | API_LISTS
    assert set(asked.values()) <= {200, 302, 403, 404, 422}
