"""A suspended case waits with everything; a cancelled one is over. Nothing gets lost."""

from uuid import UUID

import pytest

from service.domain.errors import Conflict, NotFound
from service.operations.held_deliveries import held_names
from service.operations.list_cases import own_signals
from service.operations.run_service_task import give_up, run_service_task
from service.operations.save_draft import save_draft
from tests.integration import drawn, repairing
from tests.integration.conftest import Office
from tests.integration.drawn import FOR_CARE
from tests.integration.repairing import (
    ANSWER,
    AWAITS,
    HOUR,
    LINE,
    RACE,
    REPAIRER,
    WORKS,
    done,
    open_now,
    started,
    status,
    task,
    tell,
    whole,
)
from tests.unit.engine.diagrams import (
    END,
    START,
    chain,
    user,
)


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
    office.act(
        save_draft,
        "af-zorg",
        task_id=drawn.open_task(office, instance, "eerst"),
        answers={"uitleg": "half"},
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
        assert held_names(session, instance.id) == ()
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
        assert held_names(session, instance.id) == ()
