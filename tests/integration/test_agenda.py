"""What a case asks of a table is discussed on its day, seen by who may, and answered."""

from datetime import timedelta

from sqlalchemy import select

from service.operations import bundle_files
from service.operations.agenda.reading import EMPTY, HIDDEN, LOOKED
from service.operations.erase_instance import erase_instance
from service.operations.reopen_task import reopen_task
from service.storage import Access
from tests.integration import drawn, everything
from tests.integration.carried import cases_of
from tests.integration.clockwork import at, until
from tests.integration.conftest import DEMO, Office
from tests.integration.drawn import FOR_CARE
from tests.integration.networking import YESTERDAY, agreement_for
from tests.integration.networking import until as valid_until
from tests.integration.tables import (
    MEETING_DAY,
    NEXT_MEETING,
    QUESTION,
    SUBJECT,
    SUMMARY,
    TYPED,
    WHY,
    asked,
    begun,
    decided,
    held,
    items,
    meeting,
    page,
    state_of,
)
from tests.unit.engine.diagrams import END, START, bpmn, chain, user

FORM = '<zeebe:formDefinition formId="agendapunten_bespreken"/>'


def test_a_question_lies_sealed_on_the_agenda_under_a_kenmerk_of_its_own(office: Office) -> None:
    reference = asked(office)
    [item] = items(office)
    assert (item.reference, item.table_id, item.state) == (
        f"{reference}-A1",
        "signaleringsoverleg",
        "open",
    )
    assert item.instance_id == office.instance(reference).id
    for typed in TYPED:
        assert everything.holding(office.application.engine, typed, but=("publication",)) == []
    assert office.open_tasks(reference) == []


def test_every_meeting_of_the_day_opens_as_a_case_of_its_own(office: Office) -> None:
    first = meeting(office)
    second = office.inbox("af-zorg")["agenda_vaststellen"].reference
    assert first != second
    assert len(cases_of(office, "overleg")) == 3, "one that opens the others, and two meetings"
    until(office, MEETING_DAY + timedelta(days=1))
    assert len(cases_of(office, "overleg")) == 3


def test_who_chairs_sees_the_agenda_and_the_meeting_keeps_none_of_it(office: Office) -> None:
    reference, place = asked(office), meeting(office)
    seen = page(office, "oov", "agenda_vaststellen").variables["agenda"]["overzicht"]
    assert seen == f"{reference}-A1: {SUBJECT}\n{QUESTION}"
    held(office)
    begun(office)
    assert page(office, "oov", "agendapunten_bespreken").variables["agendapunt"] == {
        "kenmerk": f"{reference}-A1",
        "domein": "algemeen",
        "onderwerp": SUBJECT,
        "vraag": QUESTION,
        "samenvatting": SUMMARY,
    }
    assert not any(typed.encode() in state_of(office, place) for typed in TYPED)


def test_each_reading_is_told_in_the_log_of_the_case_that_asked(office: Office) -> None:
    reference = asked(office)
    meeting(office)
    page(office, "oov", "agenda_vaststellen")
    with office.application.sessions() as session:
        [line] = session.scalars(select(Access).where(Access.what == LOOKED)).all()
    with office.application.sessions() as session:
        again = reopen_task(
            session,
            office.application.collaborators,
            task_id=office.inbox("oov")["agenda_vaststellen"].id,
            actor=office.person("oov"),
            now=office.clock(),
        )
        assert len(session.scalars(select(Access).where(Access.what == LOOKED)).all()) == 1
    assert SUBJECT in again.variables["agenda"]["overzicht"], "a form that is drawn again keeps it"
    assert (line.user_name, line.thing) == (office.person("oov").name, f"{reference}-A1")
    assert line.instance_id == office.instance(reference).id


def test_at_the_table_everybody_sees_what_belongs_to_their_domain(office: Office) -> None:
    care, order = asked(office, domain="zorg"), asked(office, domain="bestuurlijk")
    meeting(office)
    held(office)
    own = page(office, "sociaal-domein", "agenda_inzien").variables["deelnemer"]
    assert own["overzicht"] == f"{care}-A1: {SUBJECT}\n{QUESTION}"
    assert [one["kenmerk"] for one in own["punten"]] == [f"{care}-A1"]
    own = page(office, "toezicht", "agenda_inzien").variables["deelnemer"]
    assert [one["kenmerk"] for one in own["punten"]] == [f"{order}-A1"]
    assert "agenda_inzien" not in office.inbox("burgerzaken"), "nothing on it is theirs"


def test_who_chairs_does_not_see_what_is_not_their_domain_either(office: Office) -> None:
    reference = asked(office, domain="zorg")
    meeting(office)
    seen = page(office, "oov", "agenda_vaststellen").variables["agenda"]["overzicht"]
    assert seen == f"{reference}-A1: {HIDDEN}"
    held(office)
    begun(office)
    item = page(office, "oov", "agendapunten_bespreken").variables["agendapunt"]
    assert (item["onderwerp"], "samenvatting" in item) == (HIDDEN, False)


