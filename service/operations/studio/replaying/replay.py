"""The last closed cases of the processes that a draft changes, replayed on it, without a name."""

import hashlib
import time
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import Actor
from service.operations import rights
from service.operations.case import open_case
from service.operations.collaborators import Collaborators
from service.operations.moving.plans import with_called
from service.operations.published import Published
from service.operations.studio.draft_files import content_of
from service.operations.studio.drafts import draft_for
from service.operations.studio.publishing.ready import ready
from service.operations.studio.replaying.affected import affected
from service.operations.studio.replaying.compare import Replayed, replayed
from service.operations.studio.replaying.recorded import Unplayable, recorded
from service.storage import Draft, Event, Instance

CASES: Final = 50
"""How many closed cases are looked at, the last that ended."""
PAGE: Final = 10
SECONDS: Final = 8.0
"""How long one page may take; what is left comes with the next."""


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """A case with its number in this replay, which says nothing about the case."""

    number: int
    case: Replayed


@dataclass(frozen=True, kw_only=True)
class ReplayPage:
    """Some of the cases, and how many come after."""

    processes: tuple[str, ...]
    """The ids of the processes that the draft changes."""
    total: int
    cases: tuple[Numbered, ...]
    next_number: int | None
    """The number of the last case of this page when more follow."""


def replay(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    actor: Actor,
    now: datetime,
    after: int = 0,
    limit: int = PAGE,
) -> ReplayPage:
    """What would have come of the last closed cases; each case that is read is logged.

    Raises:
        NotFound: there is no such draft for this actor.
        Refused: the draft does not pass the checks.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    content = content_of(session, draft)
    made = ready(session, collaborators, draft, content, now=now)
    current = collaborators.publications.current(session, actor.municipality)
    processes = affected(content.base, content.files, current)
    order = _drawn_lots(draft, _last_closed(session, actor.municipality, processes))
    asked = order[after : after + max(1, min(limit, CASES))]
    cases = _replayed(session, collaborators, asked, made.bundle, after=after, actor=actor, now=now)
    seen = after + len(cases)
    return ReplayPage(
        processes=processes,
        total=len(order),
        cases=tuple(cases),
        next_number=seen if seen < len(order) else None,
    )


def _last_closed(session: Session, municipality: str, processes: Collection[str]) -> Sequence[UUID]:
    return session.scalars(
        select(Instance.id)
        .where(
            Instance.municipality == municipality,
            Instance.process_id.in_(processes),
            Instance.status == "completed",
        )
        .order_by(Instance.ended_at.desc(), Instance.id)
        .limit(CASES)
    ).all()


def _drawn_lots(draft: Draft, cases: Sequence[UUID]) -> list[UUID]:
    """The cases in an order that says nothing of when they ended, the same each time."""
    return sorted(cases, key=lambda key: hashlib.sha256(draft.id.bytes + key.bytes).digest())


def _replayed(
    session: Session,
    collaborators: Collaborators,
    keys: Sequence[UUID],
    new: Published,
    *,
    after: int,
    actor: Actor,
    now: datetime,
) -> list[Numbered]:
    rows = session.scalars(select(Instance).where(Instance.id.in_(keys)))
    instances = {row.id: row for row in rows}
    events = _events(session, keys)
    until = time.monotonic() + SECONDS
    found: list[Numbered] = []
    for key in keys:
        if found and time.monotonic() > until:
            break
        rights.note_access(session, actor=actor, what="zaak_nagespeeld", now=now, instance_id=key)
        case = _one(session, collaborators, instances[key], events[key], new)
        found.append(Numbered(number=after + len(found) + 1, case=case))
    return found


def _one(
    session: Session,
    collaborators: Collaborators,
    instance: Instance,
    events: Sequence[Event],
    new: Published,
) -> Replayed:
    case = open_case(session, collaborators, instance)
    try:
        told = recorded(case, events)
    except Unplayable as error:
        return Replayed(what="unplayable", reason=str(error))
    own = case.published
    return replayed(told, own, new, _renamed(own, new, instance.process_id))


def _events(session: Session, keys: Sequence[UUID]) -> Mapping[UUID, Sequence[Event]]:
    found: defaultdict[UUID, list[Event]] = defaultdict(list)
    query = select(Event).where(Event.instance_id.in_(keys)).order_by(Event.instance_id, Event.seq)
    for event in session.scalars(query):
        found[event.instance_id].append(event)
    return found


def _renamed(own: Published, new: Published, process_id: str) -> dict[tuple[str, str], str]:
    """Where elements went that have another id now, as a move would suggest it."""
    plan = engine.plan_migration(own.bundle, new.bundle, with_called(own, [process_id]))
    return {
        (move.process_id, move.element_id): move.to
        for move in plan.moves
        if move.to not in (None, move.element_id)
    }
