"""Nothing that was typed gets lost: not by giving back, not by a mistake, not by an incident."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from service.domain.errors import Conflict, InvalidInput
from service.operations.claim_task import claim_task
from service.operations.deliver_message import send_in
from service.operations.release_task import release_task
from service.operations.retry_incident import retry_incident
from service.operations.run_service_task import give_up
from service.operations.save_draft import save_draft
from service.operations.show_task import TaskView, show_task
from service.storage import Event, Job, RoleMembership, UserAccount
from tests.integration import drawn, everything, steps
from tests.integration.conftest import Office
from tests.integration.drawn import FOR_CARE
from tests.unit.engine.diagrams import (
    END,
    START,
    boundary,
    catch,
    chain,
    flow,
    gateway,
    job,
    message,
    on_message,
    timer,
    user,
)

SECRET = "Achter de kas slapen zes mensen op de grond."
CHOICE = (
    START
    + user("kiezen", FOR_CARE)
    + gateway("exclusive", "hoeveel", default="anders")
    + user("veel", FOR_CARE)
    + END
    + chain("begin", "kiezen", "hoeveel")
    + flow("hoeveel", "veel", when="=number(aantal) + omschrijving &gt; 5")
    + flow("hoeveel", "einde", key="anders")
    + chain("veel", "einde")
)
BESIDE = (
    START
    + gateway("parallel", "uit")
    + job("vastleggen", "terugkoppeling_sturen")
    + user("kijken", FOR_CARE)
    + user("verder", FOR_CARE)
    + gateway("parallel", "samen")
    + END
    + chain("begin", "uit", "vastleggen", "samen", "einde")
    + chain("uit", "kijken", "verder", "samen")
)


def shown(office: Office, task_id: UUID, role: str = "af-zorg") -> TaskView:
    return office.act(show_task, role, task_id=task_id)


def drafted(office: Office, task_id: UUID, role: str, **answers: Any) -> None:
    office.act(save_draft, role, task_id=task_id, answers=answers)


def retried(office: Office, instance_id: UUID) -> None:
    office.act(retry_incident, "af-zorg", instance_id=instance_id)


def events(office: Office, instance_id: UUID) -> list[str]:
    with office.application.sessions() as session:
        return list(
            session.scalars(
                select(Event.kind).where(Event.instance_id == instance_id).order_by(Event.seq)
            )
        )


@pytest.fixture
def substitute(office: Office) -> Iterator[str]:
    """Somebody else with the same role: the account of ``jz`` gets the role ``af-zorg`` too."""
    with office.application.sessions.begin() as session:
        user_id = session.scalar(select(UserAccount.id).where(UserAccount.email.like("jz@%")))
        session.add(RoleMembership(user_id=user_id, role="af-zorg", municipality="midden-delfland"))
    return "jz"


def test_a_draft_survives_giving_back_and_a_colleague_goes_on_with_it(
    office: Office, substitute: str
) -> None:
    reference = office.report().reference
    task_id = office.inbox("af-zorg")["triage"].id
    with office.application.sessions.begin() as session:
        claim_task(session, task_id=task_id, actor=office.person("af-zorg"), now=office.clock())
    drafted(office, task_id, "af-zorg", triage={"type": "slachtoffer", "toelichting": SECRET})
    with pytest.raises(Conflict, match="behandelt deze taak"):
        drafted(office, task_id, substitute, triage={"type": "locatie"})
    with office.application.sessions.begin() as session:
        release_task(session, task_id=task_id, actor=office.person("af-zorg"), now=office.clock())

    view = shown(office, task_id, substitute)
    assert view.values["triage"] == {"type": "slachtoffer", "toelichting": SECRET}
    assert view.task.draft_by == office.person("af-zorg").name
    assert office.inbox("af-zorg")["triage"].has_draft
    office.complete(substitute, task_id, triage={**steps.TRIAGE, "toelichting": SECRET})
    [done] = [task for task in office.tasks(reference) if task.id == task_id]
    assert done.draft is None
    assert everything.holding(office.application.engine, "Achter de kas") == []


def test_wrong_answers_change_nothing(office: Office) -> None:
    reference = office.report().reference
    task = office.inbox("af-zorg")["triage"]
    drafted(office, task.id, "af-zorg", triage={"toelichting": SECRET})
    before = list(everything.about(office.application.engine, task.instance_id))
    for wrong in (
        {},
        {"triage": {**steps.TRIAGE, "urgentie": "gisteren"}},
        {"triage": {**steps.TRIAGE, "geheim": "x"}},
        {"triage": steps.TRIAGE, "registratie": {"kenmerk": "2026-AAAA-AAAA"}},
        {"gemeente": {"af_model": "enkel"}, "triage": steps.TRIAGE},
    ):
        with pytest.raises(InvalidInput) as refused:
            office.complete("af-zorg", task.id, **wrong)
        assert refused.value.fields
    assert list(everything.about(office.application.engine, task.instance_id)) == before
    assert office.open_tasks(reference) == ["triage"]


def test_an_expression_that_fails_keeps_the_last_good_state_and_all_that_was_typed(
    office: Office,
) -> None:
    drawn.publish_process(office, CHOICE)
    instance = drawn.begun(office)
    task_id = drawn.open_task(office, instance, "kiezen")
    done = office.complete("af-zorg", task_id, aantal="veel", omschrijving=SECRET)

    assert done.incident is not None
    after = office.instance(instance.reference)
    assert (after.status, after.revision) == ("incident", instance.revision)
    assert after.incident_element == "hoeveel"
    assert office.open_tasks(instance.reference) == ["kiezen"]
    assert shown(office, task_id).values["omschrijving"] == SECRET
    assert events(office, instance.id) == ["gestart", "incident"]
    for told in (done.incident, after.incident or ""):
        assert "Achter de kas" not in told
    assert everything.holding(office.application.engine, "Achter de kas") == []


def test_after_an_incident_other_answers_bring_the_case_on(office: Office) -> None:
    drawn.publish_process(office, CHOICE.replace("+ omschrijving ", ""))
    instance = drawn.begun(office)
    task_id = drawn.open_task(office, instance, "kiezen")
    assert office.complete("af-zorg", task_id, aantal="veel").incident
    assert office.complete("af-zorg", task_id, aantal="6").incident is None
    after = office.instance(instance.reference)
    assert (after.status, after.incident, after.incident_element) == ("active", None, None)
    assert office.open_tasks(instance.reference) == ["veel"]


def test_a_service_task_that_fails_is_an_incident_and_can_be_tried_again(office: Office) -> None:
    drawn.publish_process(office, BESIDE)
    instance = drawn.begun(office, terugkoppeling={"sjabloon": "bestaat_niet"})
    office.work()
    stuck = office.instance(instance.reference)
    assert (stuck.status, stuck.incident_element) == ("incident", "vastleggen")
    retried(office, instance.id)
    office.work()
    assert office.instance(instance.reference).status == "incident", "nothing has been mended"


def test_a_colleague_beside_it_mends_the_cause_and_the_retry_works(office: Office) -> None:
    drawn.publish_process(office, BESIDE)
    instance = drawn.begun(office, terugkoppeling={"sjabloon": "bestaat_niet"})
    office.work()
    office.complete(
        "af-zorg",
        drawn.open_task(office, instance, "kijken"),
        terugkoppeling={"sjabloon": "bekeken"},
    )
    still = office.instance(instance.reference)
    assert (still.status, still.incident_element) == ("incident", "vastleggen"), "not hidden"
    retried(office, instance.id)
    office.work()
    assert office.instance(instance.reference).status == "active"
    with pytest.raises(Conflict):
        retried(office, instance.id)
    office.complete("af-zorg", drawn.open_task(office, instance, "verder"))
    assert office.instance(instance.reference).status == "completed"


def test_an_incident_does_not_hold_up_timers_and_messages_of_the_case(office: Office) -> None:
    waits = (
        START
        + gateway("parallel", "uit")
        + job("vastleggen", "terugkoppeling_sturen")
        + user("kijken", FOR_CARE)
        + boundary("na_een_uur", "kijken", timer("PT1H"), interrupting=False)
        + user("escaleren", FOR_CARE)
        + catch("bericht_ontvangen", on_message("bericht"))
        + user("lezen", FOR_CARE)
        + END
        + chain("begin", "uit", "vastleggen", "einde")
        + chain("uit", "kijken", "einde")
        + chain("na_een_uur", "escaleren", "einde")
        + chain("uit", "bericht_ontvangen", "lezen", "einde")
    )
    drawn.publish_process(office, waits, extra=message("bericht", "er_is_post", "=sleutel"))
    instance = drawn.begun(office, terugkoppeling={"sjabloon": "bestaat_niet"}, sleutel="S1")
    office.work()
    assert office.instance(instance.reference).status == "incident"
    office.later(minutes=61)
    office.act(send_in, "af-zorg", name="er_is_post", correlation_key="S1", payload={})
    assert office.open_tasks(instance.reference) == ["escaleren", "kijken", "lezen"]
    assert office.instance(instance.reference).status == "incident"


def test_a_timer_that_cannot_fire_is_told_once_and_not_every_few_seconds(office: Office) -> None:
    broken = (
        START
        + catch("na_een_uur", timer("PT1H"))
        + gateway("exclusive", "hoeveel", default="anders")
        + user("veel", FOR_CARE)
        + END
        + chain("begin", "na_een_uur", "hoeveel")
        + flow("hoeveel", "veel", when="=number(registratie.kenmerk) &gt; 5")
        + flow("hoeveel", "einde", key="anders")
        + chain("veel", "einde")
    )
    drawn.publish_process(office, broken)
    instance = drawn.begun(office)
    office.later(hours=2)
    office.later(seconds=5)
    office.later(seconds=5)
    assert events(office, instance.id) == ["gestart", "incident"]
    retried(office, instance.id)
    office.later(seconds=5)
    assert events(office, instance.id) == ["gestart", "incident", "opnieuw_geprobeerd", "incident"]


def test_an_outside_error_that_stays_becomes_an_incident(office: Office) -> None:
    drawn.publish_process(
        office, START + job("melden", "registreren") + END + chain("begin", "melden", "einde")
    )
    instance = drawn.begun(office)
    with office.application.sessions.begin() as session:
        job_id = session.scalar(select(Job.id).where(Job.instance_id == instance.id))
        assert job_id is not None
        give_up(
            session,
            office.application.collaborators,
            job_id=job_id,
            why="Na 8 pogingen mislukt: ConnectionError.",
            now=office.clock(),
        )
    stuck = office.instance(instance.reference)
    assert stuck.incident == "Na 8 pogingen mislukt: ConnectionError."
    retried(office, instance.id)
    office.work()
    assert office.instance(instance.reference).status == "completed"
