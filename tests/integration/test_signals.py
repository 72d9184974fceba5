"""Signals between cases: who waits hears it, and nobody else; what fails can be tried again."""

from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, update

from service import engine
from service.domain.errors import InvalidInput, NotAllowed
from service.operations import bundle_files
from service.operations.deliver import give_up_delivery
from service.operations.publish import publish
from service.operations.retry_incident import retry_incident
from service.operations.show_case import show_case
from service.storage import Delivery, Event, Instance, MessageOut
from tests.integration import drawn, everything
from tests.integration.carried import (
    ALARM,
    BEGINS,
    HEARS,
    PLACE,
    SECRET,
    STUMBLES,
    THROWS,
    cases_of,
    events,
    published,
    sent,
    spread,
    states,
)
from tests.integration.conftest import DEMO, Office
from tests.integration.drawn import FOR_CARE
from tests.unit.engine.diagrams import (
    END,
    START,
    boundary,
    bpmn,
    chain,
    gateway,
    on_signal,
    throw,
    user,
)


def test_a_signal_wakes_who_waits_and_starts_a_process_and_its_thrower_hears_it_in_the_step(
    office: Office,
) -> None:
    published(office, hoort=HEARS, begint=BEGINS, werpt=THROWS)
    two = [drawn.begun(office, "hoort") for _ in range(2)]
    thrower = drawn.begun(office, "werpt", plaats=SECRET)
    office.complete("af-zorg", drawn.open_task(office, thrower, "doen"))

    for case in two:
        assert office.open_tasks(case.reference) == ["handelen"]
        assert events(office, case) == ["gestart", "signaal_gehoord"]
    [started] = cases_of(office, "begint")
    assert office.open_tasks(started.reference) == ["uitrukken"]
    assert (started.started_by, started.status) == (None, "active")
    assert events(office, started) == ["gestart"]
    # The thrower began to wait after its own throw: that it has thrown is no reason to wake it.
    assert office.instance(thrower.reference).waiting_signals == ["alarm"]
    assert states(office) == ["done"] * 3
    assert everything.holding(office.application.engine, SECRET) == []


def test_a_case_that_a_signal_started_has_its_kenmerk_and_what_the_signal_carried(
    office: Office,
) -> None:
    published(office, begint=BEGINS)
    sent(office, payload=PLACE)
    office.work()
    [started] = cases_of(office, "begint")
    sender = office.person("functioneel-beheer")
    assert started.started_by == sender.user_id
    with office.application.sessions.begin() as session:
        view = show_case(
            session,
            office.application.collaborators,
            instance_id=started.id,
            actor=office.person("af-zorg"),
            now=office.clock(),
        )
        state = view.case.state
        variables = engine.variables_for(view.case.published.bundle, state, None)
    assert variables == {**PLACE, "registratie": {"kenmerk": started.reference}}
    [line] = view.history
    assert (line.kind, line.actor_name, line.element_name) == ("gestart", sender.name, "alarm")


def test_the_thrower_does_not_hear_its_own_signal_twice(office: Office) -> None:
    repeats = (
        START
        + user("doen", FOR_CARE)
        + boundary("ook", "doen", on_signal("s"), interrupting=False)
        + user("gehoord", FOR_CARE)
        + throw("roepen", on_signal("s"))
        + END
        + gateway("parallel", "uit")
        + user("drukken", FOR_CARE)
        + chain("begin", "uit", "doen", "einde")
        + chain("uit", "drukken", "roepen", "einde")
        + chain("ook", "gehoord", "einde")
    )
    published(office, werpt=repeats)
    case = drawn.begun(office, "werpt")
    office.complete("af-zorg", drawn.open_task(office, case, "drukken"))
    assert office.open_tasks(case.reference) == ["doen", "gehoord"]
    assert states(office) == []


def test_nobody_need_wait_for_a_signal(office: Office) -> None:
    message_id = sent(office)
    office.work()
    with office.application.sessions() as session:
        message = session.get_one(MessageOut, message_id)
    assert (message.error, message.payload, message.data_key) == (None, None, None)
    assert message.sent_at is not None


def test_what_was_sent_in_is_sealed_and_gone_once_everybody_has_it(office: Office) -> None:
    published(office, hoort=HEARS, struikelt=STUMBLES)
    for process_id in ("hoort", "struikelt"):
        drawn.begun(office, process_id)
    message_id = sent(office, payload={"plaats": SECRET})
    assert everything.holding(office.application.engine, SECRET) == []
    office.work()
    with office.application.sessions() as session:
        assert session.get_one(MessageOut, message_id).data_key is not None, (
            "one has yet to take it"
        )
    [stuck] = cases_of(office, "struikelt")
    with office.application.sessions.begin() as session:
        session.execute(update(Instance).where(Instance.id == stuck.id).values(waiting_signals=[]))
        retry_incident(
            session,
            office.application.collaborators,
            instance_id=stuck.id,
            actor=office.person("af-zorg"),
            now=office.clock(),
        )
    office.work()
    with office.application.sessions() as session:
        message = session.get_one(MessageOut, message_id)
    assert (message.payload, message.data_key) == (None, None)
    assert states(office) == ["done", "missed"]


