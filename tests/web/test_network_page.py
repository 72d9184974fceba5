"""The registers of the network in the browser, without scripts."""

from datetime import date

import pytest

from service.storage import Agreement
from tests.integration.conftest import Office
from tests.integration.networking import YESTERDAY, agreement_for, change, partner, until
from tests.web.conftest import Staff

LIST = "/netwerk/afspraken"


def page_of(agreement: Agreement) -> str:
    return f"{LIST}/{agreement.id}"


def test_the_menu_leads_to_the_agreements_and_shows_what_expires(
    staff: Staff, office: Office
) -> None:
    until(office, agreement_for(office, "zvh"), YESTERDAY)
    until(office, agreement_for(office, "riec"), date(2026, 4, 1))
    desk = staff("af-zorg")
    page = desk.get(desk.get("/taken").links()["Netwerk"])
    assert page.path == LIST
    rows = {
        row.xpath("string(.//th//a)"): " ".join(row.text_content().split())
        for row in page.tree.xpath("//tbody/tr")
    }
    assert "1 maart 2026 Verlopen" in rows["Veiligheidshuisconvenant"]
    assert "1 april 2026 Verloopt binnenkort" in rows["RIEC-convenant"]
    assert "Geldig" in rows["Gemeentelijk privacyprotocol"]
    assert "2 afspraken zijn verlopen of verlopen binnen 60 dagen." in page.text


def test_who_keeps_the_network_renews_an_agreement_and_the_change_has_a_name(
    staff: Staff, office: Office
) -> None:
    agreement = agreement_for(office, "zvh")
    desk = staff("af-zorg")
    desk.get(page_of(agreement))
    page = desk.submit(page_of(agreement), {"valid_until": "2031-05-31"})
    assert page.status == 200
    assert "‘Veiligheidshuisconvenant’ is bewaard." in page.text
    assert "Geldig tot en met: van 31 december 2029 naar 31 mei 2031" in page.text
    assert office.person("af-zorg").name in page.text
    assert agreement_for(office, "zvh").valid_until == date(2031, 5, 31)


def test_what_does_not_fit_is_told_at_its_field_and_what_was_typed_stays(
    staff: Staff, office: Office
) -> None:
    agreement = agreement_for(office, "zvh")
    desk = staff("af-zorg")
    desk.get(page_of(agreement))
    page = desk.submit(
        page_of(agreement), {"name": "", "valid_until": "2020-01-01", "reference": "Kast 3"}
    )
    assert page.status == 422
    assert "Vul dit in." in page.tree.xpath("string(//*[@id='veld-name-fout'])")
    assert page.values("reference") == ["Kast 3"]
    assert page.values("valid_until") == ["2020-01-01"]
    assert agreement_for(office, "zvh").revision == agreement.revision


def test_an_agreement_is_for_somebody(staff: Staff) -> None:
    desk = staff("af-zorg")
    desk.get(f"{LIST}/nieuw")
    told = {"name": "Nieuw convenant", "kind": "convenant", "valid_from": "2026-03-02"}
    page = desk.submit(f"{LIST}/nieuw", told)
    assert page.status == 422
    assert "Vul dit in." in page.tree.xpath("string(//*[@id='veld-parties-fout'])")
    assert page.values("name") == ["Nieuw convenant"]


def test_who_comes_second_sees_who_was_first_and_keeps_what_they_typed(
    staff: Staff, office: Office
) -> None:
    agreement = agreement_for(office, "zvh")
    desk = staff("af-zorg")
    desk.get(page_of(agreement))
    until(office, agreement, date(2030, 1, 1))
    page = desk.submit(page_of(agreement), {"reference": "Kast 3"})
    assert page.status == 409
    assert f"{office.person('af-zorg').name} heeft ‘Veiligheidshuisconvenant’ intussen" in page.text
    assert page.values("reference") == ["Kast 3"]
    again = desk.submit(page_of(agreement))
    assert again.status == 200, "who looked at it may mean it"
    assert agreement_for(office, "zvh").reference == "Kast 3"


