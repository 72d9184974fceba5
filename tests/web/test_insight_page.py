"""Insight as pages, a file and links, as a browser without scripts sees them."""

import csv
import io
import json
from collections.abc import Iterator

import pytest

from tests.integration import drawn, insights, stays, steps
from tests.integration.carried import cases_of
from tests.integration.conftest import Furnished, Office, OpenOffice
from tests.integration.insights import at, begun, judged
from tests.web.conftest import Page, Staff, Visitor

THURSDAY = 5, 9, 30
MARCH = "/studio/inzicht/proces?van=2026-03-01&tot=2026-03-31"


@pytest.fixture(scope="module")
def thursday(furnished: Furnished) -> Iterator[str]:
    with furnished(_walk) as template:
        yield template


def _walk(office: Office) -> None:
    """Two cases judged within a working day and a half; one waits, late since yesterday."""
    insights.published(office)
    good, bad, _waits = [begun(office) for _ in range(3)]
    at(office, 3, 9, 30)
    judged(office, good, "ja")
    at(office, 4, 9, 30)
    judged(office, bad, "nee")
    at(office, *THURSDAY)


@pytest.fixture
def office(thursday: str, open_office: OpenOffice) -> Office:
    """The office on Thursday, when those three cases have gone where they went."""
    office = open_office(thursday)
    at(office, *THURSDAY)
    return office


@pytest.fixture
def owner(staff: Staff) -> Visitor:
    return staff("functioneel-beheer")


def rows(page: Page, section: str) -> dict[str, list[str]]:
    """The lines of a table by the words in their first cell."""
    found = page.tree.xpath(f"//section[@aria-labelledby='{section}']//tbody/tr")
    lines = ([" ".join(cell.text_content().split()) for cell in row] for row in found)
    return {first: rest for first, *rest in lines}


def glance(page: Page) -> list[list[str]]:
    """What each question at the head of the page is answered with."""
    answers = page.tree.xpath("//section[@aria-labelledby='kort']//h3/following-sibling::*")
    return [[" ".join(line.text_content().split()) for line in answer] for answer in answers]


def test_the_page_begins_with_where_cases_wait_what_was_late_and_which_way_they_go(
    owner: Visitor, office: Office, staff: Staff
) -> None:
    waits = ["Taak toetsen 1 zaak, 1 te laat", "Taak herstellen 1 zaak"]
    ways = ["Vraag akkoord? pijl 50 %, pijl 50 %"]
    assert glance(owner.get(MARCH)) == [waits, [], ways]
    assert "In deze periode niets." in owner.get(MARCH).text
    references = [case.reference for case in cases_of(office, "proces")]
    [late] = [one for one in references if "toetsen" in office.open_tasks(one)]
    judged(office, late, "ja")
    assert glance(owner.get(MARCH))[1] == ["Taak toetsen 1 van 3 (33 %)"]
    page = staff("af-zorg").get(MARCH)
    assert glance(page) == [[], [], []], "too few of everything"
    assert page.text.count("De aantallen zijn te klein om te tonen.") == 3


def test_who_waits_in_a_process_that_was_called_is_found_there(
    office: Office, staff: Staff
) -> None:
    office.report()
    steps.triaged(office)
    page = staff("functioneel-beheer").get(MARCH.replace("proces?", "meldroute_signaal?"))
    assert glance(page)[0] == ["Van signaal tot aanpak 1 zaak"]
    there = page.links()["Van signaal tot aanpak"]
    assert there == MARCH.replace("proces?", "van_signaal_tot_aanpak?")


def test_the_tables_say_who_waits_how_long_it_took_and_what_was_late(owner: Visitor) -> None:
    page = owner.get(MARCH)
    assert page.title == "proces"
    assert rows(page, "stappen")["Taak toetsen taak"] == [
        "1 1 te laat",
        "2",
        "1,5 werkdagen",
        "1,9 werkdagen",
        "2 werkdagen",
        "0 van 2 (0 %)",
    ]
    assert rows(page, "stappen")["Taak herstellen taak"][:4] == ["1", "0", "–", "–"]


def test_the_paths_say_how_often_and_which_share_of_a_choice(owner: Visitor) -> None:
    paths = rows(owner.get(MARCH), "paden")
    assert paths["Begin begin"] == ["3", "3", "–"]
    assert paths["Vraag akkoord? pijl → Einde"] == ["1", "1", "50 %"]


