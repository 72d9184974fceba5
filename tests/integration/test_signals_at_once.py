"""A signal reaches each receiver once, whoever is at work there, and nobody holds up another."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from service.domain.errors import Conflict
from service.operations.send_message import send_message
from service.storage import Delivery
from tests.integration import drawn, statements
from tests.integration.carried import (
    BEGINS,
    EDGE,
    HEARS,
    cases_of,
    delivering,
    events,
    published,
    sent,
    spread,
    states,
)
from tests.integration.conftest import Office
from tests.integration.test_two_at_once import completing, in_transaction, meeting, sound


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
