"""Finds who gets a message or signal, and writes a delivery for each."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.orm import Session

from service.operations.collaborators import Collaborators
from service.operations.outbox import waiting_keys
from service.storage import Delivery, Instance, MessageOut


def spread(session: Session, collaborators: Collaborators, message: MessageOut) -> list[UUID]:
    """The deliveries of a message of the outbox: one for each case and process, written now.

    A signal goes to every case that waits for it and to every process of the current publication
    that begins by it. A message goes to the cases that wait for it; when there are none, to the
    processes that begin by it. The caller holds the message, so that this is done once.
    """
    cases = _waiting(session, message)
    rows = [_row(message, instance_id=key) for key in cases]
    if message.channel == "signal" or not cases:
        beginning = _beginning(session, collaborators, message)
        rows += [_row(message, process_id=key) for key in beginning]
    if rows:
        session.execute(insert(Delivery), rows)
    return [row["id"] for row in rows]


def _waiting(session: Session, message: MessageOut) -> Sequence[UUID]:
    """The cases that wait now; who throws a signal has heard it already."""
    query = select(Instance.id).where(
        Instance.municipality == message.municipality, _waits_for(message)
    )
    if message.channel == "signal" and message.instance_id is not None:
        query = query.where(Instance.id != message.instance_id)
    return session.scalars(query.order_by(Instance.id)).all()


def _waits_for(message: MessageOut) -> ColumnElement[bool]:
    keys = waiting_keys(message.subject, message.correlation_key)
    waits: ColumnElement[bool] = (
        Instance.waiting_signals.contains([message.subject])
        if message.channel == "signal"
        else Instance.waiting_for.overlap(keys)
    )
    return waits


def _beginning(session: Session, collaborators: Collaborators, message: MessageOut) -> list[str]:
    published = collaborators.publications.current(session, message.municipality)
    return [
        process.id
        for process in published.bundle.processes.values()
        if message.subject
        in (process.start_signals if message.channel == "signal" else process.start_messages)
    ]


def _row(
    message: MessageOut, *, instance_id: UUID | None = None, process_id: str | None = None
) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "municipality": message.municipality,
        "message_id": message.id,
        "instance_id": instance_id,
        "process_id": process_id,
        "state": "waiting",
        "created_at": message.created_at,
    }