def test_a_case_that_stumbles_over_a_signal_shows_it_and_can_be_tried_again(
    office: Office,
) -> None:
    published(office, struikelt=STUMBLES, hoort=HEARS)
    stuck, fine = drawn.begun(office, "struikelt"), drawn.begun(office, "hoort")
    sent(office, payload={"plaats": SECRET})
    office.work()
    assert office.open_tasks(fine.reference) == ["handelen"]
    after = office.instance(stuck.reference)
    assert (after.status, after.incident_element) == ("incident", "hoeveel")
    assert SECRET not in (after.incident or "")
    assert states(office) == ["done", "failed"]

    again = partial(
        retry_incident,
        collaborators=office.application.collaborators,
        instance_id=stuck.id,
        actor=office.person("af-zorg"),
        now=office.clock(),
    )
    with office.application.sessions.begin() as session:
        again(session)
    assert states(office) == ["done", "waiting"]
    office.work()
    assert office.instance(stuck.reference).status == "incident", "nothing has been mended"
    assert events(office, stuck) == ["gestart", "incident", "opnieuw_geprobeerd", "incident"]


def test_an_error_from_outside_that_stays_is_shown_on_the_case_and_given_up_once(
    office: Office,
) -> None:
    published(office, hoort=HEARS)
    case = drawn.begun(office, "hoort")
    sent(office)
    [key] = spread(office)
    for _ in range(2):
        with office.application.sessions.begin() as session:
            give_up_delivery(
                session,
                office.application.collaborators,
                delivery_id=key,
                why="Na 8 pogingen mislukt: ConnectionError.",
                now=office.clock(),
            )
    after = office.instance(case.reference)
    assert (after.status, after.incident) == ("incident", "Na 8 pogingen mislukt: ConnectionError.")
    assert events(office, case) == ["gestart", "incident"]


def test_another_municipality_hears_nothing(office: Office) -> None:
    published(office, hoort=HEARS)
    near = drawn.begun(office, "hoort")
    _move_elsewhere(office)
    far = drawn.begun(office, "hoort")
    with office.application.sessions.begin() as session:
        session.execute(update(Instance).where(Instance.id == far.id).values(municipality="elders"))
    sent(office)
    office.work()
    assert office.open_tasks(near.reference) == ["handelen"]
    assert office.instance(far.reference).waiting_signals == ["alarm"]
    assert events(office, far) == ["gestart"]
    assert {case.municipality for case in cases_of(office, "begint")} == set()


def _move_elsewhere(office: Office) -> None:
    """A second municipality, whose process begins by the same signal."""
    content = bundle_files.read_bundled(DEMO)
    profile = content[bundle_files.PROFILE].decode().replace(f'id = "{DEMO}"', 'id = "elders"')
    with office.application.sessions.begin() as session:
        publish(
            session,
            content={
                **content,
                bundle_files.PROFILE: profile.encode(),
                "processes/begint/begint.bpmn": bpmn(BEGINS, ALARM, "begint"),
            },
            published_by="proef",
            reason="proef",
            now=office.clock(),
        )


def test_what_an_anonymous_report_causes_elsewhere_is_dated_to_the_hour(office: Office) -> None:
    published(office, begint=BEGINS, hoort=HEARS)
    case = drawn.begun(office, "hoort")
    message_id = sent(office)
    hour = office.clock().replace(minute=0)
    with office.application.sessions.begin() as session:
        session.execute(
            update(MessageOut).where(MessageOut.id == message_id).values(created_at=hour)
        )
    office.work()
    [started] = cases_of(office, "begint")
    with office.application.sessions() as session:
        heard = session.scalar(
            select(Event.at).where(Event.instance_id == case.id, Event.kind == "signaal_gehoord")
        )
        made = set(session.scalars(select(Delivery.created_at)))
    assert {started.started_at, heard, *made} == {hour}


def test_only_who_may_send_messages_sends_signals(office: Office) -> None:
    for role in ("melder", "oov", "zvh"):
        with pytest.raises(NotAllowed):
            sent(office, role=role)
    for role in ("af-zorg", "functioneel-beheer"):
        sent(office, role=role)
    for payload in ({"registratie": {}}, {"gemeente": {}}, {"x": object()}, nested(100)):
        with pytest.raises(InvalidInput):
            sent(office, payload=payload)


def nested(depth: int) -> dict[str, Any]:
    return {"in": nested(depth - 1)} if depth else {}
