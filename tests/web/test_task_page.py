"""One task, from taking it to finishing it, and everything that can come between."""

import json
from datetime import timedelta

from flask import Flask
from sqlalchemy import event, select

from service.operations.demo import PASSWORD
from service.storage import Access
from tests.integration import drawn, steps
from tests.integration.conftest import DEMO, Office
from tests.unit.engine.diagrams import END, START, bpmn, chain, flow, gateway, user
from tests.web.conftest import Staff, Visitor

JUDGED = {
    "oordeel": "ja",
    "motivering": steps.WHY,
    "slachtoffer_in_beeld": "ja",
    "strafrechtelijk": "nee",
    "ondermijnend": "nee",
}
CHOICE = (
    START
    + user("kiezen", drawn.FOR_CARE + '<zeebe:formDefinition formId="kiezen"/>')
    + gateway("exclusive", "hoeveel", default="anders")
    + user("veel", drawn.FOR_CARE)
    + END
    + chain("begin", "kiezen", "hoeveel")
    + flow("hoeveel", "veel", when="=number(aantal) &gt; 5")
    + flow("hoeveel", "einde", key="anders")
    + chain("veel", "einde")
)
ONE_FIELD = json.dumps(
    {
        "id": "kiezen",
        "type": "default",
        "schemaVersion": 19,
        "components": [
            {"type": "textfield", "id": "Veld_aantal", "key": "aantal", "label": "Hoeveel?"}
        ],
    }
).encode()
TRIAGE = {f"triage.{name}": value for name, value in steps.TRIAGE.items()}


def claimed(
    desk: Visitor, office: Office, element_id: str = "triage", role: str = "af-zorg"
) -> str:
    """The path of a task that the desk has taken."""
    path = f"/taken/{office.inbox(role)[element_id].id}"
    desk.get(path)
    assert desk.submit("/oppakken").status == 200
    return path


def test_finishing_a_task_leads_to_the_case_where_the_next_one_waits(
    staff: Staff, office: Office
) -> None:
    reference = office.report().reference
    desk = staff("af-zorg")
    claimed(desk, office)
    page = desk.submit("/afronden", TRIAGE)

    assert page.path == f"/zaken/{reference}"
    assert "Taak ‘Triage’ is afgerond." in page.text
    assert "Signaal verrijken" in page.text


def test_completing_asks_little_of_the_database(staff: Staff, office: Office) -> None:
    office.report()
    desk = staff("af-zorg")
    path = claimed(desk, office)
    asked: list[str] = []
    event.listen(
        office.application.engine,
        "before_cursor_execute",
        lambda *args: asked.append(args[2]),
    )
    posted = {**TRIAGE, "csrf_token": desk.token()}
    assert desk.post(f"{path}/afronden", posted, follow=False).status == 302

    assert len(asked) <= 12, "\n".join(asked)


def test_a_wrong_answer_comes_back_at_its_question_with_everything_typed(
    staff: Staff, office: Office
) -> None:
    office.report()
    desk = staff("af-zorg")
    claimed(desk, office)
    page = desk.submit("/afronden", {**TRIAGE, "triage.type": [], "triage.toelichting": "Bijna."})

    assert page.status == 422
    assert page.tree.get_element_by_id("veld-triage-type").get("aria-invalid") == "true"
    assert page.values("triage.toelichting") == ["Bijna."]
    assert "triage" in office.inbox("af-zorg")


def test_the_form_is_only_for_who_holds_the_task(staff: Staff, office: Office) -> None:
    office.report()
    desk, colleague = staff("af-zorg"), staff("af-zorg")
    path = f"/taken/{office.inbox('af-zorg')['triage'].id}"
    assert "nog van niemand" in colleague.get(path).text
    claimed(desk, office)
    assert desk.get(path).values("triage.toelichting") == [""]


def test_two_finish_the_same_task_and_the_second_reads_who_was_first_and_keeps_the_text(
    staff: Staff, office: Office
) -> None:
    office.report()
    desk = staff("af-zorg")
    path = claimed(desk, office)
    steps.triaged(office)
    page = desk.submit("/afronden", {**TRIAGE, "triage.toelichting": "Mijn lange uitleg."})

    assert page.status == 409
    assert "heeft deze taak al afgerond" in page.text
    assert "Mijn lange uitleg." in page.text
    assert "Niet van toepassing" not in page.text
    assert path in page.path


