"""Lets somebody read a case in an emergency, tells its history, and has it judged."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import Actor
from service.domain.errors import Conflict, NotFound, WrongField
from service.operations import rights
from service.operations.case import Case, lock_case
from service.operations.collaborators import Collaborators
from service.operations.emergency import (
    GIVEN,
    MESSAGE,
    PROCESS,
    UNKNOWN,
    ended_early,
    ends_at,
    reads_until,
)
from service.operations.extra_lock import lock_of
from service.operations.history import Happening, append_event
from service.operations.published import Published
from service.operations.said import said
from service.operations.start_instance import begin_case
from service.storage import EmergencyAccess, ExtraLock, Instance
from service.storage.instance import ERASED

_KENMERK = re.compile(r"\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
SHORTEST = 20
"""Fewer characters than this explain no emergency."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """That somebody may read a case."""

    instance_id: UUID
    reference: str
    until: datetime | None
    """None when they saw the case already, so that nothing was given or recorded."""


def read_in_emergency(
    session: Session,
    collaborators: Collaborators,
    *,
    reference: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Reading | None:
    """Gives emergency reading and begins its review; None when nobody has this kenmerk.

    A try with an unknown kenmerk is logged too, so commit in that case as well. Asking again
    while it lasts changes nothing.

    Raises:
        NotFound: the actor does not work for the municipality.
        InvalidInput: no kenmerk, or a reason that explains nothing.
        Conflict: the process that has it judged is not published, or their reading of this case
            was found not right and would still last.
    """
    published = collaborators.publications.current(session, actor.municipality)
    require_staff(actor, published)
    wanted, why = _kenmerk(reference), said(reason, shortest=SHORTEST)
    instance_id = _find(session, wanted, actor)
    if instance_id is None:
        rights.note_access(session, actor=actor, what=UNKNOWN, now=now, thing=wanted)
        return None
    if rights.sees_case(session, instance_id, actor, published.profile):
        return Reading(instance_id=instance_id, reference=wanted, until=None)
    case = lock_case(
        session, collaborators, instance_id=instance_id, municipality=actor.municipality
    )
    until = reads_until(session, instance_id, actor, now)
    if until is None:
        _require_not_ended(session, case, actor, now)
        until = _give(session, collaborators, published, case, why, actor, now)
    return Reading(instance_id=instance_id, reference=wanted, until=until)


def require_staff(actor: Actor, published: Published) -> None:
    """Raises NotFound, as for a page that is not there, unless the actor works here."""
    if not rights.works_here(actor, published.profile):
        raise NotFound("Noodtoegang is er voor wie bij de gemeente werkt.")


def _kenmerk(reference: str) -> str:
    """Anything else is refused unread: the access log keeps kenmerken, never words."""
    told = reference.strip().upper()
    if not _KENMERK.fullmatch(told):
        text = "Vul het hele kenmerk van de zaak in, zoals 2026-K7QF-3XDM."
        raise WrongField(text, {"reference": [text]})
    return told


def _require_not_ended(session: Session, case: Case, actor: Actor, now: datetime) -> None:
    """Who was told that it was not right does not go on by asking once more."""
    ended = ended_early(session, case.instance.id, actor, now)
    if ended is not None:
        raise Conflict(
            f"Uw noodtoegang tot {case.instance.reference} is beëindigd, om {rights.clock(ended)}: "
            "zij is beoordeeld als onterecht. Bel de aandachtsfunctionaris of zijn achtervang."
        )


def _find(session: Session, reference: str, actor: Actor) -> UUID | None:
    return session.scalar(
        select(Instance.id).where(
            Instance.municipality == actor.municipality,
            Instance.reference == reference,
            Instance.status != ERASED,
        )
    )


def _give(
    session: Session,
    collaborators: Collaborators,
    published: Published,
    case: Case,
    why: str,
    actor: Actor,
    now: datetime,
) -> datetime:
    until = ends_at(published.profile, now)
    review = _review(session, collaborators, published, case, why, until, actor, now)
    session.execute(
        insert(EmergencyAccess),
        {
            "id": uuid4(),
            "municipality": actor.municipality,
            "instance_id": case.instance.id,
            "user_id": actor.user_id,
            "review_id": review.id,
            "given_at": now,
            "until": until,
        },
    )
    happening = Happening(
        kind=GIVEN,
        actor=actor,
        element_name=rights.clock(until),
        detail={"reason": why, "review": review.reference},
    )
    append_event(session, case, happening, now=now)
    rights.note_access(session, actor=actor, what=GIVEN, now=now, instance_id=case.instance.id)
    return until


def _review(
    session: Session,
    collaborators: Collaborators,
    published: Published,
    case: Case,
    why: str,
    until: datetime,
    actor: Actor,
    now: datetime,
) -> Instance:
    """The case in which it is judged; it holds nothing of the case that is read but its kenmerk."""
    process = published.bundle.processes.get(PROCESS)
    if process is None or MESSAGE not in process.start_messages:
        raise Conflict(
            "Noodtoegang kan nog niet: het proces waarin zij wordt nagekeken, is niet "
            "gepubliceerd. Bel de aandachtsfunctionaris of zijn achtervang."
        )
    lock = lock_of(session, case.instance.id)
    held = rights.own_roles(actor)
    roles = [role.name for key, role in published.profile.roles.items() if key in held]
    told: Mapping[str, Any] = {
        "noodtoegang": {
            "kenmerk": case.instance.reference,
            "wie": actor.name,
            "rollen": ", ".join(roles),
            "van": rights.clock(now),
            "tot": rights.clock(until),
            "reden": why,
            "vergrendeld": "nee" if lock is None else "ja",
        }
    }
    review = begin_case(
        session,
        collaborators,
        published,
        PROCESS,
        lambda own: engine.start_by_message(
            published.bundle,
            PROCESS,
            message=MESSAGE,
            payload=told,
            variables=own,
            around=published.around(now),
        ),
        Happening(kind="gestart", actor=actor, element_name=MESSAGE, detail={"payload": told}),
        now=now,
    )
    if lock is not None:
        _lock_too(session, review, lock)
    return review


def _lock_too(session: Session, review: Instance, lock: ExtraLock) -> None:
    """The review of a locked case is locked the same: it tells that the case is there."""
    session.execute(
        insert(ExtraLock),
        {
            "instance_id": review.id,
            "municipality": review.municipality,
            "named": lock.named,
            "roles": lock.roles,
            "locked_at": lock.locked_at,
            "locked_by_name": lock.locked_by_name,
        },
    )
