"""The page on which staff ask to read a case in an emergency."""

import pytest
from sqlalchemy import select

from service.operations.files import Upload
from service.storage import EmergencyAccess
from tests.integration import steps
from tests.integration.conftest import SIGNAL, Office
from tests.integration.guarded import NEED
from tests.integration.test_attachments import PDF
from tests.web.conftest import Page, Staff, Visitor


def ask(desk: Visitor, reference: str, reason: str = NEED) -> Page:
    desk.get("/zaken/noodtoegang")
    return desk.submit("/zaken/noodtoegang", {"kenmerk": reference, "reden": reason})


def given(office: Office) -> int:
    with office.application.sessions() as session:
        return len(session.scalars(select(EmergencyAccess)).all())


def test_staff_find_the_way_from_a_case_that_is_not_theirs(staff: Staff, office: Office) -> None:
    reference = office.report().reference
    desk = staff("wonen")
    missed = desk.get(f"/zaken/{reference}")
    assert missed.status == 404
    page = desk.get(missed.links()["Noodtoegang vragen"])

    assert page.status == 200
    assert page.values("kenmerk") == [reference]
    assert "4 uur lang" in page.text
    assert "De privacy officer krijgt meteen uw naam" in page.text
    assert "Noodtoegang vragen" in staff("af-zorg").get("/zaken").links()
    assert given(office) == 0, "looking at the page is nothing yet"


def test_a_case_that_is_there_and_one_that_is_not_look_the_same_before_asking(
    staff: Staff, office: Office
) -> None:
    reference, desk = office.report().reference, staff("wonen")
    there, absent = desk.get(f"/zaken/{reference}"), desk.get("/zaken/2026-AAAA-BBBB")
    assert there.text == absent.text


def test_it_shows_the_case_to_read_and_nothing_to_do(staff: Staff, office: Office) -> None:
    reference = office.report().reference
    steps.triaged(office)
    page = ask(staff("sociaal-domein"), reference)

    assert page.path == f"/zaken/{reference}"
    assert "U leest deze zaak met noodtoegang" in page.text
    assert SIGNAL["omschrijving"] in page.text
    assert SIGNAL["naam"] not in page.response.text
    assert "Notitie toevoegen" not in page.text
    assert "Wie heeft deze zaak bekeken" not in page.text
    actions = {form.get("action") for form in page.tree.forms}
    assert actions == {"/uitloggen"}


def test_a_file_is_named_and_cannot_be_taken(staff: Staff, office: Office) -> None:
    reference = office.report(
        uploads={"signaal.bijlagen": [Upload(name="loods.pdf", content=PDF)]}
    ).reference
    page = ask(staff("sociaal-domein"), reference)
    assert "bestand" in page.text
    assert not [url for url in page.links().values() if url and "/bijlagen/" in url]


def test_who_coordinates_sees_who_looked_and_which_was_an_emergency(
    staff: Staff, office: Office
) -> None:
    reference = office.report().reference
    ask(staff("wonen"), reference)
    page = staff("af-zorg").get(f"/zaken/{reference}")

    [panel] = page.tree.xpath("//section[@aria-labelledby='bekeken']")
    lines = [" ".join(line.text_content().split()) for line in panel.xpath(".//dl/div")]
    reader = office.person("wonen").name
    assert [line.endswith("Noodtoegang") for line in lines if line.startswith(reader)] == [True]
    assert any(line.startswith(office.person("af-zorg").name) for line in lines)
    assert "Een collega mag deze zaak in nood lezen, tot 13:30 op 02-03-2026." in page.text
    assert NEED in page.text


@pytest.mark.parametrize(
    ("kenmerk", "reden", "said"),
    [
        ("2026-AAAA-BBBB", NEED, "Een zaak met dit kenmerk is er niet"),
        ("Violeta", NEED, "Vul het hele kenmerk"),
        ("2026-AAAA-BBBB", "spoed", "ten minste 20 tekens"),
        ("2026-AAAA-BBBB", "", "Vul een reden in"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(
    staff: Staff, office: Office, kenmerk: str, reden: str, said: str
) -> None:
    page = ask(staff("wonen"), kenmerk, reden)
    assert page.status == 422
    assert said in page.text
    assert (page.values("kenmerk"), page.values("reden")) == ([kenmerk], [reden])
    assert given(office) == 0


def test_a_page_that_was_out_of_date_keeps_it_too(staff: Staff, office: Office) -> None:
    desk, reference = staff("wonen"), office.report().reference
    sent = {"csrf_token": "oud", "kenmerk": reference, "reden": NEED}
    page = desk.post("/zaken/noodtoegang", sent)
    assert page.status == 400
    assert (page.values("kenmerk"), page.values("reden")) == ([reference], [NEED])
    assert given(office) == 0


def test_who_sees_the_case_goes_straight_to_it(staff: Staff, office: Office) -> None:
    reference = office.report().reference
    page = ask(staff("af-zorg"), reference)
    assert "noodtoegang is niet nodig" in page.response.text
    assert page.path == f"/zaken/{reference}"
    assert given(office) == 0


@pytest.mark.parametrize("role", ["zvh", "melder"])
def test_for_partners_and_reporters_the_page_is_not_there(staff: Staff, role: str) -> None:
    desk = staff(role)
    assert desk.get("/zaken/noodtoegang").status == 404
    assert "Noodtoegang vragen" not in desk.get("/zaken/2026-AAAA-BBBB").links()
