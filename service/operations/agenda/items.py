"""Writes and finds agenda items; an item counts for as long as its case waits for a decision."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, any_, func, insert, literal, or_, select, update
from sqlalchemy.orm import Session, aliased

from service.operations.case import Case
from service.storage import AgendaItem, Instance
from service.storage.instance import ENDED, waiting_key

DECISION = "overlegbesluit"
"""The message that brings a decision back; its key is the kenmerk of the item."""
SEALED_AS = "agenda"
CONTENT = ("onderwerp", "vraag", "samenvatting", "gevraagd_besluit")
"""What is sealed with the key of the case; nothing else of it goes to the table."""
WAITING = ("open", "scheduled")
MOST_ITEMS = 100
"""What one meeting takes on; the rest stays open for the next."""


def put_item(session: Session, case: Case, told: Mapping[str, Any], *, now: datetime) -> str:
    """Puts a question of a case on the agenda of a table; gives its kenmerk."""
    instance = case.instance
    count = select(func.count()).where(AgendaItem.instance_id == instance.id)
    reference = f"{instance.reference}-A{(session.scalar(count) or 0) + 1}"
    content = {name: str(told[name]) for name in CONTENT if told.get(name)}
    session.execute(
        insert(AgendaItem),
        {
            "id": uuid4(),
            "municipality": instance.municipality,
            "instance_id": instance.id,
            "reference": reference,
            "table_id": told["overleg"],
            "domain": told["domein"],
            "content": case.vault.seal_json(SEALED_AS, content),
            "state": "open",
            "placed_at": now,
        },
    )
    return reference


def take_up(session: Session, meeting: Instance, table_id: str) -> Sequence[AgendaItem]:
    """Puts what waits for a table on the agenda of this meeting, longest waiting first.

    That is what is open, and what was on the agenda of a meeting that ended without deciding.
    An item whose case went on without a decision is left out, and lapses when that has ended.
    """
    _let_lapse(session, meeting.municipality, table_id)
    asking, earlier = aliased(Instance), aliased(Instance)
    items = session.scalars(
        select(AgendaItem)
        .join(asking, asking.id == AgendaItem.instance_id)
        .outerjoin(earlier, earlier.id == AgendaItem.meeting_id)
        .where(
            AgendaItem.municipality == meeting.municipality,
            AgendaItem.table_id == table_id,
            AgendaItem.state.in_(WAITING),
            or_(AgendaItem.meeting_id.is_(None), earlier.status.in_(ENDED)),
            _awaited(asking),
        )
        .order_by(AgendaItem.placed_at, AgendaItem.id)
        .limit(MOST_ITEMS)
        .with_for_update(of=AgendaItem, skip_locked=True)
    ).all()
    for item in items:
        item.state, item.meeting_id = "scheduled", meeting.id
    session.flush()
    return items


def decide(
    session: Session, meeting: Instance, reference: str, *, adjourned: bool, now: datetime
) -> bool:
    """Takes an item off the agenda of this meeting, decided or adjourned; whether it was on it."""
    values: dict[str, Any] = {"state": "decided", "decided_at": now}
    if adjourned:
        values = {"state": "open", "meeting_id": None}
    found = session.execute(
        update(AgendaItem)
        .where(
            AgendaItem.municipality == meeting.municipality,
            AgendaItem.reference == reference,
            AgendaItem.meeting_id == meeting.id,
            AgendaItem.state == "scheduled",
        )
        .values(values)
        .returning(AgendaItem.id)
        .execution_options(synchronize_session=False)
    )
    return found.one_or_none() is not None


def _let_lapse(session: Session, municipality: str, table_id: str) -> None:
    session.execute(
        update(AgendaItem)
        .where(
            AgendaItem.municipality == municipality,
            AgendaItem.table_id == table_id,
            AgendaItem.state.in_(WAITING),
            AgendaItem.instance_id == Instance.id,
            Instance.status.in_(ENDED),
        )
        .values(state="lapsed")
        .execution_options(synchronize_session=False)
    )


def _awaited(asking: type[Instance]) -> ColumnElement[bool]:
    """Whether the case still waits for the decision on the item."""
    key = literal(waiting_key(DECISION, "")) + AgendaItem.reference
    return and_(asking.status.not_in(ENDED), key == any_(asking.waiting_for))
