"""Verifies the history of a case: every event is there, in order, and as it was written."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.operations.history import event_hash
from service.storage import Event, Instance


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What recomputing the hash chain of a case showed."""

    events: int
    """How many events follow on one another as they should, from the first on."""
    broken_at: int | None = None
    """The number of the first event that is gone or was changed; ``None`` when all is well."""


def verify_history(session: Session, *, instance_id: UUID) -> Verified:
    """Recomputes the chain from the first event to the head that the case itself keeps."""
    head, count = session.execute(
        select(Instance.last_hash, Instance.event_count).where(Instance.id == instance_id)
    ).one()
    events = session.execute(
        select(*Event.__table__.columns).where(Event.instance_id == instance_id).order_by(Event.seq)
    )
    previous, seen = bytes(32), 0
    for row in events.mappings():
        event = {str(name): value for name, value in row.items()}
        if event["seq"] != seen + 1 or event_hash(previous, event) != event["hash"]:
            return Verified(events=seen, broken_at=seen + 1)
        previous, seen = event["hash"], seen + 1
    if (seen, previous) != (count, head):
        return Verified(events=seen, broken_at=seen + 1)
    return Verified(events=seen)
