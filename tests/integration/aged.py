"""Cases that ended long ago, and what becomes of them."""

from datetime import datetime

from sqlalchemy import select, text

from service.operations.retention.due_cases import DueCase, due_cases
from service.operations.retention.hold import hold_cases
from service.storage import Erasure, Instance
from tests.integration import drawn, steps
from tests.integration.conftest import DEMO, Office


def referred(office: Office) -> str:
    """A signal that turns out to be about something else and ends at once; its kenmerk."""
    reference = office.report(terugkoppeling_gewenst="nee").reference
    sent_elsewhere(office)
    return reference


def sent_elsewhere(office: Office) -> None:
    """Triage finds that a signal is about something else, and it ends."""
    steps.triaged(office, type="geen_mensenhandel")
    office.do(
        "af-zorg",
        "doorverwijzen",
        doorverwijzing={"bestemming": "regulier_loket", "toelichting": steps.AGREED},
    )


def due(office: Office, limit: int = 100) -> list[DueCase]:
    with office.application.sessions() as session:
        published = office.application.collaborators.publications.current(session, DEMO)
        return due_cases(session, published, municipality=DEMO, now=office.clock(), limit=limit)


def due_references(office: Office) -> list[str]:
    return [case.reference for case in due(office)]


def held(office: Office, reference: str, until: datetime) -> None:
    with office.application.sessions.begin() as session:
        hold_cases(
            session,
            municipality=DEMO,
            references=[reference],
            now=office.clock(),
            until=until,
        )


def ended_long_ago(office: Office, reference: str, years: int) -> None:
    """Puts the end of a case back, as if time had passed without anything happening."""
    with office.application.engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE instance SET ended_at = ended_at - make_interval(years => :years) "
                "WHERE reference = :reference"
            ),
            {"years": years, "reference": reference},
        )


def erasure_of(office: Office, reference: str) -> Erasure | None:
    with office.application.sessions() as session:
        return session.scalars(
            select(Erasure)
            .join(Instance, Instance.id == Erasure.instance_id)
            .where(Instance.reference == reference)
        ).one_or_none()


def begun(office: Office, process_id: str) -> Instance:
    """A case of a recurring process, begun by hand and worked off as far as it goes."""
    instance = drawn.begun(office, process_id)
    office.work()
    return office.instance(instance.reference)
