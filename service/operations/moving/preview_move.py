"""Shows what would become of each case; nothing of a case is written."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.operations import rights
from service.operations.case import open_case
from service.operations.collaborators import Collaborators
from service.operations.moving.cases import chosen, open_tasks_of, roles_held
from service.operations.moving.outcome import Outcome, outcome_of
from service.operations.moving.plans import (
    MoveRequest,
    Plans,
    checked_plans,
    require_publisher,
)
from service.storage import Instance

PAGE = 100
MAX_PAGE = 500


@dataclass(frozen=True, kw_only=True)
class CasePreview:
    """One case, and what would become of it."""

    instance_id: UUID
    reference: str
    process_id: str
    source: int
    """The number of the publication on which it runs."""
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class PreviewPage:
    """Some cases in the order of their kenmerken, and where the next page starts."""

    cases: tuple[CasePreview, ...]
    next_reference: str | None


def preview_move(
    session: Session,
    collaborators: Collaborators,
    *,
    request: MoveRequest,
    actor: Actor,
    now: datetime,
    after: str | None = None,
    limit: int = PAGE,
) -> PreviewPage:
    """What would become of these cases, or of all that run on an older publication.

    Elements, roles and kenmerken only: whoever publishes need not know what a case is about.

    Raises:
        NotFound: the actor's role does not publish; there is no such publication or case.
        InvalidInput: a plan names what is not there.
    """
    require_publisher(session, collaborators, actor)
    municipality = actor.municipality
    made = checked_plans(session, collaborators, municipality=municipality, request=request)
    rights.note_access(session, actor=actor, what="overzetting_voorvertoond", now=now)
    query = chosen(session, municipality=municipality, request=request)
    return outcomes(session, collaborators, query, made, now=now, after=after, limit=limit)


def outcomes(
    session: Session,
    collaborators: Collaborators,
    query: "Select[Instance]",
    made: Plans,
    *,
    now: datetime,
    after: str | None,
    limit: int,
) -> PreviewPage:
    """What would become of these cases: three queries a page, however many cases it holds."""
    if after is not None:
        query = query.where(Instance.reference > after)
    limit = max(1, min(limit, MAX_PAGE))
    rows = session.scalars(query.order_by(Instance.reference).limit(limit + 1)).all()
    shown = rows[:limit]
    tasks = open_tasks_of(session, [row.id for row in shown])
    held = roles_held(session, [task for several in tasks.values() for task in several])
    found = []
    for row in shown:
        case = open_case(session, collaborators, row)
        outcome = outcome_of(
            case, tasks.get(row.id, ()), made.target, made.of(case.published), held=held, now=now
        )
        found.append(
            CasePreview(
                instance_id=row.id,
                reference=row.reference,
                process_id=row.process_id,
                source=case.published.number,
                outcome=outcome,
            )
        )
    more = len(rows) > limit
    return PreviewPage(cases=tuple(found), next_reference=shown[-1].reference if more else None)
