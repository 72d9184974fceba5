"""Reporting a signal with a browser that runs no scripts."""

import io
from uuid import uuid4

from PIL import Image
from sqlalchemy import func, insert, select

from service.storage import Event, Instance, Municipality, Reporter
from tests.integration.conftest import DEMO, SIGNAL, Office
from tests.web.conftest import Staff, Visitor

TOLD = {f"signaal.{name}": value for name, value in SIGNAL.items()}
ANONYMOUS = {
    "signaal.acuut_gevaar": "nee",
    "signaal.anoniem": "ja",
    "signaal.hoedanigheid": "anoniem",
    "signaal.omschrijving": SIGNAL["omschrijving"],
    "signaal.plaats_omschrijving": "Bij de kassen",
    "signaal.gaat_over": ["slachtoffer", "locatie"],
    "signaal.vorm": "arbeid",
    "signaal.minderjarig": "onbekend",
    "signaal.terugkoppeling_gewenst": "ja",
}


def reports(office: Office) -> int:
    with office.application.sessions() as session:
        return session.scalar(select(func.count()).select_from(Instance)) or 0


def test_the_first_thing_one_reads_is_112(stranger: Visitor) -> None:
    page = stranger.get("/melden")

    assert page.text.startswith("Is er nu gevaar? Bel 112")
    for number in ("0900-8844", "0800-5151", "0800-7000"):
        assert number in page.text


def test_the_page_names_whom_else_one_can_tell_for_residents_and_for_colleagues(
    stranger: Visitor, staff: Staff
) -> None:
    assert "U kunt ook terecht bij: Meld Misdaad Anoniem, SHOP." in stranger.get("/melden").text
    told = staff("oov").get("/melden").text
    assert "U kunt ook terecht bij: OOV (ondermijning) of aandachtsfunctionaris." in told


def test_an_anonymous_report_gives_a_code_once_and_leaves_no_cookie(
    stranger: Visitor, office: Office
) -> None:
    stranger.get("/melden")
    page = stranger.post("/melden", {**ANONYMOUS, "submission_id": str(uuid4())})

    assert page.status == 200
    assert page.title == "Uw melding is ontvangen"
    assert len(page.tree.get_element_by_id("terugkoppelcode").text) == 19
    assert stranger.client.get_cookie("meldroute") is None
    with office.application.sessions() as session:
        assert session.scalars(select(Instance.reported_by)).all() == [None]
        assert session.scalars(select(Reporter.contact)).all() == [None]
        assert set(session.scalars(select(Event.actor_id))) == {None}


def test_sending_twice_shows_the_same_code_and_makes_one_case(
    stranger: Visitor, office: Office
) -> None:
    posted = {**ANONYMOUS, "submission_id": str(uuid4())}
    first = stranger.post("/melden", posted)
    again = stranger.post("/melden", posted)

    assert again.text == first.text
    assert reports(office) == 1


def test_what_is_wrong_is_said_at_the_question_and_everything_typed_stays(
    stranger: Visitor, office: Office
) -> None:
    typed = {**ANONYMOUS, "signaal.omschrijving": "", "signaal.aantal_personen": "veel"}
    page = stranger.post("/melden", {**typed, "submission_id": str(uuid4())})

    assert page.status == 422
    assert "controleer uw antwoorden" in page.text
    wrong = {a.get("href") for a in page.tree.xpath("//*[@id='fouten']//a")}
    assert wrong == {"#veld-signaal-omschrijving", "#veld-signaal-aantal_personen"}
    assert page.values("signaal.aantal_personen") == ["veel"]
    assert page.values("signaal.plaats_omschrijving") == ["Bij de kassen"]
    assert page.values("signaal.gaat_over") == ["slachtoffer", "locatie"]
    assert reports(office) == 0


def test_acute_danger_waits_for_no_other_answer(stranger: Visitor, office: Office) -> None:
    page = stranger.post(
        "/melden", {"signaal.acuut_gevaar": "ja", "signaal.omschrijving": "Kelder, nu."}
    )

    assert page.status == 200
    assert page.text.startswith("Is er nu gevaar? Bel 112")
    office.work()
    assert "acuut_vastleggen" in office.inbox("af-zorg")


