"""The page on which functioneel beheer repairs a case."""

from urllib.parse import quote

import pytest
from sqlalchemy import select, update

from service.storage import Access, Instance
from tests.integration import drawn, repairing, steps
from tests.integration.conftest import SIGNAL, Office
from tests.integration.repairing import REPAIRER
from tests.web.conftest import Page, Staff, Visitor


def both(office: Office) -> Instance:
    return repairing.started(office, repairing.BOTH)


def post(staff: Staff, instance: Instance, action: str, **fields: str) -> Page:
    return posted(staff(REPAIRER), instance, action, **fields)


def posted(desk: Visitor, instance: Instance, action: str, **fields: str) -> Page:
    address = f"/zaken/{instance.reference}/herstel"
    form = desk.get(address).form("/herstel")
    token = form.fields["csrf_token"]
    return desk.post(address, {"csrf_token": token, "actie": action, **fields})


def test_who_repairs_sees_where_a_case_stands_and_nothing_of_what_is_in_it(
    staff: Staff, office: Office
) -> None:
    reference = office.report().reference
    steps.triaged(office)
    seen = staff(REPAIRER).get(f"/zaken/{reference}/herstel")

    assert seen.status == 200
    assert "Signaal verrijken" in seen.text
    assert "Aandachtsfunctionaris zorg" in seen.text
    for secret in (SIGNAL["omschrijving"], SIGNAL["naam"], SIGNAL["adres"]):
        assert secret not in seen.response.text
    assert staff(REPAIRER).get(f"/zaken/{reference}").status == 404
    with office.application.sessions() as session:
        looks = session.scalars(select(Access.what)).all()
    assert "herstel_bekeken" in looks


@pytest.mark.parametrize("role", ["af-zorg", "wonen", "zvh"])
def test_for_everybody_else_the_page_is_not_there_and_the_refusal_is_noted(
    staff: Staff, office: Office, role: str
) -> None:
    reference = office.report().reference
    assert staff(role).get(f"/zaken/{reference}/herstel").status == 404
    assert staff(role).get("/zaken/herstel").status == 404
    with office.application.sessions() as session:
        refused = session.scalars(select(Access.thing).where(Access.what == "geweigerd")).all()
    assert f"/zaken/{reference}/herstel" in refused


def test_the_list_holds_what_stands_still_and_finds_another_case_by_its_kenmerk(
    staff: Staff, office: Office
) -> None:
    still, runs = office.report().reference, office.report().reference
    with office.application.sessions.begin() as session:
        session.execute(
            update(Instance)
            .where(Instance.reference == still)
            .values(status="incident", incident="Er past geen regel.")
        )
    desk = staff(REPAIRER)
    assert "Herstel" in desk.get("/taken").links()
    listed = desk.get("/zaken/herstel")
    assert still in listed.text
    assert runs not in listed.text
    found = desk.get(f"/zaken/herstel?kenmerk={runs.lower()}")
    assert found.links()[runs] == f"/zaken/{runs}/herstel"
    assert "Geen zaak gevonden" in desk.get(f"/zaken/herstel?kenmerk={quote(runs[:5])}").text


def test_a_case_is_suspended_and_everybody_who_works_on_it_sees_that(
    staff: Staff, office: Office
) -> None:
    reference = office.report().reference
    instance = office.instance(reference)
    answer = post(staff, instance, "stilzetten", reden="De melding klopt niet.")

    assert "De zaak is stilgezet." in answer.text
    name = office.person(REPAIRER).name
    seen = staff("af-zorg").get(f"/zaken/{reference}")
    assert f"{name} heeft deze zaak stilgezet" in seen.text
    assert "Reden: De melding klopt niet." in seen.text
    task = office.inbox("af-zorg")["triage"].id
    assert f"{name} heeft deze zaak stilgezet" in staff("af-zorg").get(f"/taken/{task}").text
    assert "Stilgezet" in staff("af-zorg").get("/taken/rollen").text
    assert reference in staff("af-zorg").get("/zaken?status=stilgezet").text
    again = post(staff, instance, "hervatten", reden="Nagekeken.")
    assert "De zaak is hervat." in again.text