def test_withdrawing_asks_why_and_can_be_taken_back(staff: Staff, office: Office) -> None:
    agreement = agreement_for(office, "zvh")
    desk = staff("af-zorg")
    desk.get(page_of(agreement))
    assert desk.submit("/einde").status == 422
    page = desk.submit("/einde", {"reden": "Opgezegd door het ZVH."})
    assert "Ingetrokken" in page.text
    assert "Opgezegd door het ZVH." in page.text
    assert "Veiligheidshuisconvenant" not in desk.get(LIST).text
    assert "Veiligheidshuisconvenant" in desk.get(f"{LIST}?toon=beeindigd").text
    desk.get(page_of(agreement))
    assert "Dit telt weer mee." in desk.submit("/terug").text
    assert agreement_for(office, "zvh").ended_on is None


def test_a_partner_is_added_with_a_code_that_nobody_has(staff: Staff, office: Office) -> None:
    desk = staff("af-zorg")
    desk.get("/netwerk/partners/nieuw")
    filled = {"name": "GGD Haaglanden", "kind": "zorg_medisch", "email": "meldpunt@ggd.example"}
    page = desk.submit("/netwerk/partners/nieuw", {**filled, "code": "zvh"})
    assert page.status == 422
    assert "Er is al een partner met code zvh" in page.text
    page = desk.submit("/netwerk/partners/nieuw", {"code": "ggd"})
    assert page.title == "GGD Haaglanden"
    assert partner(office, "ggd").needs_agreement is False


@pytest.mark.parametrize("role", ["oov", "sociaal-domein"])
def test_who_does_not_keep_it_reads_and_cannot_change(
    staff: Staff, office: Office, role: str
) -> None:
    agreement = agreement_for(office, "zvh")
    desk = staff(role)
    page = desk.get(page_of(agreement))
    assert "31 december 2029" in page.text
    assert page.tree.xpath("//form[@data-guard]") == []
    assert desk.get(f"{LIST}/nieuw").status == 404
    desk.get("/account")
    assert desk.post(page_of(agreement), {"versie": "1", "name": "x"}).status == 403


def test_shelter_places_are_for_who_sees_care(staff: Staff) -> None:
    assert "Crisisopvang de Haven" in staff("sociaal-domein").get("/netwerk/opvang").text
    page = staff("vergunningen").get("/netwerk")
    assert "Lokale opvangplekken" not in page.text
    assert staff("vergunningen").get("/netwerk/opvang").status == 404


@pytest.mark.parametrize("role", ["zvh", "melder"])
def test_for_a_partner_or_a_reporter_there_is_no_network(staff: Staff, role: str) -> None:
    desk = staff(role)
    for path in ("/netwerk", LIST, "/netwerk/partners", "/netwerk/partners/nieuw"):
        assert desk.get(path).status == 404, path


def test_an_unknown_register_or_entry_is_not_there(staff: Staff, office: Office) -> None:
    desk = staff("af-zorg")
    assert desk.get("/netwerk/schatkist").status == 404
    assert desk.get(f"/netwerk/partners/{agreement_for(office, 'zvh').id}").status == 404


def test_a_page_from_before_logging_in_again_keeps_what_was_typed(
    staff: Staff, office: Office
) -> None:
    agreement = agreement_for(office, "zvh")
    desk = staff("af-zorg")
    desk.get(page_of(agreement))
    page = desk.submit(page_of(agreement), {"csrf_token": "oud", "reference": "Kast 3"})
    assert page.status == 400
    assert page.values("reference") == ["Kast 3"]


def test_the_history_says_in_which_round_something_was_decided(
    staff: Staff, office: Office
) -> None:
    zvh = partner(office, "zvh")
    change(
        office,
        "partners",
        zvh.id,
        zvh.revision,
        name=zvh.name,
        kind=zvh.kind,
        role=zvh.role,
        needs_agreement="nee",
        contact="Backoffice",
    )
    page = staff("af-zorg").get(f"/netwerk/partners/{zvh.id}")
    assert "Contact: Backoffice" in page.text
    assert "Overdragen alleen met een geldig convenant? van Ja naar Nee" in page.text