def test_the_questions_follow_the_answers_and_nothing_is_kept(
    stranger: Visitor, office: Office
) -> None:
    response = stranger.client.post("/melden/velden", data={"signaal.anoniem": "ja"})

    assert response.status_code == 200
    assert response.text.lstrip().startswith('<div id="velden"')
    assert "<html" not in response.text
    assert reports(office) == 0


def test_a_report_under_ones_own_name_is_found_again(staff: Staff, office: Office) -> None:
    reporter = staff("melder")
    reporter.get("/melden")
    page = reporter.post("/melden", {**TOLD, "submission_id": str(uuid4())})
    assert "terugkoppelcode" not in page.text

    mine = reporter.get("/mijn-signalen")
    assert "Ontvangen" in mine.text
    with office.application.sessions() as session:
        assert session.scalar(select(Instance.reference)) in mine.text


def test_who_reported_adds_to_it_and_takes_leave_of_it(staff: Staff, office: Office) -> None:
    reference = office.report().reference
    reporter = staff("melder")
    reporter.get("/mijn-signalen")
    page = reporter.submit(f"/{reference}/toevoegen", {"aanvulling": " "})
    assert page.status == 422
    page = reporter.submit(f"/{reference}/toevoegen", {"aanvulling": "Het busje is wit."})
    assert "Uw aanvulling is ontvangen" in page.text
    assert office.open_tasks(reference) == ["aanvulling_bekijken", "triage"]

    page = reporter.submit(f"/{reference}/intrekken")
    assert "geen contact meer" in page.text
    office.work()
    assert office.open_tasks(reference) == ["aanvulling_bekijken", "intrekking_bekijken", "triage"]
    assert reference not in reporter.get("/mijn-signalen").text


def test_nobody_adds_to_the_signal_of_somebody_else(staff: Staff, office: Office) -> None:
    reference = office.report().reference
    other = staff("burgerzaken")
    other.get("/mijn-signalen")
    path = f"/mijn-signalen/{reference}/toevoegen"
    assert other.post(path, {"aanvulling": "Niets."}).status == 404
    assert office.open_tasks(reference) == ["triage"]


def test_somebody_who_only_reports_sees_no_work(staff: Staff) -> None:
    page = staff("melder").get("/")

    assert page.path == "/melden"
    assert "Mijn taken" not in page.links()
    assert {"Signaal melden", "Mijn signalen"} <= set(page.links())


def test_a_photo_comes_along_and_only_who_may_read_it_gets_it(
    staff: Staff, stranger: Visitor, office: Office
) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(photo, "PNG")
    photo.seek(0)
    sent = {**ANONYMOUS, "signaal.bijlagen": [(photo, "IMG 1.png")], "submission_id": str(uuid4())}
    assert stranger.post("/melden", sent, content_type="multipart/form-data").status == 200

    office.work()
    task = office.inbox("af-zorg")["triage"]
    case = staff("af-zorg").get(f"/zaken/{task.reference}")
    address = case.links()["IMG 1.png"]
    answer = staff("af-zorg").client.get(address)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="IMG 1.png"'
    assert answer.mimetype == "image/png"
    assert staff("wonen").get(address).status == 404
    assert stranger.client.get(address).status_code == 302


def test_a_file_that_is_no_photo_is_refused_at_its_question(stranger: Visitor) -> None:
    sent = {**ANONYMOUS, "signaal.bijlagen": [(io.BytesIO(b"MZ"), "x.png")]}
    page = stranger.post("/melden", sent, content_type="multipart/form-data")

    assert page.status == 422
    assert page.values("signaal.plaats_omschrijving") == ["Bij de kassen"]
    assert "Voeg uw bestanden opnieuw toe" in page.text


def test_with_two_municipalities_one_chooses_first(stranger: Visitor, office: Office) -> None:
    with office.application.sessions.begin() as session:
        home = session.get_one(Municipality, DEMO)
        session.execute(
            insert(Municipality),
            {"id": "elders", "name": "Elders", "publication_id": home.publication_id},
        )
    page = stranger.get("/melden")
    assert page.title == "In welke gemeente ziet u het signaal?"
    assert "Bel 112" in page.text

    chosen = stranger.get(page.links()["Midden-Delfland"])
    assert chosen.title == "Signaal van mensenhandel melden"
    assert stranger.post("/melden", ANONYMOUS).status == 404
    assert stranger.post(f"/melden?gemeente={DEMO}", ANONYMOUS).status == 200
