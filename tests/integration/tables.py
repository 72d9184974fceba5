"""Cases that ask something of a table, and the meetings of the demo municipality."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from service.operations.show_task import TaskView, show_task
from service.storage import AgendaItem, Instance
from tests.integration import drawn
from tests.integration.clockwork import at, until
from tests.integration.conftest import Office

TABLE = "signaleringsoverleg"
MEETING_DAY = at(2026, 3, 3, 9, 1)
"""The demo begins on the Monday before; the table meets every 28 days."""
NEXT_MEETING = at(2026, 3, 31, 9, 1)
SUBJECT = "Veel bewoners op een adres bij de kwekerij"
QUESTION = "Wie kent de verhuurder van de blauwe caravans?"
SUMMARY = "Twaalf mensen slapen in vier caravans achter de kas."
WHY = "Loop langs bij de caravans en tel de slaapplaatsen."
TYPED = (SUBJECT, QUESTION, SUMMARY)


def asked(office: Office, *, domain: str = "algemeen", table: str = TABLE) -> str:
    """A case that waits for a table; its kenmerk."""
    case = drawn.begun(office, "overleg_inbrengen", routering={"groepen": ["af-zorg"]})
    office.do(
        "af-zorg",
        "agendapunt_voorbereiden",
        agendapunt={
            "overleg": table,
            "domein": domain,
            "onderwerp": SUBJECT,
            "vraag": QUESTION,
            "samenvatting": SUMMARY,
        },
    )
    return case.reference


def meeting(office: Office, moment: datetime = MEETING_DAY, chair: str = "oov") -> str:
    """Lets the day of a meeting come; the kenmerk of the meeting that this role chairs."""
    until(office, moment)
    return office.inbox(chair)["agenda_vaststellen"].reference


def held(office: Office, *, goes_on: str = "ja", chair: str = "oov") -> None:
    begins = f"{office.clock():%Y-%m-%d}T14:00"
    more = {"begint_op": begins} if goes_on == "ja" else {}
    office.do(chair, "agenda_vaststellen", agenda={"gaat_door": goes_on, **more})


def begun(office: Office) -> None:
    """Lets the hour of the meeting come, whoever has answered."""
    until(office, office.clock().replace(hour=14, minute=1))


def decided(office: Office, decision: str, *, chair: str = "oov", **more: Any) -> None:
    office.do(chair, "agendapunten_bespreken", agendapunt={"besluit": decision, **more})


def page(office: Office, role: str, element_id: str) -> TaskView:
    """What somebody of this role sees who opens the task."""
    return office.act(show_task, role, task_id=office.inbox(role)[element_id].id)


def items(office: Office) -> list[AgendaItem]:
    with office.application.sessions() as session:
        return list(session.scalars(select(AgendaItem).order_by(AgendaItem.placed_at)))


def state_of(office: Office, reference: str) -> bytes:
    """The decrypted state of a case."""
    instance: Instance = office.instance(reference)
    vault = office.application.collaborators.vault.case(instance.id, instance.data_key)
    return vault.open("state", instance.state)
