"""What a partner organisation gets to see: its own answers, and what was handed over to it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.operations import rights
from service.operations.case import Case
from service.operations.history import detail_of
from service.storage import Event, Task

REPLY = "overdracht_beoordelen"
"""The task in which a partner accepts or refuses."""
COMPLETED = "taak_afgerond"


def handed_over_events(
    session: Session, case: Case, events: Sequence[Event], actor: Actor
) -> frozenset[int]:
    """The numbers of the events that a partner may read, and no others.

    A handover is an answer ``overdracht.ontvanger`` that names one of its roles. It counts from
    the moment that a task of the partner opened after it: what was blocked never left.
    """
    own = rights.own_roles(actor)
    last = session.scalar(
        select(func.max(Task.opened_at)).where(
            Task.instance_id == case.instance.id, Task.roles.overlap(sorted(own))
        )
    )
    return frozenset(event.seq for event in events if _readable(case, event, own, last))


def _readable(case: Case, event: Event, own: frozenset[str], last: datetime | None) -> bool:
    if not own.isdisjoint(event.roles):
        return True
    if event.kind != COMPLETED or last is None or event.at > last:
        return False
    return receiver(detail_of(case, event)) in own


def receiver(detail: Mapping[str, Any]) -> str:
    """The role to which the answers of an event hand over; empty when they do not."""
    handover = detail.get("answers", {}).get("overdracht")
    told = handover.get("ontvanger") if isinstance(handover, Mapping) else None
    return told if isinstance(told, str) else ""
