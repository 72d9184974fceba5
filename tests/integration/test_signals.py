"""Signals between cases: who waits hears it, once, and nobody holds up another."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text, update

from service import engine
from service.domain.errors import Conflict, InvalidInput, NotAllowed
from service.operations import bundle_files
from service.operations.broadcast_signal import broadcast_signal
from service.operations.deliver import deliver, give_up_delivery
from service.operations.publish import publish
from service.operations.retry_incident import retry_incident
from service.operations.send_message import send_message
from service.operations.show_case import show_case
from service.storage import Delivery, Event, Instance, MessageOut
from tests.integration import drawn, everything, statements
from tests.integration.conftest import DEMO, Office
from tests.integration.drawn import FOR_CARE
from tests.integration.test_two_at_once import Act, completing, in_transaction, meeting, sound
from tests.unit.engine.diagrams import (
    END,
    START,
    boundary,
    bpmn,
    catch,
    chain,
    ext,
    flow,
    gateway,
    io,
    on_signal,
    throw,
    user,
)

ALARM = '<signal id="s" name="alarm"/>'
SECRET = "Achter de kas slapen zes mensen."
HEARS = (
    START
    + catch("horen", on_signal("s"))
    + user("handelen", FOR_CARE)
    + END
    + chain("begin", "horen", "handelen", "einde")
)
BEGINS = (
    f'<startEvent id="begin" name="Bij alarm">{on_signal("s")}</startEvent>'
    + user("uitrukken", FOR_CARE)
    + END
    + chain("begin", "uitrukken", "einde")
)
THROWS = (
    START
    + user("doen", FOR_CARE)
    + throw("roepen", ext(io({"plaats": "=plaats"})) + on_signal("s"))
    + catch("zelf_horen", on_signal("s"))
    + END
    + chain("begin", "doen", "roepen", "zelf_horen", "einde")
)
EDGE = (
    START
    + user("doen", FOR_CARE)
    + boundary("bij_alarm", "doen", on_signal("s"))
    + user("gewaarschuwd", FOR_CARE)
    + END
    + chain("begin", "doen", "einde")
    + chain("bij_alarm", "gewaarschuwd", "einde")
)
STUMBLES = (
    START
    + catch("horen", on_signal("s"))
    + gateway("exclusive", "hoeveel", default="anders")
    + user("veel", FOR_CARE)
    + END
    + chain("begin", "horen", "hoeveel")
    + flow("hoeveel", "veel", when="=number(plaats) &gt; 5")
    + flow("hoeveel", "einde", key="anders")
    + chain("veel", "einde")
)
PLACE = {"plaats": "veel"}


def published(office: Office, **bodies: str) -> None:
    published_with(office, ALARM, **bodies)


def published_with(office: Office, extra: str, **bodies: str) -> None:
    """Publishes these processes, each in a file of its own."""
    files = {f"processes/{key}/{key}.bpmn": bpmn(body, extra, key) for key, body in bodies.items()}
    drawn.publish_files(office, files)


def sent(office: Office, *, role: str = "functioneel-beheer", **more: Any) -> UUID:
    """A signal from outside, in the outbox."""
    with office.application.sessions.begin() as session:
        return broadcast_signal(
            session,
            office.application.collaborators,
            name="alarm",
            payload=more.pop("payload", {}),
            actor=office.person(role),
            now=office.clock(),
            **more,
        )


def spread(office: Office) -> list[UUID]:
    """The worker finds who waits now; the deliveries still have to be made."""
    with office.application.sessions() as session:
        todo = list(session.scalars(select(MessageOut.id).where(MessageOut.sent_at.is_(None))))
    for key in todo:
        with office.application.sessions.begin() as session:
            send_message(
                session,
                office.application.collaborators,
                office.post,
                message_id=key,
                now=office.clock(),
            )
    with office.application.sessions() as session:
        return list(session.scalars(select(Delivery.id).where(Delivery.state == "waiting")))


def delivering(office: Office, delivery_id: UUID) -> Act:
    return partial(
        deliver,
        collaborators=office.application.collaborators,
        delivery_id=delivery_id,
        now=office.clock(),
    )


def cases_of(office: Office, process_id: str) -> list[Instance]:
    with office.application.sessions() as session:
        return list(session.scalars(select(Instance).where(Instance.process_id == process_id)))


def events(office: Office, instance: Instance) -> list[str]:
    with office.application.sessions() as session:
        return list(
            session.scalars(
                select(Event.kind).where(Event.instance_id == instance.id).order_by(Event.seq)
            )
        )


def states(office: Office) -> list[str]:
    with office.application.sessions() as session:
        return sorted(session.scalars(select(Delivery.state)))


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


def test_a_delivery_that_runs_twice_is_made_once(office: Office) -> None:
    published(office, hoort=HEARS, begint=BEGINS)
    case = drawn.begun(office, "hoort")
    sent(office)
    for key in spread(office) * 2:
        with office.application.sessions.begin() as session:
            delivering(office, key)(session)
    assert events(office, case) == ["gestart", "signaal_gehoord"]
    assert len(cases_of(office, "begint")) == 1


@pytest.mark.parametrize("receiver", ["hoort", "begint"])
def test_a_delivery_that_runs_twice_at_the_same_time_is_made_once(
    office: Office, receiver: str
) -> None:
    published(office, **{receiver: HEARS if receiver == "hoort" else BEGINS})
    if receiver == "hoort":
        drawn.begun(office, receiver)
    sent(office)
    [key] = spread(office)
    assert meeting(office, delivering(office, key), delivering(office, key)) == [None, None]
    [case] = cases_of(office, receiver)
    assert len(events(office, case)) == (2 if receiver == "hoort" else 1)
    assert sound(office, case) == len(events(office, case))


def test_a_message_of_the_outbox_that_is_spread_twice_at_once_has_one_delivery(
    office: Office,
) -> None:
    published(office, hoort=HEARS)
    drawn.begun(office, "hoort")
    message_id = sent(office)
    sending = partial(
        send_message,
        collaborators=office.application.collaborators,
        mailer=office.post,
        message_id=message_id,
        now=office.clock(),
    )
    meeting(office, sending, sending)
    assert states(office) == ["waiting"]


def test_the_same_number_sent_twice_is_one_signal(office: Office) -> None:
    published(office, begint=BEGINS)
    number = uuid4()
    assert sent(office, message_id=number) == sent(office, message_id=number)
    office.work()
    assert sent(office, message_id=number)
    office.work()
    assert len(cases_of(office, "begint")) == 1


def test_a_signal_that_meets_a_completion_finds_nobody_waiting(office: Office) -> None:
    published(office, rand=EDGE)
    case = drawn.begun(office, "rand")
    sent(office)
    [key] = spread(office)
    task_id = drawn.open_task(office, case, "doen")
    actor = office.person("af-zorg")
    done, heard = meeting(office, completing(office, task_id, actor), delivering(office, key))
    assert not isinstance(done, Exception)
    assert heard is None
    assert office.instance(case.reference).status == "completed"
    assert states(office) == ["missed"]
    assert sound(office, case) == 2


def test_a_completion_that_meets_a_signal_is_told_that_the_task_has_lapsed(
    office: Office,
) -> None:
    published(office, rand=EDGE)
    case = drawn.begun(office, "rand")
    sent(office)
    [key] = spread(office)
    task_id = drawn.open_task(office, case, "doen")
    actor = office.person("af-zorg")
    _, late = meeting(office, delivering(office, key), completing(office, task_id, actor))
    assert isinstance(late, Conflict)
    assert "vervallen" in str(late)
    assert office.open_tasks(case.reference) == ["gewaarschuwd"]
    assert sound(office, case) == 2


def test_a_case_in_other_hands_holds_up_no_other(office: Office) -> None:
    published(office, hoort=HEARS)
    locked, free = (drawn.begun(office, "hoort") for _ in range(2))
    sent(office)
    with ThreadPoolExecutor(1) as worker, office.application.engine.begin() as connection:
        connection.execute(
            text("SELECT 1 FROM instance WHERE id = :id FOR UPDATE"), {"id": locked.id}
        )
        keys = worker.submit(spread, office).result(timeout=10)
        with office.application.sessions() as session:
            of_free = session.scalar(
                select(Delivery.id).where(Delivery.id.in_(keys), Delivery.instance_id == free.id)
            )
        assert of_free is not None
        bring = delivering(office, of_free)
        worker.submit(in_transaction, office, bring).result(timeout=10)
        assert office.open_tasks(free.reference) == ["handelen"]
    office.work()
    assert office.open_tasks(locked.reference) == ["handelen"]


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
    for name in ("registratie", "gemeente"):
        with pytest.raises(InvalidInput):
            sent(office, payload={name: {"kenmerk": "2026-AAAA-AAAA"}})


def test_a_signal_to_many_reads_no_case_but_those_that_wait(office: Office) -> None:
    published(office, hoort=HEARS)
    case = drawn.begun(office, "hoort")
    with office.application.engine.begin() as connection:
        for signals in ("{}", "{iets_anders}"):
            connection.execute(
                text(
                    "INSERT INTO instance (id, municipality, reference, process_id, publication_id,"
                    " status, revision, state, data_key, started_at, waiting_for, waiting_signals,"
                    " event_count, last_hash) SELECT gen_random_uuid(), municipality, :kind || n,"
                    " process_id, publication_id, 'active', 1, '', '', started_at, '{}', :signals,"
                    " 0, '' FROM instance, generate_series(1, 5000) n WHERE id = :id"
                ),
                {"id": case.id, "signals": signals, "kind": signals},
            )
        connection.execute(text("ANALYZE instance"))
    sent(office)
    with statements.asked(office.application.engine) as work:
        [_] = spread(office)
    [found] = [
        node
        for plan in statements.plans(office.application.engine, work)
        for node in plan
        if node.get("Index Name") == "ix_instance_waiting_signals"
    ]
    assert statements.read_by(found) <= 1


def test_a_thousand_waiting_cases_are_a_thousand_transactions(office: Office) -> None:
    published(office, hoort=HEARS)
    case = drawn.begun(office, "hoort")
    with office.application.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO instance (id, municipality, reference, process_id, publication_id,"
                " status, revision, state, data_key, started_at, waiting_for, waiting_signals,"
                " event_count, last_hash) SELECT gen_random_uuid(), municipality, 'X-' || n,"
                " process_id, publication_id, 'active', 1, '', '', started_at, '{}', '{alarm}',"
                " 0, '' FROM instance, generate_series(1, 999) n WHERE id = :id"
            ),
            {"id": case.id},
        )
    sent(office)
    assert len(spread(office)) == 1000
    with office.application.sessions() as session:
        queued = session.scalar(
            text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'deliver'")
        )
        assert session.scalar(select(func.count()).select_from(Delivery)) == queued == 1000
