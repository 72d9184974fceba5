"""The figures."""

from tests.integration.conftest import Office
from tests.integration.released import released
from tests.web.conftest import Staff


def test_everybody_of_the_municipality_reads_what_was_released(
    staff: Staff, office: Office
) -> None:
    address = released(office)
    desk = staff("burgemeester")
    assert "Cijfers" in desk.get("/taken").links()
    assert "Rapportage mensenhandel" in desk.get("/cijfers").text

    page = desk.get(address)

    assert "1 jan 2025 tot en met 31 dec 2025" in page.text
    assert "Taken binnen de normtijd 81 %" in page.text
    assert "Arbeidsuitbuiting 20" in page.text


def test_a_small_number_stays_hidden_and_the_page_says_why(staff: Staff, office: Office) -> None:
    page = staff("burgemeester").get(released(office))

    assert "Seksuele uitbuiting <5*" in page.text
    assert "Aantallen van 1 tot en met 4 tonen wij niet" in page.text


def test_a_partner_sees_no_figures(staff: Staff, office: Office) -> None:
    address = released(office)
    desk = staff("zvh")
    assert "Cijfers" not in desk.get("/taken").links()
    assert desk.get("/cijfers").status == 404
    assert desk.get(address).status == 404


def test_only_who_sees_every_case_sees_how_the_year_stands(staff: Staff, office: Office) -> None:
    for _ in range(6):
        office.report()

    page = staff("af-zorg").get("/cijfers")

    assert "De laatste twaalf maanden" in page.text
    assert "Signalen per maand Totaal: 6" in page.text
    assert "De laatste twaalf maanden" not in staff("burgemeester").get("/cijfers").text