def test_who_must_not_check_themselves_keeps_the_text(staff: Staff, office: Office) -> None:
    office.report()
    steps.triaged(office)
    steps.enriched(office)
    drawn.gives_roles(office, "af-zorg", "af-veiligheid")
    office.do("af-zorg", "vermoeden_beoordelen", beoordeling=JUDGED)
    desk = staff("af-zorg")
    claimed(desk, office, "tweede_beoordeling_geven")
    typed = {"tweede_beoordeling.eens": "nee", "tweede_beoordeling.toelichting": "Ik twijfel."}
    page = desk.submit("/afronden", typed)

    assert page.status == 403
    assert "een tweede persoon" in page.text
    assert "Ik twijfel." in page.text


def test_a_draft_is_kept_by_a_button_and_comes_back(staff: Staff, office: Office) -> None:
    office.report()
    desk = staff("af-zorg")
    path = claimed(desk, office)
    page = desk.post(f"{path}/concept", {"triage.toelichting": "Half", "triage.meldcode": "nee"})

    assert "Concept bewaard" in page.text
    assert desk.get(path).values("triage.toelichting") == ["Half"]
    assert "concept bewaard" in desk.get("/taken").text


def test_a_draft_kept_by_the_script_answers_with_the_time(staff: Staff, office: Office) -> None:
    office.report()
    desk = staff("af-zorg")
    path = claimed(desk, office)
    page = desk.post(f"{path}/concept", {"triage.toelichting": "x"}, headers={"HX-Request": "true"})

    assert page.status == 200
    assert "Concept bewaard om 09:30" in page.response.text
    assert "<html" not in page.response.text


def test_a_draft_of_a_task_that_is_gone_says_so_in_its_place(staff: Staff, office: Office) -> None:
    office.report()
    desk = staff("af-zorg")
    path = claimed(desk, office)
    steps.triaged(office)
    page = desk.post(f"{path}/concept", {"triage.type": "x"}, headers={"HX-Request": "true"})

    assert page.status == 409
    assert "al afgerond" in page.response.text


def test_a_task_given_back_keeps_its_draft_for_the_next(staff: Staff, office: Office) -> None:
    office.report()
    desk = staff("af-zorg")
    path = claimed(desk, office)
    desk.post(f"{path}/concept", {"triage.toelichting": "Half"})
    desk.get(path)
    page = desk.submit("/teruggeven")

    assert page.path == "/taken"
    desk.get(path)
    assert desk.submit("/oppakken").values("triage.toelichting") == ["Half"]


def test_rows_come_and_go_without_scripts(staff: Staff, office: Office) -> None:
    office.report()
    steps.triaged(office)
    desk = staff("af-zorg")
    path = claimed(desk, office, "verrijken")
    page = desk.submit("/afronden", {"_rij_toevoegen": "verrijking.bronnen"})

    assert page.status == 200
    assert {"Bron 1", "Bron 2"} <= {e.text for e in page.tree.xpath("//legend")}
    page = desk.post(f"{path}/velden", {"_rij_verwijderen": "verrijking.bronnen.1"})
    assert "Bron 2" not in page.response.text


def test_a_case_that_cannot_go_on_says_so_and_keeps_the_answers(
    staff: Staff, office: Office
) -> None:
    files = {"processes/proces/proces.bpmn": bpmn(CHOICE), "forms/proces/kiezen.form": ONE_FIELD}
    drawn.publish_files(office, files)
    drawn.begun(office)
    desk = staff("af-zorg")
    path = claimed(desk, office, "kiezen")
    page = desk.submit("/afronden", {"aantal": "veel"})

    assert page.path == path
    assert "De zaak kon niet verder" in page.text
    assert page.values("aantal") == ["veel"]
    assert "staat stil" in desk.get(page.links()["Zaak bekijken"]).text