def test_the_diagram_has_its_figures_and_the_view_that_was_asked_for(owner: Visitor) -> None:
    page = owner.get(f"{MARCH}&beeld=paden")
    data = json.loads(page.tree.get_element_by_id("diagram-data").text)
    assert data["view"] == "paden"
    levels = {mark["id"]: (mark["level"], mark["text"]) for mark in data["views"]["paden"]}
    assert levels["begin"] == (5, "3")
    assert levels["ja"] == (2, "1")
    assert levels["hersteld"] == (0, "0")
    waiting = {mark["id"]: mark["text"] for mark in data["views"]["wachtend"]}
    assert waiting == {"toetsen": "1", "herstellen": "1"}
    assert page.tree.xpath("//*[@data-view='paden']/@aria-current") == ["true"]


def test_a_table_is_sorted_by_the_links_of_its_heads(owner: Visitor) -> None:
    page = owner.get(MARCH)
    page = owner.get(page.links()["Afgerond↕"])
    assert list(rows(page, "stappen")) == ["Taak toetsen taak", "Taak herstellen taak"]
    assert page.tree.xpath("//th[@aria-sort]/@aria-sort") == ["descending"]
    page = owner.get(page.links()["Afgerond▼"])
    assert list(rows(page, "stappen")) == ["Taak herstellen taak", "Taak toetsen taak"]
    assert "van=2026-03-01" in page.links()["Afgerond▲"], "the period stays"


def test_what_the_history_does_not_tell_reads_as_unknown(office: Office, staff: Staff) -> None:
    drawn.publish_process(office, stays.BODY, extra=stays.CALLED)
    stays.forget(office, stays.through(office, days=1))
    owner = staff("functioneel-beheer")
    assert rows(owner.get(MARCH), "stappen")["Roep roep aan ander proces: Roep roep aan"] == [
        *("0", "1", "onbekend", "onbekend", "–", "–")
    ]
    stays.through(office, days=3)
    told = rows(owner.get(MARCH), "stappen")["Roep roep aan ander proces: Roep roep aan"]
    assert told[1:4] == ["2", "3 dagen bekend van 1", "3 dagen"]
    assert rows(owner.get(MARCH), "stappen")["pauze wachten"][2] == "2 dagen bekend van 1"


def test_flows_without_a_choice_stand_apart_from_the_others(owner: Visitor) -> None:
    page = owner.get(MARCH)
    ways, straight_on = page.tree.xpath("//section[@aria-labelledby='paden']//table")
    assert "Vraag akkoord? pijl → Einde" in ways.text_content()
    assert "Vraag akkoord? pijl →" not in straight_on.text_content()
    assert "Taak toetsen pijl → Vraag akkoord?" in straight_on.text_content()
    assert not page.tree.xpath("//details[@open]//table")
    page = owner.get(page.links()["Keer↕"])
    assert page.tree.xpath("//details[@open]//table"), "who sorts them sees them"


def test_a_period_can_be_chosen_without_typing(owner: Visitor) -> None:
    page = owner.get("/studio/inzicht/proces")
    assert "1 apr 2025 tot en met 5 mrt 2026" in page.text
    page = owner.get(page.links()["Vorig kwartaal"])
    assert "1 okt 2025 tot en met 31 dec 2025" in page.text
    assert rows(page, "stappen")["Taak toetsen taak"][1] == "0"
    page = owner.get(page.links()["Deze maand"])
    assert "1 mrt 2026 tot en met 5 mrt 2026" in page.text


def test_the_library_leads_here(owner: Visitor) -> None:
    link = owner.get("/studio").links()["Hoe dit proces loopt: proces"]
    assert owner.get(link).title == "proces"


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        ("2026-03-31", "2026-03-01", "draai ze om"),
        ("gisteren", "2026-03-01", "Vul twee datums in"),
        ("", "2026-03-01", "Vul twee datums in"),
        ("9999-12-31", "9999-12-31", "Vul twee datums in"),
        ("0001-01-01", "2026-03-01", "Vul twee datums in"),
    ],
)
def test_a_period_that_cannot_be_is_told_and_stays_as_typed(
    owner: Visitor, first: str, last: str, why: str
) -> None:
    page = owner.get(f"/studio/inzicht/proces?van={first}&tot={last}")
    assert page.status == 422
    assert why in page.text
    assert page.tree.get_element_by_id("van").get("value") == first
    file = owner.client.get(f"/studio/inzicht/proces/bestand?van={first}&tot={last}")
    assert file.status_code == 422


