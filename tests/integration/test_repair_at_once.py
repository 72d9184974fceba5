"""A repair and somebody else at the same case at the same moment: one outcome, no word lost."""

import pytest

from service.domain.errors import Conflict
from service.operations.cancel_instance import cancel_instance
from service.operations.complete_task import Completed
from service.operations.deliver_message import Reached, send_in
from service.operations.move_token import move_token
from service.operations.run_service_task import run_service_task
from service.operations.set_variable import set_variable
from service.operations.skip_token import skip_token
from service.operations.suspend_instance import suspend_instance
from tests.integration import drawn, repairing
from tests.integration.conftest import Office
from tests.integration.repairing import (
    ANSWER,
    AWAITS,
    HOUR,
    LINE,
    WORKS,
    acting,
    open_now,
    started,
    status,
    task,
)
from tests.integration.test_two_at_once import Act, completing, firing, meeting, sound


def finishing(office: Office, instance: repairing.Instance) -> Act:
    task_id = drawn.open_task(office, instance, "eerst")
    return completing(office, task_id, office.person("af-zorg"), uitleg="lang verhaal")


def test_a_completion_that_waited_for_a_suspension_is_kept_as_draft(office: Office) -> None:
    instance = started(office, LINE)
    _, done = meeting(
        office, acting(office, suspend_instance, instance), finishing(office, instance)
    )
    assert isinstance(done, Completed)
    assert done.incident is not None
    assert "stilgezet" in done.incident
    assert open_now(office, instance) == ["eerst"]
    assert task(office, instance, "eerst").draft is not None
    assert sound(office, instance) == 2


def test_a_suspension_that_waited_for_a_completion_stops_the_case_after_it(
    office: Office,
) -> None:
    instance = started(office, LINE)
    done, nothing = meeting(
        office, finishing(office, instance), acting(office, suspend_instance, instance)
    )
    assert isinstance(done, Completed)
    assert nothing is None
    assert open_now(office, instance) == ["dan"]
    assert status(office, instance) == "suspended"
    assert sound(office, instance) == 3


def test_a_completion_that_waited_for_a_cancellation_hears_that_the_task_is_gone(
    office: Office,
) -> None:
    instance = started(office, LINE)
    _, lost = meeting(
        office, acting(office, cancel_instance, instance), finishing(office, instance)
    )
    assert isinstance(lost, Conflict)
    assert "vervallen" in str(lost)
    assert status(office, instance) == "cancelled"
    assert sound(office, instance) == 2


def test_a_cancellation_that_waited_for_a_completion_takes_the_next_task_along(
    office: Office,
) -> None:
    instance = started(office, LINE)
    meeting(office, finishing(office, instance), acting(office, cancel_instance, instance))
    assert {t.element_id: t.state for t in office.tasks(instance.reference)} == {
        "eerst": "completed",
        "dan": "cancelled",
    }
    assert sound(office, instance) == 3


def test_a_timer_passes_by_a_case_that_is_being_suspended(office: Office) -> None:
    instance = started(office, HOUR)
    office.clock.move(hours=2)
    _, fired = meeting(
        office,
        acting(office, suspend_instance, instance),
        firing(office, instance),
        waits=False,
    )
    assert fired is False
    assert open_now(office, instance) == []
    repairing.resume(office, instance)
    office.later(seconds=5)
    assert open_now(office, instance) == ["na"]
    assert repairing.kinds(office, instance).count("tijd_verstreken") == 1
    sound(office, instance)


def test_a_suspension_waits_for_the_timer_that_is_firing(office: Office) -> None:
    instance = started(office, HOUR)
    office.clock.move(hours=2)
    fired, _ = meeting(office, firing(office, instance), acting(office, suspend_instance, instance))
    assert fired is True
    assert open_now(office, instance) == ["na"]
    assert status(office, instance) == "suspended"
    sound(office, instance)


