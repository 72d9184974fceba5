"""What an extra lock takes from the roles that coordinate, and gives to who is named in it.

A locked case is open for its named people, who may do the tasks of every role that coordinates,
so that it can always go on; and for other roles as far as they have a task in it.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, any_, not_, select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.storage import ExtraLock, Instance, Task, TaskCandidate


def lock_of(session: Session, instance_id: UUID) -> ExtraLock | None:
    """The lock of a case; None when it is not locked extra."""
    return session.get(ExtraLock, instance_id)


def lets_in(lock: ExtraLock | None, actor: Actor) -> bool:
    """Whether the case is not locked, or not to the actor."""
    return lock is None or actor.user_id in lock.named


def opening(lock: ExtraLock | None, own: frozenset[str], actor: Actor) -> frozenset[str]:
    """Which roles open a task of the case, given the actor's own."""
    if lock is None:
        return own
    shut = frozenset(lock.roles)
    if not lets_in(lock, actor):
        return own - shut
    return own if own.isdisjoint(shut) else own | shut


def not_locked_to(actor: Actor) -> ColumnElement[bool]:
    """The condition on ``Instance`` that leaves out what is locked to the actor."""
    return _no_lock(ExtraLock.instance_id == Instance.id, not_(_names(actor)))


def not_shut_to(actor: Actor) -> ColumnElement[bool]:
    """The condition on ``TaskCandidate`` and ``Task`` that leaves out what a lock shuts."""
    return _no_lock(
        ExtraLock.instance_id == Task.instance_id,
        TaskCandidate.role == any_(ExtraLock.roles),
        not_(_names(actor)),
    )


def named_in(actor: Actor, roles: list[str]) -> ColumnElement[bool]:
    """The condition on ``ExtraLock`` and ``Task`` that finds all work of who coordinates, for
    somebody who is named and has one of those roles."""
    return and_(
        Task.instance_id == ExtraLock.instance_id,
        Task.roles.overlap(ExtraLock.roles),
        _names(actor),
        ExtraLock.roles.overlap(roles),
    )


def _no_lock(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Looked up row by row: ``OFFSET`` keeps PostgreSQL from a join, for which it would read and
    sort a whole list instead of walking an index to the end of a page."""
    return not_(select(ExtraLock.instance_id).where(*conditions).offset(0).exists())


def _names(actor: Actor) -> ColumnElement[bool]:
    names: ColumnElement[bool] = ExtraLock.named.contains([actor.user_id])
    return names
