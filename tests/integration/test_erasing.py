"""A case whose time is over disappears: its key first, so that no copy can be read any more."""

from uuid import UUID

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import DBAPIError

from service.domain.errors import Conflict, InvalidInput, Misconfigured, NotFound
from service.operations.erase_instance import erase_instance
from service.operations.list_cases import list_cases, signal_by_code
from service.operations.show_case import show_case
from service.storage import Access, Attachment, Erasure, Event, Instance
from tests.integration import drawn, everything, guarded, steps
from tests.integration.conftest import Office
from tests.integration.statements import asked
from tests.unit.engine.diagrams import (
    END,
    START,
    catch,
    chain,
    message,
    on_message,
    process,
    throw,
)

TELLS = START + throw("zeggen", on_message("m")) + END + chain("begin", "zeggen", "einde")
HEARS = START + catch("horen", on_message("m")) + END + chain("begin", "horen", "einde")
OVER = message("m", "nieuws") + process(
    "hoort", HEARS.replace("begin", "aan").replace("einde", "af")
)
PHOTO = b"\x89PNG\r\n\x1a\n"


def erase(
    office: Office, reference: str, *, by: str = "archief", ground: str = "bewaartermijn"
) -> None:
    office.act(erase_instance, by, instance_id=office.instance(reference).id, ground=ground)


def ended(office: Office, **signal: object) -> str:
    """A case that was found not to be about human trafficking, with everything in it."""
    reference = office.report(**signal).reference
    steps.triaged(office)
    steps.enriched(office)
    steps.judged(office, "nee")
    office.do(
        "af-zorg",
        "gemeentelijk_oppakken",
        oppakken={"wijze": "reguliere_hulp", "toelichting": steps.AGREED},
    )
    steps.told(office)
    assert office.instance(reference).status == "completed"
    return reference


def of(office: Office, instance_id: UUID) -> list[tuple[str, everything.Row]]:
    return list(everything.about(office.application.engine, instance_id))


def left_of(office: Office, instance_id: UUID) -> set[str]:
    return {table for table, _ in of(office, instance_id)}


def test_nothing_is_left_but_that_it_was_there(office: Office) -> None:
    reference = ended(office)
    instance = office.instance(reference)
    erase(office, reference)
    left = left_of(office, instance.id)
    assert left == {"instance", "erasure", "access", "fact"}, "facts are codes that name nobody"
    for typed in steps.TYPED:
        engine = office.application.engine
        assert everything.holding(engine, typed, but=("publication",)) == []
    gone = office.instance(reference)
    assert (gone.status, gone.state, gone.data_key) == ("erased", b"", b"")
    assert (gone.reported_by, gone.end_name, gone.urgency) == (None, None, None)


def test_a_lock_and_reading_in_an_emergency_go_too(office: Office) -> None:
    reference = ended(office)
    guarded.lock(office, reference)
    guarded.read(office, reference, office.person("wonen"))
    instance = office.instance(reference)
    erase(office, reference)
    assert left_of(office, instance.id) == {"instance", "erasure", "access", "fact"}
    assert guarded.read(office, reference, office.person("wonen")) is None


def test_the_figures_stay(office: Office) -> None:
    reference = steps.up_to_handover(office, "A", "zorgcoordinator")
    steps.accepted(office, "zorgcoordinator")
    steps.told(office)
    steps.followed_up(office, "klaar")
    steps.care_refused(office)
    steps.closed(office)
    steps.told(office)
    instance = office.instance(reference)
    assert instance.status == "completed", office.open_tasks(reference)
    before = [row for table, row in of(office, instance.id) if table == "fact"]
    erase(office, reference)
    after = [row for table, row in of(office, instance.id) if table == "fact"]
    assert before == after != []


def test_what_a_back_up_still_has_cannot_be_read(office: Office) -> None:
    reference = ended(office)
    old = office.instance(reference)
    erase(office, reference)
    gone = office.instance(reference)
    vault = office.application.collaborators.vault
    with pytest.raises(Misconfigured):
        vault.case(gone.id, gone.data_key).open("state", old.state)


def test_the_declaration_says_who_when_why_and_how_much(office: Office) -> None:
    reference = ended(office)
    before = office.instance(reference)
    erase(office, reference, ground="verzoek")
    with office.application.sessions() as session:
        [declaration] = session.scalars(select(Erasure)).all()
        logged = session.scalars(select(Access.instance_id).where(Access.what == "zaak_vernietigd"))
        assert logged.all() == [before.id]
    assert declaration.erased_by_name == office.person("archief").name
    assert declaration.erased_at == office.clock()
    assert (declaration.ground, declaration.events) == ("verzoek", before.event_count)
    assert declaration.last_hash == before.last_hash