def test_without_a_reason_nothing_is_done_and_the_choice_stays(
    staff: Staff, office: Office
) -> None:
    instance = both(office)
    where = str(repairing.token(office, instance, "links"))
    answer = post(
        staff, instance, "verplaatsen", formulier=f"plek-{where}", plek=where, naar="rechts"
    )
    assert answer.status == 422
    assert "Vul een reden in." in answer.text
    [select_box] = answer.tree.xpath(f"//select[@id='plek-{where}-naar']")
    assert select_box.value == "rechts"
    assert repairing.kinds(office, instance) == ["gestart"]


def test_what_the_diagram_could_not_do_is_asked_once_more_with_everything_typed(
    staff: Staff, office: Office
) -> None:
    instance = both(office)
    drawn.completed(office, drawn.open_task(office, instance, "links"), office.person("af-zorg"))
    desk = staff(REPAIRER)
    asked = posted(
        desk, instance, "opnieuw", formulier="opnieuw", naar="|links", reden="Verkeerd ingevuld."
    )
    assert asked.status == 409
    assert "Weet u dit zeker?" in asked.text
    assert "U wilt ‘Taak links’ opnieuw laten doen." in asked.text
    assert office.open_tasks(instance.reference) == ["rechts"]
    form = next(f for f in asked.tree.forms if "bevestigd" in f.fields and "plek" in f.fields)
    assert form.fields["reden"].strip() == "Verkeerd ingevuld."
    done = desk.post(f"/zaken/{instance.reference}/herstel", dict(form.fields))
    assert "De stap is opnieuw begonnen." in done.text
    assert "(Bevestigd zonder steun van het diagram.)" in done.text
    assert office.open_tasks(instance.reference) == ["links", "rechts"]


def test_a_step_that_is_gone_by_now_is_told_and_the_reason_stays(
    staff: Staff, office: Office
) -> None:
    instance = both(office)
    where = str(repairing.token(office, instance, "links"))
    drawn.completed(office, drawn.open_task(office, instance, "links"), office.person("af-zorg"))
    answer = post(staff, instance, "overslaan", formulier="x", plek=where, reden="Te laat gezien.")
    assert answer.status == 409
    assert "Dit is niet gedaan" in answer.text
    assert "Hier staat de zaak niet (meer)" in answer.text


def test_cancelling_asks_to_be_sure(staff: Staff, office: Office) -> None:
    instance = both(office)
    unsure = post(staff, instance, "annuleren", formulier="annuleren", reden="Dubbel.")
    assert unsure.status == 422
    assert "zeker weet" in unsure.text
    sure = post(staff, instance, "annuleren", reden="Dubbel.", bevestigd="ja")
    assert "De zaak is geannuleerd." in sure.text
    assert "Er kan niets meer aan worden veranderd." in sure.text
    listed = staff("af-zorg").get("/zaken?status=geannuleerd")
    assert instance.reference in listed.text


@pytest.mark.parametrize(
    ("value", "status"), [('"hoog"', 200), ("3", 200), ("hoog", 422), ("", 422), ("(", 422)]
)
def test_a_value_is_read_as_feel_or_json_and_a_bare_word_is_explained(
    staff: Staff, office: Office, value: str, status: int
) -> None:
    instance = both(office)
    answer = post(
        staff,
        instance,
        "gegeven",
        formulier="gegeven",
        gegeven="triage.urgentie",
        waarde=value,
        reden="Gevraagd.",
    )
    assert answer.status == status
    if status == 422:
        assert "Zet tekst tussen aanhalingstekens" in answer.text


@pytest.mark.parametrize("action", ["", "wissen"])
def test_an_unknown_action_does_nothing(staff: Staff, office: Office, action: str) -> None:
    instance = both(office)
    assert post(staff, instance, action, reden="x").status == 422
    assert repairing.kinds(office, instance) == ["gestart"]
