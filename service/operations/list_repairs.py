"""The cases that somebody may have to repair: those that stand still, or one by its kenmerk."""

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.operations import rights
from service.operations.collaborators import Collaborators
from service.operations.list_cases import PAGE, CasePage, page_of
from service.operations.paging import position
from service.storage import Instance

STILL = ("incident", "suspended")


def list_repairs(
    session: Session,
    collaborators: Collaborators,
    *,
    actor: Actor,
    reference: str | None = None,
    after: str | None = None,
    limit: int = PAGE,
) -> CasePage:
    """Cases with an incident and suspended ones; with a kenmerk, only that case.

    Raises:
        NotFound: none of the actor's roles repairs.
        InvalidInput: ``after`` is not a cursor of an earlier page.
    """
    profile = collaborators.publications.current(session, actor.municipality).profile
    rights.require_repairs(actor, profile)
    query = select(Instance).where(Instance.municipality == actor.municipality)
    if reference:
        query = query.where(Instance.reference == reference)
    else:
        query = query.where(Instance.status.in_(STILL))
    if after:
        query = query.where(tuple_(Instance.started_at, Instance.id) < position(after))
    return page_of(session, query, limit)