def test_who_looks_for_it_hears_who_erased_it(office: Office) -> None:
    reference = ended(office)
    erase(office, reference)
    with office.application.sessions() as session, pytest.raises(NotFound) as told:
        show_case(
            session,
            office.application.collaborators,
            instance_id=office.instance(reference).id,
            actor=office.person("af-zorg"),
            now=office.clock(),
        )
    assert office.person("archief").name in str(told.value)
    assert "bewaartermijn" in str(told.value)


def test_it_is_listed_only_for_who_asks_for_erased_cases(office: Office) -> None:
    reference = ended(office)
    erase(office, reference)
    with office.application.sessions() as session:
        parts, actor = office.application.collaborators, office.person("af-zorg")
        assert list_cases(session, parts, actor=actor).cases == ()
        [line] = list_cases(session, parts, actor=actor, status="erased").cases
    assert (line.reference, line.end_name) == (reference, None)


def test_the_reporter_and_their_code_are_forgotten(office: Office) -> None:
    first = office.report().reference
    steps.triaged(office)
    anonymous = office.report(by=None, hoedanigheid="anoniem", anoniem="ja")
    steps.triaged(office, dubbel="ja", dubbel_met=first)
    steps.told(office, "afgerond")
    assert anonymous.code is not None
    erase(office, anonymous.reference)
    with office.application.sessions() as session, pytest.raises(NotFound):
        signal_by_code(session, office.application.collaborators, code=anonymous.code)


def test_a_case_that_runs_is_not_erased(office: Office) -> None:
    reference = office.report().reference
    with pytest.raises(Conflict, match="loopt nog"):
        erase(office, reference)
    assert office.open_tasks(reference) == ["triage"]


def test_it_is_erased_once(office: Office) -> None:
    reference = ended(office)
    erase(office, reference)
    with pytest.raises(NotFound, match="is vernietigd door"):
        erase(office, reference)


@pytest.mark.parametrize("role", ["af-zorg", "functioneel-beheer", "zvh", "melder"])
def test_only_who_may_erase_does(office: Office, role: str) -> None:
    reference = ended(office)
    with pytest.raises(NotFound, match="niet voor u"):
        erase(office, reference, by=role)
    assert office.instance(reference).status == "completed"


def test_an_unknown_ground_is_refused(office: Office) -> None:
    reference = ended(office)
    with pytest.raises(InvalidInput) as wrong:
        erase(office, reference, ground="zomaar")
    assert list(wrong.value.fields) == ["ground"]


def test_the_history_of_every_other_case_stays_append_only(office: Office) -> None:
    erased, kept = ended(office), ended(office)
    erase(office, erased)
    instance = office.instance(kept)
    for rows in (delete(Event).where(Event.instance_id == instance.id), delete(Erasure)):
        with office.application.sessions() as session, pytest.raises(DBAPIError, match="append-"):
            session.execute(rows)


def test_the_work_does_not_grow_with_the_case(office: Office) -> None:
    reference = ended(office)
    with asked(office.application.engine) as work:
        erase(office, reference)
    assert len(work) <= 26, work.told()


def test_nothing_that_waits_in_the_queue_stumbles_over_it(office: Office) -> None:
    reference = ended(office)
    erase(office, reference)
    office.later(days=400)
    assert office.instance(reference).status == "erased"


def test_files_go_too(office: Office) -> None:
    reference = ended(office)
    with office.application.sessions() as session:
        instance = session.scalars(select(Instance).where(Instance.reference == reference)).one()
        case = office.application.collaborators.vault.case(instance.id, instance.data_key)
    with office.application.sessions.begin() as session:
        session.add(
            Attachment(
                id=UUID(int=7),
                municipality=instance.municipality,
                instance_id=instance.id,
                name=case.seal("attachment", b"foto.png"),
                content=case.seal("attachment", PHOTO),
                media_type="image/png",
                size=len(PHOTO),
                added_at=office.clock(),
                added_by="proef",
            )
        )
    erase(office, reference)
    assert "attachment" not in left_of(office, instance.id)


def test_what_the_case_sent_must_have_arrived_first(office: Office) -> None:
    drawn.publish_process(office, TELLS, extra=OVER)
    hearing = drawn.begun(office, "hoort")
    telling = drawn.begun(office)
    with pytest.raises(Conflict, match="nog onderweg"):
        erase(office, telling.reference)
    office.work()
    assert office.instance(hearing.reference).status == "completed"
    erase(office, telling.reference)
    assert left_of(office, telling.id) == {"instance", "erasure", "access", "fact"}
    assert office.instance(hearing.reference).status == "completed"
