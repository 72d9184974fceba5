"""Processes that throw and hear signals, and the worker's part in it by hand."""

from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import select

from service.operations.broadcast_signal import broadcast_signal
from service.operations.deliver import deliver
from service.operations.send_message import send_message
from service.storage import Delivery, Event, Instance, MessageOut
from tests.integration import drawn
from tests.integration.conftest import Office
from tests.integration.drawn import FOR_CARE
from tests.integration.test_two_at_once import Act
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
    return office.act(broadcast_signal, role, name="alarm", payload=more.pop("payload", {}), **more)


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
