"""Who has looked at a case, for who oversees it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.operations import rights
from service.operations.agenda.reading import LOOKED
from service.operations.collaborators import Collaborators
from service.operations.emergency import READ
from service.storage import Access

_LOOKS = (
    "zaak_bekeken",
    "taak_bekeken",
    "melder_bekeken",
    "herstel_bekeken",
    LOOKED,
    "bijlage_opgehaald",
    "overdracht_bekeken",
    "overdracht_opgehaald",
    READ,
)
"""The lines of the access log in which somebody looked at a case, or took something of it."""
_MOST = 100


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """How one person has looked at a case; emergency reading is told apart."""

    name: str
    times: int
    first_at: datetime
    last_at: datetime
    in_emergency: bool


def viewers_of(
    session: Session, collaborators: Collaborators, *, instance_id: UUID, actor: Actor
) -> tuple[Viewer, ...]:
    """Who looked last comes first, at most a hundred.

    Raises:
        NotFound: there is no such case, or the actor does not oversee it.
    """
    profile = collaborators.publications.current(session, actor.municipality).profile
    rights.case_for(session, instance_id=instance_id, actor=actor, profile=profile)
    rights.require_oversees(session, instance_id, actor, profile)
    return lookers(session, instance_id)


def lookers(session: Session, instance_id: UUID) -> tuple[Viewer, ...]:
    """The same for who is known to oversee the case."""
    nood = Access.what == READ
    last = func.max(Access.at)
    rows = session.execute(
        select(Access.user_name, func.count(), func.min(Access.at), last, nood)
        .where(Access.instance_id == instance_id, Access.what.in_(_LOOKS))
        .group_by(Access.user_id, Access.user_name, nood)
        .order_by(last.desc(), Access.user_name)
        .limit(_MOST)
    )
    return tuple(
        Viewer(name=name, times=times, first_at=first, last_at=until, in_emergency=emergency)
        for name, times, first, until, emergency in rows
    )
