"""Functioneel beheer repairs a case: with a right, a reason, and within the diagram's own rules."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from service.domain.actor import Actor
from service.domain.errors import Conflict, InvalidInput, NotFound, Unconfirmed
from service.operations.deliver_message import deliver_message
from service.operations.list_cases import own_signals
from service.operations.retry_incident import retry_incident
from service.operations.run_service_task import give_up, run_service_task
from service.operations.save_draft import save_draft
from service.operations.verify_history import verify_history
from service.storage import HeldMessage, Instance, Municipality, Task
from tests.integration import drawn, repairing
from tests.integration.conftest import DEMO, Office
from tests.integration.drawn import FOR_CARE
from tests.integration.repairing import REPAIRER, WHY
from tests.unit.engine.diagrams import (
    END,
    START,
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

LINE = (
    START
    + user("eerst", FOR_CARE)
    + user("dan", FOR_CARE)
    + user("slot", FOR_CARE)
    + END
    + chain("begin", "eerst", "dan", "slot", "einde")
)
BOTH = (
    START
    + gateway("parallel", "uit")
    + user("links", FOR_CARE)
    + user("rechts", FOR_CARE)
    + gateway("parallel", "samen")
    + user("daarna", FOR_CARE)
    + END
    + chain("begin", "uit", "links", "samen", "daarna", "einde")
    + chain("uit", "rechts", "samen")
)
AWAITS = START + catch("antwoord", on_message("m_antwoord")) + user("na", FOR_CARE) + END
AWAITS += chain("begin", "antwoord", "na", "einde")
ANSWER = message("m_antwoord", "antwoord")
HOUR = START + catch("na_een_uur", timer("PT1H")) + user("na", FOR_CARE) + END
HOUR += chain("begin", "na_een_uur", "na", "einde")
RACE = (
    START
    + '<eventBasedGateway id="wat_eerst" name="Wat eerst?"/>'
    + catch("antwoord", on_message("m_antwoord"))
    + catch("te_laat", timer("PT1H"))
    + user("na_antwoord", FOR_CARE)
    + user("na_tijd", FOR_CARE)
    + END
    + chain("begin", "wat_eerst", "antwoord", "na_antwoord", "einde")
    + chain("wat_eerst", "te_laat", "na_tijd", "einde")
)
CHOICE = (
    START
    + user("kiezen", FOR_CARE)
    + gateway("exclusive", "hoeveel", default="anders")
    + user("veel", FOR_CARE)
    + END
    + chain("begin", "kiezen", "hoeveel")
    + flow("hoeveel", "veel", when="=number(aantal) + erbij &gt; 5")
    + flow("hoeveel", "einde", key="anders")
    + chain("veel", "einde")
)
WORKS = START + user("eerst", FOR_CARE) + job("werk", "terugkoppeling_sturen")
WORKS += user("na", FOR_CARE) + END + chain("begin", "eerst", "werk", "na", "einde")


def started(office: Office, body: str, extra: str = "") -> Instance:
    drawn.publish_process(office, body, extra=extra)
    return drawn.begun(office)


def open_now(office: Office, instance: Instance) -> list[str]:
    return office.open_tasks(instance.reference)


def status(office: Office, instance: Instance) -> str:
    return office.instance(instance.reference).status


def whole(office: Office, instance: Instance) -> None:
    with office.application.sessions() as session:
        assert verify_history(session, instance_id=instance.id).broken_at is None


def tell(office: Office, name: str, **payload: Any) -> None:
    with office.application.sessions.begin() as session:
        deliver_message(
            session,
            office.application.collaborators,
            name=name,
            correlation_key=None,
            payload=payload,
            actor=office.person("af-zorg"),
            now=office.clock(),
        )


def done(office: Office, instance: Instance, element_id: str, **answers: Any) -> str | None:
    task_id = drawn.open_task(office, instance, element_id)
    return drawn.completed(office, task_id, office.person("af-zorg"), **answers).incident


def task(office: Office, instance: Instance, element_id: str) -> Task:
    return next(t for t in office.tasks(instance.reference) if t.element_id == element_id)


def nobody_may(office: Office, instance: Instance, role: str) -> None:
    for do in (repairing.suspend, repairing.resume, repairing.cancel):
        with pytest.raises(NotFound):
            do(office, instance, role=role)
    with pytest.raises(NotFound):
        repairing.move(office, instance, "eerst", "slot", role=role)
    with pytest.raises(NotFound):
        repairing.skip(office, instance, "eerst", role=role)
    with pytest.raises(NotFound):
        repairing.redo(office, instance, "eerst", role=role)
    with pytest.raises(NotFound):
        repairing.put(office, instance, "x", 1, role=role)
    with pytest.raises(NotFound):
        repairing.retry(office, instance, "x", 1, role=role)


@pytest.mark.parametrize("role", ["af-zorg", "sociaal-domein", "zvh", "melder"])
def test_who_may_not_repair_hears_that_the_case_is_not_there(office: Office, role: str) -> None:
    instance = started(office, LINE)
    nobody_may(office, instance, role)
    assert repairing.kinds(office, instance) == ["gestart"]


def test_a_repairer_of_another_municipality_hears_the_same(office: Office) -> None:
    instance = started(office, LINE)
    with office.application.sessions.begin() as session:
        session.add(Municipality(id="elders", name="Elders"))
        published = session.get_one(Municipality, DEMO).publication_id
        session.flush()
        session.execute(
            update(Municipality).where(Municipality.id == "elders").values(publication_id=published)
        )
    person = office.person(REPAIRER)
    stranger = Actor(
        user_id=person.user_id, name=person.name, municipality="elders", roles=person.roles
    )
    with office.application.sessions.begin() as session, pytest.raises(NotFound):
        repairing.suspend_instance(
            session,
            office.application.collaborators,
            instance_id=instance.id,
            reason=WHY,
            actor=stranger,
            now=office.clock(),
        )


@pytest.mark.parametrize("reason", ["", "   \n", "x" * 2001])
def test_nothing_is_repaired_without_a_reason_of_a_readable_length(
    office: Office, reason: str
) -> None:
    instance = started(office, LINE)
    with pytest.raises(InvalidInput) as refused:
        repairing.suspend(office, instance, reason=reason)
    assert "reason" in refused.value.fields


def test_the_reason_is_kept_sealed_with_the_name_of_who_did_it(office: Office) -> None:
    instance = started(office, LINE)
    repairing.suspend(office, instance)
    last = repairing.events(office, instance)[-1]
    assert (last.kind, last.actor_name) == ("stilgezet", office.person(REPAIRER).name)
    assert repairing.detail(office, instance, last) == {"reason": WHY}
    assert last.detail is not None
    assert WHY.encode() not in last.detail


def test_a_task_of_a_suspended_case_is_not_completed_and_what_was_typed_stays(
    office: Office,
) -> None:
    instance = started(office, LINE)
    repairing.suspend(office, instance)
    why = done(office, instance, "eerst", uitleg="lang verhaal")
    assert why is not None
    assert office.person(REPAIRER).name in why
    assert "09:30" in why
    assert open_now(office, instance) == ["eerst"]
    assert task(office, instance, "eerst").draft is not None
    assert status(office, instance) == "suspended"
    repairing.resume(office, instance)
    assert done(office, instance, "eerst") is None
    assert open_now(office, instance) == ["dan"]
    whole(office, instance)


def test_a_draft_is_kept_in_a_suspended_case(office: Office) -> None:
    instance = started(office, LINE)
    repairing.suspend(office, instance)
    with office.application.sessions.begin() as session:
        save_draft(
            session,
            office.application.collaborators,
            task_id=drawn.open_task(office, instance, "eerst"),
            actor=office.person("af-zorg"),
            answers={"uitleg": "half"},
            now=office.clock(),
        )
    assert task(office, instance, "eerst").draft is not None


def test_a_case_is_suspended_and_resumed_once(office: Office) -> None:
    instance = started(office, LINE)
    with pytest.raises(Conflict, match="niet"):
        repairing.resume(office, instance)
    repairing.suspend(office, instance)
    with pytest.raises(Conflict, match="stilgezet, om 09:30"):
        repairing.suspend(office, instance)
    repairing.resume(office, instance)
    assert repairing.kinds(office, instance) == ["gestart", "stilgezet", "hervat"]


def test_a_timer_that_came_due_while_suspended_fires_once_after_resuming(office: Office) -> None:
    instance = started(office, HOUR)
    repairing.suspend(office, instance)
    office.later(hours=3)
    assert open_now(office, instance) == []
    assert office.instance(instance.reference).next_due is None
    repairing.resume(office, instance)
    office.later(seconds=5)
    assert open_now(office, instance) == ["na"]
    office.later(hours=3)
    assert repairing.kinds(office, instance).count("tijd_verstreken") == 1


def test_a_timer_that_is_not_due_yet_still_waits_after_resuming(office: Office) -> None:
    instance = started(office, HOUR)
    due = office.instance(instance.reference).next_due
    repairing.suspend(office, instance)
    office.later(minutes=20)
    repairing.resume(office, instance)
    assert office.instance(instance.reference).next_due == due
    office.later(minutes=1)
    assert "tijd_verstreken" not in repairing.kinds(office, instance)


def test_reminders_rest_and_the_norm_time_goes_on(office: Office) -> None:
    body = START + user(
        "doen", FOR_CARE + '<zeebe:taskSchedule dueDate="=now() + duration(&quot;PT4H&quot;)"/>'
    )
    instance = started(office, body + END + chain("begin", "doen", "einde"))
    due = task(office, instance, "doen").due_at
    repairing.suspend(office, instance)
    office.later(hours=5)
    assert task(office, instance, "doen").nudges == 0
    repairing.resume(office, instance)
    assert task(office, instance, "doen").due_at == due
    office.later(seconds=5)
    assert task(office, instance, "doen").nudges == 2


def test_a_message_for_a_suspended_case_arrives_once_when_it_is_resumed(office: Office) -> None:
    instance = started(office, AWAITS, ANSWER)
    repairing.suspend(office, instance)
    tell(office, "antwoord", uitkomst="ja")
    assert open_now(office, instance) == []
    repairing.resume(office, instance)
    assert open_now(office, instance) == ["na"]
    assert repairing.kinds(office, instance) == [
        *("gestart", "stilgezet", "bericht_bewaard", "hervat", "bericht_ontvangen")
    ]
    last = repairing.events(office, instance)[-1]
    assert last.actor_name == office.person("af-zorg").name
    with office.application.sessions() as session:
        assert session.scalar(select(func.count()).select_from(HeldMessage)) == 0
    repairing.suspend(office, instance)
    repairing.resume(office, instance)
    assert repairing.kinds(office, instance).count("bericht_ontvangen") == 1
    whole(office, instance)


def test_a_second_message_that_nobody_waits_for_any_more_is_told_and_not_lost(
    office: Office,
) -> None:
    instance = started(office, AWAITS, ANSWER)
    repairing.suspend(office, instance)
    tell(office, "antwoord")
    tell(office, "antwoord")
    repairing.resume(office, instance)
    assert repairing.kinds(office, instance)[-2:] == ["bericht_ontvangen", "bericht_niet_verwacht"]


@pytest.mark.parametrize(("minutes", "opened"), [(30, "na_antwoord"), (90, "na_tijd")])
def test_message_and_timer_of_a_suspended_case_happen_in_the_order_in_which_they_came(
    office: Office, minutes: int, opened: str
) -> None:
    instance = started(office, RACE, ANSWER)
    repairing.suspend(office, instance)
    office.later(minutes=minutes)
    tell(office, "antwoord")
    office.later(hours=3)
    repairing.resume(office, instance)
    office.later(seconds=5)
    assert open_now(office, instance) == [opened]


def run_job(office: Office, job_id: UUID) -> None:
    with office.application.sessions.begin() as session:
        run_service_task(
            session, office.application.collaborators, job_id=job_id, now=office.clock()
        )


def test_a_service_task_waits_for_the_case_to_be_resumed(office: Office) -> None:
    instance = started(office, WORKS)
    done(office, instance, "eerst", terugkoppeling={"sjabloon": "bekeken"})
    job_id = repairing.only_job(office, instance).id
    repairing.suspend(office, instance, worker=False)
    run_job(office, job_id)
    assert repairing.only_job(office, instance).state == "waiting"
    assert open_now(office, instance) == []
    repairing.resume(office, instance, worker=False)
    assert repairing.queued(office, "run_service_task") == [job_id, job_id]
    run_job(office, job_id)
    assert repairing.only_job(office, instance).state == "done"
    assert open_now(office, instance) == ["na"]


def test_a_service_task_that_is_given_up_while_suspended_does_not_set_the_case_going(
    office: Office,
) -> None:
    instance = started(office, WORKS)
    done(office, instance, "eerst")
    job_id = repairing.only_job(office, instance).id
    repairing.suspend(office, instance, worker=False)
    with office.application.sessions.begin() as session:
        give_up(
            session,
            office.application.collaborators,
            job_id=job_id,
            why="Geen verbinding.",
            now=office.clock(),
        )
    assert status(office, instance) == "suspended"
    repairing.resume(office, instance, worker=False)
    assert status(office, instance) == "incident"


def test_a_skipped_service_task_is_not_run_any_more(office: Office) -> None:
    instance = started(office, WORKS)
    done(office, instance, "eerst")
    job_id = repairing.only_job(office, instance).id
    repairing.skip(office, instance, "werk", worker=False)
    run_job(office, job_id)
    assert repairing.only_job(office, instance).state == "cancelled"
    assert open_now(office, instance) == ["na"]


def test_a_cancelled_case_is_over_and_says_no_more_than_that(office: Office) -> None:
    reported = office.report()
    instance = office.instance(reported.reference)
    repairing.cancel(office, instance)
    ended = office.instance(reported.reference)
    assert (ended.status, ended.end_name) == ("cancelled", "Geannuleerd")
    assert ended.ended_at == office.clock()
    assert open_now(office, instance) == []
    with office.application.sessions() as session:
        [signal] = own_signals(session, actor=office.person("melder"))
    assert signal.progress == "afgerond"
    assert repairing.kinds(office, instance)[-1] == "geannuleerd"
    for again in (repairing.cancel, repairing.suspend, repairing.resume):
        with pytest.raises(Conflict, match="afgesloten"):
            again(office, instance)
    whole(office, instance)


def test_a_suspended_case_can_be_cancelled_and_its_held_messages_go(office: Office) -> None:
    instance = started(office, AWAITS, ANSWER)
    repairing.suspend(office, instance)
    tell(office, "antwoord")
    repairing.cancel(office, instance)
    assert status(office, instance) == "cancelled"
    with pytest.raises(NotFound):
        tell(office, "antwoord")
    with office.application.sessions() as session:
        assert session.scalar(select(func.count()).select_from(HeldMessage)) == 0


def test_a_case_goes_back_to_an_earlier_step(office: Office) -> None:
    instance = started(office, LINE)
    done(office, instance, "eerst")
    repairing.move(office, instance, "dan", "eerst")
    assert open_now(office, instance) == ["eerst"]
    states = {t.element_id: t.state for t in office.tasks(instance.reference)}
    assert states["dan"] == "cancelled"
    last = repairing.events(office, instance)[-1]
    assert (last.kind, last.element_name) == ("verplaatst", "Taak dan")
    assert repairing.detail(office, instance, last) == {"reason": WHY, "to": "eerst"}
    whole(office, instance)


def test_a_skipped_task_was_not_done_by_who_skipped_it(office: Office) -> None:
    instance = started(office, LINE)
    repairing.skip(office, instance, "eerst")
    assert open_now(office, instance) == ["dan"]
    assert task(office, instance, "eerst").state == "cancelled"


def test_a_step_that_would_run_twice_asks_for_a_confirmation_and_changes_nothing(
    office: Office,
) -> None:
    instance = started(office, BOTH)
    done(office, instance, "links")
    with pytest.raises(Unconfirmed) as asked:
        repairing.redo(office, instance, "links")
    assert asked.value.oddities
    assert "Taak links" in str(asked.value)
    assert open_now(office, instance) == ["rechts"]
    assert "opnieuw_geopend" not in repairing.kinds(office, instance)


def test_once_confirmed_it_happens_and_the_event_says_that_it_was_against_the_diagram(
    office: Office,
) -> None:
    instance = started(office, BOTH)
    done(office, instance, "links")
    repairing.redo(office, instance, "links", confirmed=True)
    assert open_now(office, instance) == ["links", "rechts"]
    last = repairing.events(office, instance)[-1]
    assert last.element_name == "Taak links"
    assert repairing.detail(office, instance, last)["against_diagram"]
    whole(office, instance)


def test_a_confirmation_that_was_not_needed_is_not_held_against_a_repair(office: Office) -> None:
    instance = started(office, LINE)
    repairing.skip(office, instance, "eerst", confirmed=True)
    last = repairing.events(office, instance)[-1]
    assert "against_diagram" not in repairing.detail(office, instance, last)


def test_a_case_is_repaired_while_it_is_suspended_and_its_tasks_announced_when_it_goes_on(
    office: Office,
) -> None:
    instance = started(office, LINE)
    repairing.suspend(office, instance)
    repairing.move(office, instance, "eerst", "slot")
    assert status(office, instance) == "suspended"
    assert open_now(office, instance) == ["slot"]
    repairing.resume(office, instance)
    assert done(office, instance, "slot") is None
    assert status(office, instance) == "completed"


def stuck(office: Office) -> Instance:
    instance = started(office, CHOICE)
    assert done(office, instance, "kiezen", aantal="6") is not None
    assert status(office, instance) == "incident"
    return instance


def test_a_failed_step_goes_on_with_a_new_value_in_one_go(office: Office) -> None:
    instance = stuck(office)
    repairing.retry(office, instance, "erbij", 1)
    assert status(office, instance) == "active"
    assert repairing.kinds(office, instance)[-2:] == ["gegeven_gewijzigd", "opnieuw_geprobeerd"]
    assert done(office, instance, "kiezen", aantal="6") is None
    assert open_now(office, instance) == ["veel"]
    whole(office, instance)


def test_a_failed_service_task_is_done_after_all_with_a_new_value(office: Office) -> None:
    instance = started(office, WORKS)
    done(office, instance, "eerst", terugkoppeling={"sjabloon": "bestaat_niet"})
    office.work()
    assert status(office, instance) == "incident"
    repairing.retry(office, instance, "terugkoppeling.sjabloon", "bekeken")
    assert status(office, instance) == "active"
    assert open_now(office, instance) == ["na"]


def test_a_new_value_that_is_refused_tries_nothing(office: Office) -> None:
    instance = stuck(office)
    with pytest.raises(InvalidInput):
        repairing.retry(office, instance, "registratie.kenmerk", "x")
    assert status(office, instance) == "incident"


def test_who_repairs_may_also_just_try_again(office: Office) -> None:
    instance = stuck(office)
    with office.application.sessions.begin() as session:
        retry_incident(
            session,
            office.application.collaborators,
            instance_id=instance.id,
            actor=office.person(REPAIRER),
            now=office.clock(),
        )
    assert status(office, instance) == "active"


def test_an_incident_outlives_a_suspension(office: Office) -> None:
    instance = stuck(office)
    repairing.suspend(office, instance)
    with pytest.raises(Conflict, match="Hervat haar eerst"):
        repairing.retry(office, instance, "erbij", 1)
    repairing.resume(office, instance)
    assert status(office, instance) == "incident"


def test_a_variable_is_set_and_its_value_kept_sealed(office: Office) -> None:
    instance = started(office, LINE)
    repairing.put(office, instance, "triage.urgentie", "hoog")
    assert office.instance(instance.reference).urgency == "hoog"
    last = repairing.events(office, instance)[-1]
    assert (last.kind, last.element_name) == ("gegeven_gewijzigd", None)
    assert repairing.detail(office, instance, last)["path"] == "triage.urgentie"


@pytest.mark.parametrize("path", ["registratie.kenmerk", "gemeente", "geen naam", "a..b", ""])
def test_the_products_own_variables_and_what_is_no_name_are_refused(
    office: Office, path: str
) -> None:
    instance = started(office, LINE)
    with pytest.raises(InvalidInput):
        repairing.put(office, instance, path, 1)
    assert repairing.kinds(office, instance) == ["gestart"]


def test_a_value_that_cannot_be_kept_is_refused(office: Office) -> None:
    instance = started(office, LINE)
    with pytest.raises(InvalidInput):
        repairing.put(office, instance, "x", object())
