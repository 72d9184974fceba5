"""Locks a case extra: from now on only named people oversee it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from service.domain.actor import REPORTER_ROLE, Actor
from service.domain.errors import NotFound, WrongField
from service.domain.profile import Profile
from service.operations import rights
from service.operations.case import Case, lock_case
from service.operations.collaborators import Collaborators
from service.operations.extra_lock import lock_of
from service.operations.history import Happening, append_event
from service.operations.said import said
from service.storage import ExtraLock, RoleMembership, Task, UserAccount

LOCKED = "vergrendeld"
"""The event that says who locked a case for whom, and, sealed, why."""


@dataclass(frozen=True, kw_only=True)
class Named:
    """Somebody who can be named in a lock."""

    id: UUID
    name: str


def lock_extra(
    session: Session,
    collaborators: Collaborators,
    *,
    instance_id: UUID,
    named: Collection[UUID],
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Locks the case to all who coordinate but the actor and who is named; again, it renames.

    Who repairs may rename too, so that a case is never left with people who have gone; they see
    no more of it by that.

    Raises:
        NotFound: there is no such case, or the actor may not lock it.
        InvalidInput: no reason, nobody, or somebody who does not coordinate.
    """
    profile = collaborators.publications.current(session, actor.municipality).profile
    overseen = rights.oversees(session, instance_id, actor, profile)
    renames = rights.repairs(actor, profile) and lock_of(session, instance_id) is not None
    if not (overseen or renames):
        raise NotFound(rights.NO_CASE)
    case = lock_case(
        session, collaborators, instance_id=instance_id, municipality=actor.municipality
    )
    why = said(reason)
    chosen = _chosen(session, profile, named, actor, joins=overseen)
    shut = _coordinating(profile)
    _write(session, case, chosen, shut, actor, now)
    _take_back(session, case, chosen, shut)
    names = [one.name for one in chosen]
    happening = Happening(kind=LOCKED, actor=actor, detail={"reason": why, "named": names})
    append_event(session, case, happening, now=now)
    rights.note_access(session, actor=actor, what=LOCKED, now=now, instance_id=instance_id)


def can_be_named(session: Session, profile: Profile, municipality: str) -> list[Named]:
    """The people who coordinate, by name."""
    rows = session.execute(
        select(UserAccount.id, UserAccount.name)
        .join(RoleMembership, RoleMembership.user_id == UserAccount.id)
        .where(
            UserAccount.municipality == municipality,
            UserAccount.active,
            RoleMembership.role.in_(_coordinating(profile)),
        )
        .distinct()
        .order_by(UserAccount.name, UserAccount.id)
    )
    return [Named(id=key, name=name) for key, name in rows]


def _coordinating(profile: Profile) -> list[str]:
    return sorted(role.id for role in profile.roles.values() if role.coordinates)


def _chosen(
    session: Session, profile: Profile, named: Collection[UUID], actor: Actor, *, joins: bool
) -> Sequence[Named]:
    wanted = {*named, actor.user_id} if joins else set(named)
    known = can_be_named(session, profile, actor.municipality)
    chosen = [one for one in known if one.id in wanted]
    if not chosen or len(chosen) < len(wanted):
        text = "Kies ten minste één collega die zaken coördineert, en niemand anders."
        raise WrongField(text, {"named": [text]})
    return chosen


def _write(
    session: Session,
    case: Case,
    chosen: Sequence[Named],
    shut: Sequence[str],
    actor: Actor,
    now: datetime,
) -> None:
    values = {
        "named": [one.id for one in chosen],
        "roles": list(shut),
        "locked_at": now,
        "locked_by_name": actor.name,
    }
    session.execute(
        insert(ExtraLock)
        .values(instance_id=case.instance.id, municipality=case.instance.municipality, **values)
        .on_conflict_do_update(index_elements=[ExtraLock.instance_id], set_=values)
    )
    session.get(ExtraLock, case.instance.id, populate_existing=True)


def _take_back(session: Session, case: Case, chosen: Sequence[Named], shut: Sequence[str]) -> None:
    """What others had taken up by a role that coordinates lies open for who is named."""
    tasks = session.scalars(
        select(Task)
        .where(
            Task.instance_id == case.instance.id,
            Task.state == "open",
            Task.roles != [REPORTER_ROLE],
        )
        .order_by(Task.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for task in tasks.all():
        if task.assignee_id in {None, *(one.id for one in chosen)}:
            continue
        theirs = set(_roles_of(session, task.assignee_id)) - set(shut)
        if theirs.isdisjoint(task.roles):
            session.execute(
                update(Task)
                .where(Task.id == task.id)
                .values(assignee_id=None, assignee_name=None)
                .execution_options(synchronize_session=False)
            )


def _roles_of(session: Session, user_id: UUID | None) -> Sequence[str]:
    return session.scalars(
        select(RoleMembership.role).where(RoleMembership.user_id == user_id)
    ).all()
