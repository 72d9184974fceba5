"""The figures."""

from datetime import date
from uuid import uuid4

from service.storage import Report
from tests.integration.conftest import DEMO, Office
from tests.web.conftest import Staff

CONTENT = {
    "drempel": 5,
    "tabellen": [
        {
            "tabel": "signaal.vorm",
            "titel": "Vorm van uitbuiting, bij melding",
            "telt_op": True,
            "totaal": 31,
            "regels": [
                {"code": "arbeid", "wat": "Arbeidsuitbuiting", "aantal": 20},
                {"code": "seksueel", "wat": "Seksuele uitbuiting", "aantal": None},
            ],
        }
    ],
    "kengetallen": [{"wat": "Taken binnen de normtijd", "waarde": "81 %"}],
    "tekst": "",
}


def released(office: Office) -> str:
    key = uuid4()
    with office.application.sessions.begin() as session:
        session.add(
            Report(
                id=key,
                municipality=DEMO,
                kind="rapportage",
                period_from=date(2025, 1, 1),
                period_to=date(2026, 1, 1),
                title="Rapportage mensenhandel, Midden-Delfland",
                content=CONTENT,
                released_at=office.clock(),
                made_in=None,
            )
        )
    return f"/cijfers/{key}"


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
    assert "Aantallen onder de 5 tonen wij niet" in page.text


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
