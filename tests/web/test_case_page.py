"""The case page and the list of cases."""

from sqlalchemy import select, update

from service.storage import Access, Instance
from tests.integration import steps
from tests.integration.conftest import SIGNAL, Office
from tests.web.conftest import Staff


def test_the_coordinator_sees_all_cases_and_where_they_stand(staff: Staff, office: Office) -> None:
    reference = office.report().reference
    desk = staff("af-veiligheid")
    page = desk.get("/zaken")

    assert reference in page.text
    assert "Triage" in page.text
    assert desk.get("/zaken?status=afgerond").text.count(reference) == 0
    assert reference in desk.get(f"/zaken?kenmerk={reference[5:9].lower()}").text
    assert staff("wonen").get("/zaken").status == 404


def test_the_steps_say_in_words_what_the_diagram_shows(staff: Staff, office: Office) -> None:
    reference = office.report().reference
    page = staff("af-zorg").get(f"/zaken/{reference}")

    [now] = page.tree.xpath("//li[@aria-current='step']")
    assert "Triage" in now.text_content()
    assert "Afgerond." in page.tree.xpath("string(//li[contains(@class,'mr-step--done')])")


def test_steps_of_one_name_are_told_apart(staff: Staff, office: Office) -> None:
    reference = office.report().reference
    steps = staff("af-zorg").get(f"/zaken/{reference}").tree.find_class("mr-step__name")
    names = {" ".join(step.text_content().split()) for step in steps}
    assert names >= {
        "Acuut gevaar afhandelen (na Acuut gevaar? Ja)",
        "Acuut gevaar afhandelen (na Blijkt het nu acuut? Ja)",
    }


def test_of_several_processes_the_busy_one_is_drawn_and_the_others_can_be_chosen(
    staff: Staff, office: Office
) -> None:
    reference = office.report().reference
    steps.triaged(office)
    desk = staff("af-zorg")
    page = desk.get(f"/zaken/{reference}")
    shown = page.tree.xpath("//a[@aria-current='true']")[0].text_content().split()
    assert shown[:2] == ["Vermoeden", "beoordelen"]

    other = next(url for name, url in page.links().items() if name.startswith("Meldroute signaal"))
    assert "Signaal indienen" in desk.get(other).text


def test_of_two_open_tasks_the_most_pressing_one_is_drawn(staff: Staff, office: Office) -> None:
    reference = office.report(acuut_gevaar="ja").reference
    page = staff("af-zorg").get(f"/zaken/{reference}")

    shown = page.tree.xpath("//a[@aria-current='true']")[0].text_content()
    assert "Acuut gevaar" in shown
    rows = page.tree.xpath("//table//th[@scope='row']/a/text()")
    assert rows == ["112 bellen en vastleggen", "Triage"]


def test_only_who_may_take_a_task_gets_the_button(staff: Staff, office: Office) -> None:
    reference = office.report().reference
    steps.triaged(office)
    page = staff("af-veiligheid").get(f"/zaken/{reference}")

    assert "Signaal verrijken" in page.text
    assert "Signaal verrijken" not in page.links()
    assert "Oppakken" not in page.text


def test_the_history_is_told_in_sentences(staff: Staff, office: Office) -> None:
    reference = office.report().reference
    steps.triaged(office)
    text = staff("af-zorg").get(f"/zaken/{reference}").text

    assert "‘Triage’ is afgerond." in text
    assert "De zaak is gestart." in text
    assert "taak_afgerond" not in text


def test_who_reported_is_only_for_who_may_know_and_the_look_is_noted(
    staff: Staff, office: Office
) -> None:
    reference = office.report(acuut_gevaar="ja").reference
    office.later(minutes=61)
    text = staff("af-zorg").get(f"/zaken/{reference}").text
    assert SIGNAL["naam"] in text
    assert "Medewerker van de gemeente" in text

    assert SIGNAL["naam"] not in staff("oov").get(f"/zaken/{reference}").text
    with office.application.sessions() as session:
        assert "melder_bekeken" in session.scalars(select(Access.what)).all()


def test_a_note_is_added_and_read_only_in_its_domain(staff: Staff, office: Office) -> None:
    reference = office.report(acuut_gevaar="ja").reference
    office.later(minutes=61)
    desk = staff("af-zorg")
    desk.get(f"/zaken/{reference}")
    page = desk.submit("/notities", {"text": "Arts gebeld.", "domein": "zorg"})

    assert "Notitie bewaard." in page.text
    assert "Arts gebeld." in page.text
    assert "Arts gebeld." not in staff("oov").get(f"/zaken/{reference}").text


def test_a_note_that_is_too_long_stays_in_its_box(staff: Staff, office: Office) -> None:
    reference = office.report().reference
    desk = staff("af-zorg")
    desk.get(f"/zaken/{reference}")
    page = desk.submit("/notities", {"text": "x" * 9000})

    assert page.status == 422
    assert page.values("text") == ["x" * 9000]


def test_a_note_from_an_outdated_page_stays_in_its_box(staff: Staff, office: Office) -> None:
    reference = office.report().reference
    desk = staff("af-zorg")
    page = desk.post(f"/zaken/{reference}/notities", {"text": "Blijft.", "csrf_token": "oud"})

    assert page.status == 400
    assert page.values("text") == ["Blijft."]


def test_a_case_that_stands_still_says_why_and_can_be_tried_again(
    staff: Staff, office: Office
) -> None:
    reference = office.report().reference
    with office.application.sessions.begin() as session:
        session.execute(update(Instance).values(status="incident", incident="Geen regel past."))
    desk = staff("af-zorg")
    assert "Geen regel past." in desk.get(f"/zaken/{reference}").text
    page = desk.submit("/opnieuw")
    assert "Geen regel past." not in page.text
    assert "Lopend" in page.text


def test_a_case_of_nobody_is_not_there(staff: Staff, office: Office) -> None:
    reference = office.report().reference

    assert staff("wonen").get(f"/zaken/{reference}").status == 404
    assert staff("af-zorg").get("/zaken/2026-XXXX-XXXX").status == 404