@pytest.mark.parametrize("way", ["skip", "move"])
def test_a_repair_that_waited_for_a_completion_hears_that_the_case_has_moved_on(
    office: Office, way: str
) -> None:
    instance = started(office, LINE)
    where = repairing.token(office, instance, "eerst")
    repair = (
        acting(office, skip_token, instance, token_id=where)
        if way == "skip"
        else acting(office, move_token, instance, token_id=where, to="slot")
    )
    _, lost = meeting(office, finishing(office, instance), repair)
    assert "Hier staat de zaak niet (meer)" in str(lost)
    assert open_now(office, instance) == ["dan"]
    assert sound(office, instance) == 2


def test_a_completion_that_waited_for_a_repair_hears_that_the_task_is_gone(
    office: Office,
) -> None:
    instance = started(office, LINE)
    where = repairing.token(office, instance, "eerst")
    _, lost = meeting(
        office,
        acting(office, move_token, instance, token_id=where, to="slot"),
        finishing(office, instance),
    )
    assert isinstance(lost, Conflict)
    assert open_now(office, instance) == ["slot"]
    assert sound(office, instance) == 2


def test_of_two_who_repair_one_place_the_second_hears_that_it_is_gone(office: Office) -> None:
    instance = started(office, LINE)
    where = repairing.token(office, instance, "eerst")
    first = acting(office, skip_token, instance, token_id=where)
    _, lost = meeting(office, first, acting(office, skip_token, instance, token_id=where))
    assert "Hier staat de zaak niet (meer)" in str(lost)
    assert open_now(office, instance) == ["dan"]
    assert sound(office, instance) == 2


def test_two_who_set_different_variables_lose_neither(office: Office) -> None:
    instance = started(office, LINE)
    meeting(
        office,
        acting(office, set_variable, instance, path="triage.urgentie", value="hoog"),
        acting(office, set_variable, instance, path="triage.ander", value=1),
    )
    assert office.instance(instance.reference).urgency == "hoog"
    assert sound(office, instance) == 3


def test_of_two_who_suspend_a_case_the_second_hears_who_was_first(office: Office) -> None:
    instance = started(office, LINE)
    suspending = acting(office, suspend_instance, instance)
    _, lost = meeting(office, suspending, acting(office, suspend_instance, instance))
    assert isinstance(lost, Conflict)
    assert office.person(repairing.REPAIRER).name in str(lost)
    assert sound(office, instance) == 2


def test_a_service_task_that_waited_for_a_suspension_waits_on(office: Office) -> None:
    instance = started(office, WORKS)
    drawn.completed(
        office,
        drawn.open_task(office, instance, "eerst"),
        office.person("af-zorg"),
        terugkoppeling={"sjabloon": "bekeken"},
    )
    job_id = repairing.only_job(office, instance).id

    def working(session: repairing.Session) -> None:
        run_service_task(
            session, office.application.collaborators, job_id=job_id, now=office.clock()
        )

    meeting(office, acting(office, suspend_instance, instance), working)
    assert repairing.only_job(office, instance).state == "waiting"
    repairing.resume(office, instance)
    assert repairing.only_job(office, instance).state == "done"
    assert repairing.kinds(office, instance).count("taak_uitgevoerd") == 1
    sound(office, instance)


def test_a_message_that_waited_for_a_suspension_is_held_and_given_once(office: Office) -> None:
    instance = started(office, AWAITS, ANSWER)

    def telling(session: repairing.Session) -> Reached:
        return send_in(
            session,
            office.application.collaborators,
            name="antwoord",
            correlation_key=None,
            payload={},
            actor=office.person("af-zorg"),
            now=office.clock(),
        )

    _, reached = meeting(office, acting(office, suspend_instance, instance), telling)
    assert isinstance(reached, Reached)
    assert reached.instances == (instance.id,)
    repairing.resume(office, instance)
    assert repairing.kinds(office, instance)[-2:] == ["hervat", "bericht_ontvangen"]
    assert open_now(office, instance) == ["na"]
    sound(office, instance)
