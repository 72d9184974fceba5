"""What publishing a draft and moving the open cases to it would do to each; nothing is written."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.operations import rights
from service.operations.collaborators import Collaborators
from service.operations.moving.cases import chosen, movable
from service.operations.moving.plans import MovePlan, MoveRequest, checked_plans, suggestion
from service.operations.moving.preview_move import CasePreview, outcomes
from service.operations.published import Published
from service.operations.studio.draft_files import content_of
from service.operations.studio.drafts import draft_for
from service.operations.studio.publishing.ready import ready
from service.storage import Draft, Publication

PAGE = 100
MAX_PAGE = 250


@dataclass(frozen=True, kw_only=True)
class ImpactPage:
    """Some open cases in the order of their kenmerken, and where the next page starts."""

    number: int
    """What the publication would be numbered."""
    digest: bytes
    """Of the content that was looked at: who publishes or approves says that it is this."""
    total: int
    """How many open cases there are to be looked at, on all pages."""
    cases: tuple[CasePreview, ...]
    next_reference: str | None


def preview_impact(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    actor: Actor,
    now: datetime,
    request: MoveRequest | None = None,
    after: str | None = None,
    limit: int = PAGE,
) -> ImpactPage:
    """What would become of the open cases; ``preview_move`` of what is not published yet.

    Elements, roles and kenmerken only: whoever publishes need not know what a case is about. The
    target of the request is always the draft.

    Raises:
        NotFound: there is no such draft for this actor, or no such case.
        Refused: the draft does not pass the checks.
        InvalidInput: a plan names what is not there.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    rights.note_access(session, actor=actor, what="gevolgen_bekeken", now=now, thing=str(draft_id))
    made = ready(session, collaborators, draft, content_of(session, draft), now=now)
    new = made.bundle
    asked = replace(request or MoveRequest(target=0), target=new.number)
    plans = checked_plans(
        session, collaborators, municipality=actor.municipality, request=asked, unpublished=new
    )
    query = chosen(session, municipality=actor.municipality, request=asked)
    page = outcomes(
        session,
        collaborators,
        query,
        plans,
        now=now,
        after=after,
        limit=min(limit, MAX_PAGE),
    )
    counted = query.with_only_columns(func.count()).order_by(None)
    return ImpactPage(
        number=new.number,
        digest=made.digest,
        total=session.scalar(counted) or 0,
        cases=page.cases,
        next_reference=page.next_reference,
    )


def suggested_plans(
    session: Session, collaborators: Collaborators, draft: Draft, new: Published
) -> tuple[MovePlan, ...]:
    """The suggested plan for each publication on which open cases run, the oldest first."""
    numbers = session.scalars(
        movable(draft.municipality, new.number)
        .with_only_columns(Publication.id, Publication.number)
        .distinct()
        .order_by(Publication.number)
    )
    return tuple(
        suggestion(session, collaborators.publications.get(session, key), new) for key in numbers
    )


def open_cases(session: Session, municipality: str) -> int:
    """How many cases run on what is published now or before."""
    found = select(func.count()).select_from(movable(municipality, 2**31 - 1).subquery())
    return session.scalar(found) or 0
