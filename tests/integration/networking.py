"""What tests of the network do over and over: people at the registers, service tasks by hand."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from service.operations.case import lock_case
from service.operations.network.end_entry import end_entry
from service.operations.network.reading import EntryView
from service.operations.network.save_entry import save_entry
from service.operations.service_tasks import HANDLERS, Work
from service.storage import Agreement, Partner
from tests.integration.conftest import DEMO, MONDAY, Office

TODAY = MONDAY.date()
YESTERDAY = TODAY - timedelta(days=1)


def run(office: Office, reference: str, job_type: str, **variables: Any) -> Mapping[str, Any]:
    """What a service task of this type gives in a case, with these variables to read."""
    instance_id = office.instance(reference).id
    with office.application.sessions.begin() as session:
        parts = office.application.collaborators
        case = lock_case(session, parts, instance_id=instance_id, municipality=DEMO)
        return HANDLERS[job_type](
            Work(
                session=session,
                collaborators=parts,
                case=case,
                variables=variables,
                now=office.clock(),
            )
        )


def agreement_for(office: Office, party: str) -> Agreement:
    """The agreement that covers a party."""
    with office.application.sessions() as session:
        return session.scalars(
            select(Agreement).where(
                Agreement.municipality == DEMO, Agreement.parties.contains([party])
            )
        ).one()


def partner(office: Office, code: str) -> Partner:
    """A partner by its code."""
    with office.application.sessions() as session:
        return session.scalars(
            select(Partner).where(Partner.municipality == DEMO, Partner.code == code)
        ).one()


def until(office: Office, agreement: Agreement, day: date | None) -> EntryView:
    """Lets an agreement run until a day."""
    return change(
        office,
        "afspraken",
        agreement.id,
        agreement.revision,
        name=agreement.name,
        kind=agreement.kind,
        parties=agreement.parties,
        reference=agreement.reference,
        valid_from=agreement.valid_from.isoformat(),
        valid_until=day.isoformat() if day else "",
    )


def change(
    office: Office,
    register: str,
    entry_id: UUID | None,
    revision: int,
    *,
    by: str = "af-zorg",
    **raw: Any,
) -> EntryView:
    """Saves an entry as it is typed."""
    return office.act(
        save_entry, by, register_id=register, entry_id=entry_id, revision=revision, raw=raw
    )


def end(
    office: Office, register: str, entry_id: UUID, revision: int, *, by: str = "af-zorg"
) -> EntryView:
    """Takes an entry off its list."""
    return office.act(
        end_entry,
        by,
        register_id=register,
        entry_id=entry_id,
        revision=revision,
        why="Opgezegd door de partner.",
    )
