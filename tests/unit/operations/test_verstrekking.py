"""A disclosure has a number of its own in the history of its case."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from service import engine
from service.operations.case import Case
from service.operations.service_tasks import Work
from service.operations.service_tasks.verstrekking import record_disclosure
from service.storage import Event, Instance, Municipality, Publication
from service.storage.sessions import connect
from service.storage.vault import Vault

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANSWERS = {"partner": "zvh", "besluit": "toegestaan", "noodzaak": "Staat hier niet."}


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    """A session of which nothing stays behind."""
    pool = connect(database_url)
    with Session(pool) as session:
        yield session
        session.rollback()
    pool.dispose()


@pytest.fixture
def publication_id(session: Session) -> UUID:
    session.add(Municipality(id="midden-delfland", name="Midden-Delfland"))
    session.flush()
    publication = Publication(
        id=uuid4(),
        municipality="midden-delfland",
        number=1,
        digest=bytes(32),
        files=b"",
        published_at=NOON,
        published_by="Eva",
        reason="Begin",
        accepted=[],
    )
    session.add(publication)
    session.flush()
    return publication.id


def work_in(session: Session, publication_id: UUID, reference: str) -> Work:
    """The service task of a case that has no history yet."""
    vault, instance_id = Vault(bytes(32)), uuid4()
    instance = Instance(
        id=instance_id,
        municipality="midden-delfland",
        reference=reference,
        process_id="meldroute_signaal",
        publication_id=publication_id,
        status="active",
        revision=1,
        state=b"",
        data_key=vault.new_case_key(instance_id),
        started_at=NOON,
        waiting_for=[],
        event_count=0,
        last_hash=bytes(32),
    )
    session.add(instance)
    session.flush()
    case_vault = vault.case(instance_id, instance.data_key)
    return Work(
        session=session,
        collaborators=cast("Any", None),
        case=Case(instance=instance, vault=case_vault, published=cast("Any", None)),
        variables={"gegevensdeling": ANSWERS},
        now=NOON,
    )


def test_disclosures_are_numbered_per_case(session: Session, publication_id: UUID) -> None:
    one = work_in(session, publication_id, "2026-K7Q-3XD")
    other = work_in(session, publication_id, "2026-P4M-9TR")
    results = [record_disclosure(work) for work in (one, other, one)]
    assert [result["verstrekking"]["kenmerk"] for result in results] == [
        "2026-K7Q-3XD-V1",
        "2026-P4M-9TR-V1",
        "2026-K7Q-3XD-V2",
    ]


def test_the_history_tells_under_its_number_what_was_disclosed(
    session: Session, publication_id: UUID
) -> None:
    work = work_in(session, publication_id, "2026-K7Q-3XD")
    record_disclosure(work)
    instance = work.case.instance
    [event] = session.scalars(select(Event).where(Event.instance_id == instance.id))
    assert (event.kind, event.seq) == ("verstrekking", 1)
    assert event.detail is not None
    assert engine.load_values(work.case.vault.open("event", event.detail)) == {
        "kenmerk": "2026-K7Q-3XD-V1",
        "partner": "zvh",
        "besluit": "toegestaan",
    }