def test_what_has_left_the_diagram_is_listed_and_the_old_one_can_be_drawn(
    owner: Visitor, office: Office
) -> None:
    insights.published(office, insights.BODY.replace("toetsen", "beoordelen"))
    page = owner.get(MARCH)
    assert "Niet meer in het diagram" in page.text
    assert rows(page, "anders")["Taak toetsen taak"][1] == "2"
    page = owner.get(f"{MARCH}&publicatie=2")
    assert "Niet meer in het diagram" not in page.text
    assert rows(page, "stappen")["Taak toetsen taak"][1] == "2"
    page = owner.get(f"{MARCH}&publicatie=1")
    assert "Publicatie 1 heeft dit proces niet" in page.text
    assert page.status == 200


def test_the_file_holds_the_same_without_small_counts(owner: Visitor) -> None:
    answer = owner.client.get(owner.get(MARCH).links()["Cijfers ophalen (CSV)"])
    assert answer.mimetype == "text/csv"
    name = 'attachment; filename="inzicht-proces-2026-03-01-2026-03-31.csv"'
    assert answer.headers["Content-Disposition"] == name
    text = answer.data.decode("utf-8-sig")
    lines = {line["element"]: line for line in csv.DictReader(io.StringIO(text), delimiter=";")}
    assert lines["toetsen"]["afgerond"] == "<5"
    assert lines["toetsen"]["mediaan"] == ""
    assert lines["toetsen"]["normtijd"] == "2wd"
    assert (lines["ja"]["keer"], lines["hersteld"]["keer"]) == ("<5", "0")


def test_a_name_that_would_be_a_formula_stays_a_text(office: Office, owner: Visitor) -> None:
    insights.published(office, insights.BODY.replace("Taak toetsen", "=1+1"))
    text = owner.client.get("/studio/inzicht/proces/bestand").data.decode("utf-8-sig")
    assert ";'=1+1;" in text


def test_who_only_coordinates_sees_no_small_counts_and_can_look_up_the_cases(
    office: Office, staff: Staff
) -> None:
    desk = staff("af-zorg")
    assert "Studio" not in desk.get("/taken").links()
    page = desk.get(desk.get(desk.get("/cijfers").links()["Inzicht per proces"]).links()["proces"])
    assert "Aantallen onder de 5 tonen wij niet" in page.text
    assert rows(page, "stappen")["Taak toetsen taak"][1:4] == ["<5", "<5", "<5"]
    found = [url for text, url in page.links().items() if text.startswith("<5")]
    cases = desk.get(found[0])
    assert "Alleen zaken waarin ‘Taak toetsen’ openstaat." in cases.text
    waiting = [task for task in _open_tasks(office) if task == "toetsen"]
    assert len(cases.tree.xpath("//tbody/tr")) == len(waiting) == 1


def _open_tasks(office: Office) -> list[str]:
    found = cases_of(office, "proces")
    return [step for case in found for step in office.open_tasks(case.reference)]


def test_who_publishes_and_does_not_coordinate_gets_no_link_to_cases(owner: Visitor) -> None:
    assert not [url for url in owner.get(MARCH).links().values() if "/zaken?stap=" in (url or "")]


@pytest.mark.parametrize("role", ["oov", "zvh"])
def test_for_others_these_pages_do_not_exist(staff: Staff, role: str) -> None:
    desk = staff(role)
    for path in ("/studio/inzicht", MARCH, "/studio/inzicht/proces/bestand"):
        assert desk.get(path).status == 404
    assert "Inzicht per proces" not in desk.get("/cijfers").response.text


@pytest.mark.parametrize("number", ["99", "0", "-1", "99999999999999999999"])
def test_a_publication_that_is_not_there_is_not_found(owner: Visitor, number: str) -> None:
    assert owner.get(f"{MARCH}&publicatie={number}").status == 404


def test_a_process_that_is_not_there_is_not_found(owner: Visitor) -> None:
    assert owner.get("/studio/inzicht/bestaat_niet").status == 404


def test_a_step_that_nothing_waits_at_finds_no_cases(staff: Staff) -> None:
    desk = staff("af-zorg")
    assert desk.get("/zaken?stap=onzin").status == 200
    assert "Geen zaken gevonden" in desk.get("/zaken?stap=proces:onzin").text
    assert "proces:toetsen" in desk.get("/zaken?stap=proces:toetsen").response.text
