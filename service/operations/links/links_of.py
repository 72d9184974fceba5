"""The links of a case, as far as somebody may see the case at the other end."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import case as either
from sqlalchemy import exists, or_, select, true
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.operations import rights
from service.operations.collaborators import Collaborators
from service.storage import CaseLink, ExtraLock, Instance, Task
from service.storage.instance import ERASED

_MOST = 100


@dataclass(frozen=True, kw_only=True)
class LinkLine:
    """One link."""

    reference: str
    """The kenmerk of the other case."""
    kind: str
    outward: bool
    """Whether this case points at the other; else the other points here."""
    made_at: datetime


def links_of(
    session: Session, collaborators: Collaborators, *, instance_id: UUID, actor: Actor
) -> tuple[LinkLine, ...]:
    """The newest first, at most a hundred; the right to see the case itself has been checked.

    A partner sees none: links are not handed over.
    """
    profile = collaborators.publications.current(session, actor.municipality).profile
    if rights.only_partner(actor, profile):
        return ()
    other = either((CaseLink.from_id == instance_id, CaseLink.to_id), else_=CaseLink.from_id)
    task = exists().where(
        Task.instance_id == Instance.id, Task.roles.overlap(sorted(rights.own_roles(actor)))
    )
    rows = session.execute(
        select(
            Instance.id,
            ExtraLock.instance_id.is_not(None),
            Instance.reference,
            CaseLink.kind,
            CaseLink.from_id,
            CaseLink.made_at,
        )
        .join(Instance, Instance.id == other)
        .outerjoin(ExtraLock, ExtraLock.instance_id == Instance.id)
        .where(
            or_(CaseLink.from_id == instance_id, CaseLink.to_id == instance_id),
            Instance.municipality == actor.municipality,
            Instance.status != ERASED,
            true() if rights.coordinates(actor, profile) else task,
        )
        .order_by(CaseLink.made_at.desc(), Instance.id)
        .limit(_MOST)
    )
    return tuple(
        LinkLine(reference=reference, kind=kind, outward=start == instance_id, made_at=made_at)
        for key, locked, reference, kind, start, made_at in rows.all()
        if not locked or rights.sees_case(session, key, actor, profile)
    )
