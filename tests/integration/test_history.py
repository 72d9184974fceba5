"""The history of a case is written once: nobody changes it unseen, not even in the database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from service.operations.history import event_hash
from service.operations.verify_history import Verified, verify_history
from service.storage import Event
from tests.integration import drawn, steps
from tests.integration.conftest import Office
from tests.unit.engine.diagrams import END, START, chain, job

TAMPERINGS = (
    "UPDATE event SET at = at + interval '1 second' WHERE seq = 3",
    "UPDATE event SET actor_name = 'iemand anders' WHERE seq = 3",
    "UPDATE event SET roles = '[\"oov\"]' WHERE seq = 3",
    "UPDATE event SET detail = detail || '\\x00' WHERE seq = 3",
    "UPDATE event SET hash = sha256('x') WHERE seq = 3",
    "DELETE FROM event WHERE seq = 3",
)


def verified(office: Office, reference: str) -> Verified:
    with office.application.sessions() as session:
        return verify_history(session, instance_id=office.instance(reference).id)


def as_owner(office: Office, statement: str) -> None:
    """What somebody can do who has the database itself in hand, and takes the trigger away."""
    with office.application.engine.begin() as connection:
        connection.execute(text("ALTER TABLE event DISABLE TRIGGER USER"))
        connection.execute(text(statement))


@pytest.mark.parametrize("table", ["event", "access"])
@pytest.mark.parametrize("change", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_refuses_to_change_what_happened(
    office: Office, table: str, change: str
) -> None:
    office.report()
    office.inbox("af-zorg")
    with office.application.sessions.begin() as session:
        session.execute(
            text(
                "INSERT INTO access (municipality, at, user_name, what) "
                "VALUES ('midden-delfland', now(), 'toets', 'toets')"
            )
        )
    with (
        pytest.raises(DBAPIError, match="append-only"),
        office.application.engine.begin() as connection,
    ):
        connection.execute(text(change.format(table)))


def test_a_service_task_stands_in_the_history_by_its_name(office: Office) -> None:
    body = START + job("werk") + END + chain("begin", "werk", "einde")
    drawn.publish_process(office, body)
    case = drawn.begun(office)
    office.work()
    with office.application.sessions() as session:
        named = session.scalars(
            select(Event.element_name).where(
                Event.instance_id == case.id, Event.kind == "taak_uitgevoerd"
            )
        ).all()
    assert named == ["Werk werk"]


def test_a_whole_case_verifies(office: Office) -> None:
    reference = steps.up_to_handover(office, "B", "zvh")
    steps.accepted(office, "zvh")
    result = verified(office, reference)
    assert result.broken_at is None
    assert result.events == office.instance(reference).event_count > 10


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_a_changed_event_is_found(office: Office, tampering: str) -> None:
    reference = office.report().reference
    steps.triaged(office)
    assert verified(office, reference).broken_at is None
    as_owner(office, tampering)
    assert verified(office, reference) == Verified(events=2, broken_at=3)


def test_a_cut_off_end_is_found(office: Office) -> None:
    reference = office.report().reference
    last = verified(office, reference).events
    as_owner(office, "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)")
    assert verified(office, reference).broken_at == last


@given(minutes=st.integers(min_value=0, max_value=600))
def test_the_hash_does_not_depend_on_the_clock_of_the_reader(minutes: int) -> None:
    moment = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    event = {"seq": 1, "at": moment, "detail": None}
    elsewhere = {**event, "at": moment.astimezone(timezone(timedelta(minutes=minutes)))}
    assert event_hash(bytes(32), event) == event_hash(bytes(32), elsewhere)
