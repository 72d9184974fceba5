"""Destroys the cases of a list, in the name of who decided about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict, Incident, NotFound
from service.operations import rights
from service.operations.accounts import actor_of
from service.operations.collaborators import Collaborators
from service.operations.erase_instance import erase_instance
from service.operations.retention.due_cases import held_among
from service.storage import Instance, Task


@dataclass(frozen=True, kw_only=True)
class Destroyed:
    """What became of a list."""

    gone: tuple[str, ...] = ()
    """Kenmerken of what was destroyed."""
    kept: tuple[tuple[str, str], ...] = field(default_factory=tuple)
    """Kenmerk and reason of what was not."""


def destroy(
    session: Session,
    collaborators: Collaborators,
    *,
    references: Sequence[str],
    ground: str,
    actor: Actor,
    now: datetime,
    asked_by: UUID | None = None,
) -> Destroyed:
    """Erases each case that may go; one that may not is told with its reason, and stays.

    What the case ``asked_by`` itself holds back may go.

    Raises:
        Incident: none of the actor's roles may erase.
    """
    profile = collaborators.publications.current(session, actor.municipality).profile
    if not rights.erases(actor, profile):
        raise Incident(
            f"{actor.name} heeft geen rol die mag vernietigen; laat het archief besluiten."
        )
    found = {
        row.reference: row.id
        for row in session.execute(
            select(Instance.reference, Instance.id).where(
                Instance.municipality == actor.municipality, Instance.reference.in_(references)
            )
        )
    }
    held = held_among(session, [*found.values()], now=now, but_by=asked_by)
    gone, kept = [], []
    for reference in references:
        why = _erase(session, collaborators, found.get(reference), held, ground, actor, now)
        if why:
            kept.append((reference, why))
        else:
            gone.append(reference)
    return Destroyed(gone=tuple(gone), kept=tuple(kept))


def who_decided(session: Session, *, instance_id: UUID, element_id: str) -> Actor:
    """The person who last did this task of the case, with the roles they have now.

    Raises:
        Incident: nobody did, or their account is gone.
    """
    user_id = session.scalar(
        select(Task.closed_by)
        .where(
            Task.instance_id == instance_id,
            Task.element_id == element_id,
            Task.state == "completed",
        )
        .order_by(Task.closed_at.desc())
        .limit(1)
    )
    actor = actor_of(session, user_id=user_id) if user_id else None
    if actor is None:
        raise Incident(
            "Niemand met een account heeft tot vernietigen besloten; laat het archief de taak "
            "opnieuw doen.",
            element_id=element_id,
        )
    return actor


def _erase(
    session: Session,
    collaborators: Collaborators,
    instance_id: UUID | None,
    held: frozenset[UUID],
    ground: str,
    actor: Actor,
    now: datetime,
) -> str:
    """Why a case stays; "" when it is gone."""
    if instance_id is None:
        return "Er is geen zaak met dit kenmerk."
    if instance_id in held:
        return "Een verzoek of uitzondering houdt deze zaak vast."
    try:
        erase_instance(
            session, collaborators, instance_id=instance_id, ground=ground, actor=actor, now=now
        )
    except (Conflict, NotFound) as why:
        return str(why)
    return ""
