"""What a colleague had typed for a task that lapses is not lost: it stays with the case."""

from typing import Any

from service.operations.show_case import show_case
from service.storage import Instance
from tests.integration import moves, repairing
from tests.integration.conftest import SIGNAL, Office
from tests.integration.drawn import FOR_CARE
from tests.integration.repairing import LINE, started, task, whole
from tests.unit.engine.diagrams import END, START, boundary, chain, timer, user

TYPED = {"triage": {"type": "slachtoffer", "motivering_urgentie": SIGNAL["omschrijving"]}}
WATCHED = (
    START
    + user("eerst", FOR_CARE)
    + boundary("te_laat", "eerst", timer("PT1H"))
    + user("daarna", FOR_CARE)
    + END
    + chain("begin", "eerst", "einde")
    + chain("te_laat", "daarna", "einde")
)


def kept(office: Office, instance: Instance) -> list[Any]:
    """What the history holds of answers that were never sent in: by whom, to what, which."""
    return [
        (event.actor_name, event.element_name, repairing.detail(office, instance, event)["answers"])
        for event in repairing.events(office, instance)
        if event.kind == "antwoorden_bewaard"
    ]


def test_a_task_that_is_skipped_moved_or_cancelled_leaves_what_was_typed(office: Office) -> None:
    name = office.person("af-zorg").name
    for repair in (
        lambda case: repairing.skip(office, case, "eerst"),
        lambda case: repairing.move(office, case, "eerst", "slot"),
        lambda case: repairing.cancel(office, case),
    ):
        instance = started(office, LINE)
        moves.drafted(office, task(office, instance, "eerst"), tekst="Bijna klaar")
        repair(instance)
        assert kept(office, instance) == [(name, "Taak eerst", {"tekst": "Bijna klaar"})]
        assert task(office, instance, "eerst").draft is None
        whole(office, instance)


def test_a_task_that_a_timer_ends_leaves_what_was_typed(office: Office) -> None:
    instance = started(office, WATCHED)
    moves.drafted(office, task(office, instance, "eerst"), tekst="Bijna klaar")
    office.later(hours=2)
    assert office.open_tasks(instance.reference) == ["daarna"]
    [(name, _, answers)] = kept(office, instance)
    assert (name, answers) == (office.person("af-zorg").name, {"tekst": "Bijna klaar"})
    whole(office, instance)


def test_without_a_draft_nothing_is_told(office: Office) -> None:
    instance = started(office, WATCHED)
    office.later(hours=2)
    assert kept(office, instance) == []


def test_a_completed_task_leaves_its_answers_once(office: Office) -> None:
    instance = started(office, LINE)
    moves.drafted(office, task(office, instance, "eerst"), tekst="Bijna klaar")
    repairing.done(office, instance, "eerst", tekst="Klaar")
    assert kept(office, instance) == []


def test_who_may_read_the_form_reads_it_on_the_case(office: Office) -> None:
    reference = office.report().reference
    instance = office.instance(reference)
    moves.drafted(office, task(office, instance, "triage"), **TYPED)
    repairing.skip(office, instance, "triage", confirmed=True)
    view = office.act(show_case, "af-zorg", instance_id=instance.id)
    [line] = [line for line in view.history if line.kind == "antwoorden_bewaard"]
    assert line.element_name == "Triage"
    assert "Slachtoffer" in [answer.text for answer in line.answers]