def test_a_task_that_asks_nothing_is_only_finished(staff: Staff, office: Office) -> None:
    drawn.publish_process(
        office, START + user("doen", drawn.FOR_CARE) + END + chain("begin", "doen", "einde")
    )
    drawn.begun(office)
    desk = staff("af-zorg")
    claimed(desk, office, "doen")
    assert desk.last is not None
    assert "niets in te vullen" in desk.last.text
    page = desk.submit("/afronden")

    assert "Afgerond" in page.text


def test_a_task_of_another_role_is_not_there_and_the_look_is_noted(
    staff: Staff, office: Office
) -> None:
    office.report()
    path = f"/taken/{office.inbox('af-zorg')['triage'].id}"
    desk = staff("wonen")

    assert desk.get(path).status == 404
    assert desk.post(f"{path}/oppakken", {"csrf_token": desk.token()}).status in (400, 404)
    with office.application.sessions() as session:
        refused = session.execute(
            select(Access.user_name, Access.thing).where(Access.what == "geweigerd")
        ).all()
    assert any(thing == path for _name, thing in refused)


def test_an_outdated_page_keeps_what_was_typed_and_is_sent_again(
    staff: Staff, office: Office
) -> None:
    office.report()
    desk = staff("af-zorg")
    path = claimed(desk, office)
    old = desk.token()
    desk.client.delete_cookie("meldroute")
    desk.log_in("af-zorg")
    page = desk.post(
        f"{path}/afronden", {**TRIAGE, "triage.toelichting": "Blijft.", "csrf_token": old}
    )

    assert page.status == 400
    assert "verouderd" in page.text
    assert page.values("triage.toelichting") == ["Blijft."]
    assert desk.submit("/afronden").path.startswith("/zaken/")


def test_what_was_typed_survives_a_session_that_ended(staff: Staff, office: Office) -> None:
    office.report()
    desk = staff("af-zorg")
    path = claimed(desk, office)
    token = desk.token()
    desk.client.delete_cookie("meldroute")
    page = desk.post(f"{path}/afronden", {"triage.toelichting": "Blijft.", "csrf_token": token})
    assert page.status == 401
    assert "niet weg" in page.text

    wrong = {"email": f"af-zorg@{DEMO}.example", "password": "fout"}
    assert desk.submit("/inloggen", wrong).status == 401
    page = desk.submit("/inloggen", {**wrong, "password": PASSWORD})
    assert page.path == path
    assert page.values("triage.toelichting") == ["Blijft."]


def test_a_post_of_another_site_does_nothing(staff: Staff, office: Office) -> None:
    office.report()
    desk = staff("af-zorg")
    path = f"/taken/{office.inbox('af-zorg')['triage'].id}"

    assert desk.post(f"{path}/oppakken", {"csrf_token": "nep"}).status == 400
    assert office.inbox("af-zorg")["triage"].assignee_id is None


def test_a_question_to_the_reporter_is_answered_under_ones_signals(
    staff: Staff, office: Office
) -> None:
    office.report()
    steps.triaged(office, bruikbaar="nee", vraag_aan_melder=steps.QUESTION)
    reporter = staff("melder")
    page = reporter.get(reporter.get("/mijn-signalen").links()["Vraag beantwoorden"])
    assert steps.QUESTION in page.text
    assert "Zaak bekijken" not in page.links()
    assert "Normaal" not in page.text

    page = reporter.submit("/afronden", {"aanvulling.tekst": steps.ANSWER})
    assert page.path == "/mijn-signalen"
    office.work()
    assert "triage" in office.inbox("af-zorg")


def test_watching_ends_by_itself_and_the_page_says_so(staff: Staff, office: Office) -> None:
    reference = office.report().reference
    steps.triaged(office)
    steps.enriched(office)
    steps.judged(office, "onvoldoende")
    desk = staff("af-zorg")
    path = claimed(desk, office, "monitoren")
    office.clock.move(days=100)
    office.later(seconds=1)
    page = desk.post(f"{path}/afronden", {"monitoring.vervolg": "verrijken"})

    assert page.status == 409
    assert "vervallen" in page.text
    case = desk.get(f"/zaken/{reference}")
    assert "Een termijn is verstreken" in case.text


def test_a_session_ends_after_a_working_day(app: Flask) -> None:
    assert app.config["PERMANENT_SESSION_LIFETIME"] <= timedelta(hours=12)
