"""A partner sees what was handed over to it and nothing else: one test for each place."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from service.domain.errors import MeldrouteError, NotAllowed, NotFound
from service.operations.broadcast_signal import broadcast_signal
from service.operations.deliver_message import send_in
from service.operations.download_file import download_file
from service.operations.erase_instance import erase_instance
from service.operations.inbox import Filters, my_tasks, role_tasks
from service.operations.links.link_cases import MESSAGE
from service.operations.links.links_of import links_of
from service.operations.list_cases import list_cases
from service.operations.list_handed_over import HandedOver, list_handed_over
from service.operations.list_repairs import list_repairs
from service.operations.list_starts import list_starts
from service.operations.network.list_register import list_register, readable_registers
from service.operations.network.registers import REGISTERS
from service.operations.notes import add_note
from service.operations.retry_incident import retry_incident
from service.operations.show_case import read_history, show_case
from service.operations.show_repair import show_repair
from service.operations.show_task import show_task
from service.operations.start_instance import start_instance
from service.operations.suspend_instance import suspend_instance
from service.storage import Instance
from tests.integration import steps
from tests.integration.conftest import SIGNAL, Office
from tests.integration.networking import YESTERDAY, agreement_for, run, until

HIDDEN = (SIGNAL["omschrijving"], SIGNAL["adres"], SIGNAL["naam"], steps.FACTS, steps.WHY)
NOTE = "Violeta belt morgen terug."
HANDOVER = "Aanmelden bij de tafel"
"""The task in which a case is handed over to the ZVH."""


@pytest.fixture
def case(office: Office) -> str:
    """A case that the ZVH was asked to take over, with a note of the municipality in it."""
    reference = steps.up_to_handover(office, "B", "zvh", acuut_gevaar="nee")
    given = {"actor": office.person("af-zorg"), "now": office.clock()}
    with office.application.sessions.begin() as session:
        add_note(
            session,
            office.application.collaborators,
            instance_id=key(office, reference),
            domain="algemeen",
            text=NOTE,
            **given,
        )
    return reference


def key(office: Office, reference: str) -> UUID:
    return office.instance(reference).id


def ask(office: Office, what: Any, *, by: str = "zvh", **more: Any) -> Any:
    """Calls an operation as a partner."""
    with office.application.sessions.begin() as session:
        parts = office.application.collaborators
        return what(session, parts, actor=office.person(by), **more)


def listed(office: Office, by: str = "zvh") -> tuple[HandedOver, ...]:
    page = ask(office, list_handed_over, by=by, now=office.clock())
    return tuple(page.handovers)


def texts(answers: Any) -> str:
    return " | ".join(f"{answer.label}: {answer.text}" for answer in answers)


def test_its_own_page_lists_the_handover_and_what_was_told(office: Office, case: str) -> None:
    [found] = listed(office)
    assert (found.reference, found.status) == (case, "wacht")
    assert steps.SUMMARY in texts(found.told)
    assert not any(hidden in texts(found.told) for hidden in HIDDEN)


def test_its_own_page_tells_what_it_answered(office: Office, case: str) -> None:
    del case
    steps.refused(office, "zvh")
    [found] = listed(office)
    assert found.status == "geweigerd"
    assert steps.REASON in texts(found.answered)


def test_a_handover_that_is_made_again_stands_there_twice(office: Office, case: str) -> None:
    del case
    steps.refused(office, "zvh")
    office.clock.move(hours=1)
    steps.routed(office, "B", "zvh")
    steps.allowed(office)
    steps.handed_to(office, "zvh")
    steps.accepted(office, "zvh")
    assert [found.status for found in listed(office)] == ["geaccepteerd", "geweigerd"]


def test_another_partner_has_an_empty_page(office: Office, case: str) -> None:
    del case
    assert listed(office, "riec") == ()


@pytest.mark.parametrize("role", ["oov", "af-zorg", "melder"])
def test_who_is_no_partner_has_no_such_page(office: Office, role: str) -> None:
    with pytest.raises(NotFound):
        listed(office, role)


def test_the_page_goes_on_where_it_stopped(office: Office, case: str) -> None:
    del case
    steps.refused(office, "zvh")
    office.clock.move(hours=1)
    steps.routed(office, "B", "zvh")
    steps.allowed(office)
    steps.handed_to(office, "zvh")
    first = ask(office, list_handed_over, now=office.clock(), limit=1)
    [second] = ask(
        office, list_handed_over, now=office.clock(), limit=1, after=first.next_cursor
    ).handovers
    assert [first.handovers[0].status, second.status] == ["wacht", "geweigerd"]


def test_the_inbox_holds_its_own_task_alone(office: Office, case: str) -> None:
    with office.application.sessions() as session:
        [task] = role_tasks(session, actor=office.person("zvh")).tasks
        assert (task.reference, task.element_id) == (case, "overdracht_beoordelen")
        assert role_tasks(session, actor=office.person("riec")).tasks == ()
        assert my_tasks(session, actor=office.person("zvh")).tasks == ()


def test_searching_the_inbox_finds_no_more(office: Office, case: str) -> None:
    office.report()
    with office.application.sessions() as session:
        found = role_tasks(session, actor=office.person("zvh"), filters=Filters(reference=case[:4]))
    assert [task.reference for task in found.tasks] == [case]


def test_the_form_of_its_task_shows_what_was_told(office: Office, case: str) -> None:
    del case
    task = office.inbox("zvh")["overdracht_beoordelen"]
    view = ask(office, show_task, task_id=task.id, now=office.clock())
    asked = {field.key.split(".")[0] for field in view.form.fields}
    assert asked == {"overdracht", "overdracht_reactie"}


def test_a_task_of_the_municipality_does_not_exist(office: Office) -> None:
    office.report()
    task = office.inbox("af-zorg")["triage"]
    with pytest.raises(NotFound):
        ask(office, show_task, task_id=task.id, now=office.clock())


def test_the_list_of_cases_does_not_exist(office: Office, case: str) -> None:
    with pytest.raises(NotFound):
        ask(office, list_cases, reference=case)


def test_a_case_that_was_not_handed_over_does_not_exist(office: Office, case: str) -> None:
    other = office.report().reference
    for by, reference in (("zvh", other), ("riec", case)):
        with pytest.raises(NotFound):
            ask(office, show_case, by=by, instance_id=key(office, reference), now=office.clock())


def test_the_case_page_shows_the_handover_and_no_note_diagram_link_reporter_or_outcome(
    office: Office, case: str
) -> None:
    other = office.report().reference
    run(office, other, "signaal_koppelen", triage={"dubbel_met": case})
    view = ask(office, show_case, instance_id=key(office, case), now=office.clock())
    told = texts(answer for line in view.history for answer in line.answers)
    assert steps.SUMMARY in told
    assert not any(hidden in told for hidden in (*HIDDEN, NOTE))
    assert (view.notes, view.diagrams, view.links, view.files) == ((), (), (), {})
    assert (view.reporter, view.urgency, view.end_name, view.package) == (None, None, None, False)
    assert {task.element_id for task in view.open_tasks} == {"overdracht_beoordelen"}


def test_that_the_case_stands_still_is_not_told(office: Office, case: str) -> None:
    with office.application.sessions.begin() as session:
        session.execute(
            update(Instance)
            .where(Instance.reference == case)
            .values(status="incident", incident="Het register was er niet.")
        )
    view = ask(office, show_case, instance_id=key(office, case), now=office.clock())
    assert (view.status, view.incident) == ("active", None)


def test_the_history_holds_the_handover_and_its_own_answer(office: Office, case: str) -> None:
    steps.accepted(office, "zvh")
    _case, history = ask(office, read_history, instance_id=key(office, case))
    assert [line.element_name for line in history] == ["Overdracht beoordelen", HANDOVER]


def test_a_handover_that_was_blocked_never_left(office: Office, case: str) -> None:
    steps.refused(office, "zvh")
    office.clock.move(hours=1)
    until(office, agreement_for(office, "zvh"), YESTERDAY)
    steps.routed(office, "B", "zvh")
    steps.allowed(office)
    steps.handed_to(office, "zvh")
    assert "blokkade_oplossen" in office.open_tasks(case)
    _case, history = ask(office, read_history, instance_id=key(office, case))
    assert [line.element_name for line in history].count(HANDOVER) == 1
    assert len(listed(office)) == 1


def test_a_file_of_the_case_does_not_exist(office: Office, case: str) -> None:
    with pytest.raises(NotFound):
        ask(
            office,
            download_file,
            instance_id=key(office, case),
            attachment_id=key(office, case),
            now=office.clock(),
        )


def test_it_cannot_add_a_note(office: Office, case: str) -> None:
    with pytest.raises(NotAllowed):
        ask(
            office,
            add_note,
            instance_id=key(office, case),
            domain="algemeen",
            text="x",
            now=office.clock(),
        )


def test_the_links_of_a_case_are_not_for_it(office: Office, case: str) -> None:
    other = office.report().reference
    run(office, other, "signaal_koppelen", triage={"dubbel_met": case})
    assert ask(office, links_of, instance_id=key(office, case)) == ()


@pytest.mark.parametrize("register", REGISTERS)
def test_the_registers_of_the_network_do_not_exist(office: Office, register: str) -> None:
    with pytest.raises(NotFound):
        ask(office, list_register, register_id=register, now=office.clock())
    assert ask(office, readable_registers) == ()


def test_it_keeps_repairs_erases_begins_and_sends_nothing(office: Office, case: str) -> None:
    given = {"instance_id": key(office, case), "now": office.clock()}
    attempts: dict[str, tuple[Any, dict[str, Any]]] = {
        "try again": (retry_incident, given),
        "suspend": (suspend_instance, {**given, "reason": "x"}),
        "look at the repair": (show_repair, given),
        "list what stands still": (list_repairs, {}),
        "list what begins by itself": (list_starts, {}),
        "erase": (erase_instance, {**given, "ground": "verzoek"}),
        "begin": (start_instance, {"process_id": "gegevensdeling", "now": office.clock()}),
        "send": (
            send_in,
            {"name": MESSAGE, "correlation_key": case, "payload": {}, "now": office.clock()},
        ),
        "broadcast": (broadcast_signal, {"name": "x", "payload": {}, "now": office.clock()}),
    }
    done = [name for name, (what, more) in attempts.items() if not _refused(office, what, more)]
    assert done == []


def _refused(office: Office, what: Any, more: dict[str, Any]) -> bool:
    try:
        ask(office, what, **more)
    except MeldrouteError as error:
        return isinstance(error, NotFound | NotAllowed)
    return False


def test_a_mail_to_it_says_that_there_is_a_task_and_nothing_else(office: Office, case: str) -> None:
    del case
    task = office.inbox("zvh")["overdracht_beoordelen"]
    office.announce([task.id])
    [mail] = [mail for mail in office.post.sent if mail.recipient.startswith("zvh@")]
    said = f"{mail.subject} {mail.body}"
    assert not any(typed.lower() in said.lower() for typed in (*HIDDEN, *steps.TYPED, NOTE))
