"""Functioneel beheer repairs a case: with a right, a reason, and within the diagram's own rules."""

import pytest
from sqlalchemy import update

from service.domain.actor import Actor
from service.domain.errors import Conflict, InvalidInput, NotFound, Unconfirmed
from service.operations.retry_incident import retry_incident
from service.storage import Instance, Municipality
from tests.integration import repairing
from tests.integration.conftest import DEMO, Office
from tests.integration.repairing import (
    BOTH,
    CHOICE,
    LINE,
    REPAIRER,
    WHY,
    WORKS,
    done,
    open_now,
    started,
    status,
    task,
    whole,
)


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
    office.act(retry_incident, REPAIRER, instance_id=instance.id)
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