def test_the_decision_goes_back_and_the_action_lies_with_its_owner(office: Office) -> None:
    reference, place = asked(office), meeting(office)
    held(office)
    begun(office)
    decided(office, "actie", toelichting_algemeen=WHY, eigenaar="toezicht", datum="2026-03-20")
    assert office.instance(place).end_name == "Gehouden"
    assert office.open_tasks(reference) == ["overlegactie_uitvoeren"]
    task = page(office, "toezicht", "overlegactie_uitvoeren")
    assert task.variables["overleg"]["toelichting"] == WHY
    assert task.task.due_at == at(2026, 3, 20, 17)
    office.do(
        "toezicht",
        "overlegactie_uitvoeren",
        overleg={"actie_gedaan": "ja", "actie_resultaat": "Twaalf slaapplaatsen geteld."},
    )
    assert office.instance(reference).end_name == "Besluit genomen"
    [item] = items(office)
    assert (item.state, item.decided_at) == ("decided", office.clock())


def test_only_who_sits_at_the_table_can_get_an_action(office: Office) -> None:
    asked(office)
    meeting(office)
    held(office)
    begun(office)
    form = page(office, "oov", "agendapunten_bespreken")
    assert [role["value"] for role in form.variables["agenda"]["rollen"]][:3] == [
        "oov",
        "af-zorg",
        "af-veiligheid",
    ]


def test_what_is_adjourned_or_not_reached_comes_back_at_the_next_meeting(office: Office) -> None:
    reference, _ = asked(office), meeting(office)
    held(office)
    begun(office)
    decided(office, "aanhouden")
    meeting(office, NEXT_MEETING)
    held(office, goes_on="nee")
    meeting(office, at(2026, 4, 28, 9, 1))
    assert office.instance(reference).status == "active", "it waits for the next meeting each time"
    seen = page(office, "oov", "agenda_vaststellen").variables["agenda"]["overzicht"]
    assert seen == f"{reference}-A1: {SUBJECT}\n{QUESTION}"


def test_a_meeting_that_was_missed_by_days_opens_still(office: Office) -> None:
    reference = asked(office)
    meeting(office, at(2026, 3, 6, 15))
    seen = page(office, "oov", "agenda_vaststellen").variables["agenda"]["overzicht"]
    assert seen.startswith(f"{reference}-A1")


def test_a_case_that_waits_too_long_goes_on_and_leaves_the_agenda(office: Office) -> None:
    reference, _ = asked(office), meeting(office)
    until(office, at(2026, 3, 18, 12))
    assert office.instance(reference).end_name == "Geen besluit"
    office.do("oov", "agenda_vaststellen", agenda={"gaat_door": "nee"})
    meeting(office, NEXT_MEETING)
    seen = page(office, "oov", "agenda_vaststellen").variables["agenda"]["overzicht"]
    assert seen == EMPTY
    assert [item.state for item in items(office)] == ["lapsed"]


def test_nothing_of_an_erased_case_is_left_at_the_table(office: Office) -> None:
    reference, place = asked(office), meeting(office)
    held(office)
    begun(office)
    decided(office, "sluiten")
    office.act(
        erase_instance, "archief", instance_id=office.instance(reference).id, ground="bewaartermijn"
    )
    assert items(office) == []
    assert not any(typed.encode() in state_of(office, place) for typed in TYPED)
    left = {table for table, _ in everything.about(office.application.engine, place_id(office))}
    assert "agenda_item" not in left


def place_id(office: Office) -> object:
    return next(case.id for case in cases_of(office, "overleg") if case.end_name == "Gehouden")


def test_another_case_cannot_borrow_what_lies_on_an_agenda(office: Office) -> None:
    """Whoever begins a case with the kenmerk of another's item gets to see nothing of it."""
    reference = asked(office)
    meeting(office)
    body = START + user("lezen", FOR_CARE + FORM) + END
    source = "forms/overleg/agendapunten_bespreken.form"
    drawn.publish_files(
        office,
        {
            "processes/proces/proces.bpmn": bpmn(body + chain("begin", "lezen", "einde"), ""),
            "forms/proces/agendapunten_bespreken.form": bundle_files.read_bundled(DEMO)[source],
        },
    )
    drawn.begun(office, agendapunt={"kenmerk": f"{reference}-A1"}, agenda={"rollen": []})
    shown = page(office, "af-zorg", "lezen").variables["agendapunt"]
    assert (shown["onderwerp"], "samenvatting" in shown) == (HIDDEN, False)


def test_partners_come_to_the_table_only_while_their_agreement_is_valid(office: Office) -> None:
    """The district table meets under the RIEC-convenant."""
    table, day = "ondermijningstafel-district-e", at(2026, 5, 5, 9, 1)
    until(office, at(2026, 5, 4, 12))
    asked(office, table=table)
    meeting(office, day)
    held(office)
    assert "agenda_inzien" in office.inbox("riec")


def test_without_a_valid_agreement_a_table_meets_without_its_partners(office: Office) -> None:
    table, day = "ondermijningstafel-district-e", at(2026, 5, 5, 9, 1)
    valid_until(office, agreement_for(office, "riec"), YESTERDAY)
    until(office, at(2026, 5, 4, 12))
    asked(office, table=table)
    meeting(office, day)
    told = page(office, "oov", "agenda_vaststellen").variables["convenant_controle"]
    assert (told["geldig"], "RIEC-convenant" in told["reden"]) == ("nee", True)
    held(office)
    assert "agenda_inzien" not in office.inbox("riec")
    assert "agenda_inzien" in office.inbox("af-veiligheid")
