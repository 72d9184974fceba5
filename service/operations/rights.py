"""Who may see and do what. A refusal sounds like absence: nobody learns what exists."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from service.domain.actor import REPORTER_ROLE, Actor
from service.domain.errors import Conflict, NotAllowed, NotFound
from service.domain.profile import Profile, Role
from service.domain.working_days import AMSTERDAM
from service.operations.extra_lock import lets_in, lock_of, opening
from service.storage import Access, Erasure, ExtraLock, Instance, Task
from service.storage.instance import ERASED

NO_CASE = "Deze zaak bestaat niet, of is niet voor u."
"""What is said of a case that is not there, and of one that somebody may not see."""


def task_for(session: Session, *, task_id: UUID, actor: Actor, hold: bool = False) -> Task:
    """A task that the actor may see, open or closed.

    ``hold`` keeps it as it is read until the transaction ends; whoever also locks the case does
    that first.

    Raises:
        NotFound: there is no such task for this actor.
    """
    query = (
        select(Task, ExtraLock)
        .outerjoin(ExtraLock, ExtraLock.instance_id == Task.instance_id)
        .where(Task.id == task_id, Task.municipality == actor.municipality)
        .execution_options(populate_existing=True)
    )
    found = session.execute(query.with_for_update(of=Task) if hold else query).one_or_none()
    if found is None or not _is_for(found[0], found[1], actor):
        raise NotFound("Deze taak bestaat niet, of is niet voor u.")
    task: Task = found[0]
    return task


def may_see_task(session: Session, task: Task, actor: Actor) -> bool:
    """Whether the task is of one of the actor's roles, or a question to them as reporter."""
    return _is_for(task, lock_of(session, task.instance_id), actor)


def _is_for(task: Task, lock: ExtraLock | None, actor: Actor) -> bool:
    if task.roles == [REPORTER_ROLE]:
        return actor.user_id is not None and task.assignee_id == actor.user_id
    return not opening(lock, own_roles(actor), actor).isdisjoint(task.roles)


def roles_in(session: Session, instance_id: UUID, actor: Actor) -> frozenset[str]:
    """The roles whose tasks the actor may do in one case; an extra lock takes and gives some."""
    return opening(lock_of(session, instance_id), own_roles(actor), actor)


def own_roles(actor: Actor) -> frozenset[str]:
    """The roles that open something: everybody may report, so ``melder`` opens nothing."""
    return actor.roles - {REPORTER_ROLE}


def domains_of(actor: Actor, profile: Profile) -> frozenset[str]:
    """Whose fields the actor may see in a case of others."""
    return profile.domains_of(own_roles(actor))


def require_open(task: Task) -> None:
    """Raises Conflict, saying who closed it and when, unless the task is open."""
    if task.state == "completed":
        raise Conflict(
            f"{task.closed_by_name} heeft deze taak al afgerond, om {clock(task.closed_at)}."
        )
    if task.state == "cancelled":
        raise Conflict("Deze taak is vervallen, omdat de zaak intussen verder is gegaan.")


def require_unclaimed_by_others(task: Task, actor: Actor) -> None:
    """Raises Conflict, saying who has it, when a colleague holds the task."""
    if task.assignee_id is not None and task.assignee_id != actor.user_id:
        raise Conflict(f"{task.assignee_name or 'Een collega'} behandelt deze taak.")


def why_suspended(instance: Instance) -> str:
    """Who suspended a case and when; "" when nobody has."""
    if instance.suspended_at is None:
        return ""
    return (
        f"{instance.suspended_by} heeft deze zaak stilgezet, om {clock(instance.suspended_at)}. "
        "Zodra zij is hervat, kunt u verder."
    )


def case_for(session: Session, *, instance_id: UUID, actor: Actor, profile: Profile) -> Instance:
    """A case that the actor may see.

    Raises:
        NotFound: there is no such case for this actor.
    """
    instance = session.scalars(
        select(Instance).where(
            Instance.id == instance_id, Instance.municipality == actor.municipality
        )
    ).one_or_none()
    if instance is None or not sees_case(session, instance_id, actor, profile):
        raise NotFound(NO_CASE)
    require_not_erased(session, instance)
    return instance


def sees_case(session: Session, instance_id: UUID, actor: Actor, profile: Profile) -> bool:
    """Whether the actor sees a case of their municipality without asking for it."""
    return oversees(session, instance_id, actor, profile) or _has_had_a_task(
        session, instance_id, actor
    )


def oversees(session: Session, instance_id: UUID, actor: Actor, profile: Profile) -> bool:
    """Whether the actor sees a case because they coordinate: it is not locked to them."""
    return coordinates(actor, profile) and lets_in(lock_of(session, instance_id), actor)


def require_oversees(session: Session, instance_id: UUID, actor: Actor, profile: Profile) -> None:
    """Raises NotFound, as for a case that is not there, unless the actor oversees it."""
    if not oversees(session, instance_id, actor, profile):
        raise NotFound(NO_CASE)


def require_not_erased(session: Session, instance: Instance) -> None:
    """Raises NotFound, saying who erased the case and when, if somebody did."""
    if instance.status == ERASED:
        gone = session.get_one(Erasure, instance.id)
        raise NotFound(
            f"Zaak {instance.reference} is vernietigd door {gone.erased_by_name}, om "
            f"{clock(gone.erased_at)} ({gone.ground}). Er is niets meer van te zien."
        )


def coordinates(actor: Actor, profile: Profile) -> bool:
    """Whether one of the actor's roles sees every case of the municipality that is not locked."""
    return any(role.coordinates for role in _roles(actor, profile))


def erases(actor: Actor, profile: Profile) -> bool:
    """Whether one of the actor's roles may erase ended cases."""
    return any(role.erases for role in _roles(actor, profile))


def require_messenger(
    actor: Actor, profile: Profile, why: str = "Uw rol mag geen berichten naar zaken sturen."
) -> None:
    """Raises NotAllowed, saying ``why``, unless the actor keeps the post between cases."""
    if not (coordinates(actor, profile) or repairs(actor, profile)):
        raise NotAllowed(why)


def publishes(actor: Actor, profile: Profile) -> bool:
    """Whether one of the actor's roles moves running cases to a newer publication."""
    return any(role.publishes for role in _roles(actor, profile))


def may_start(actor: Actor, profile: Profile, process_id: str) -> bool:
    """Whether the actor begins a case of a process: who coordinates may, others what is theirs."""
    return coordinates(actor, profile) or process_id in starts(actor, profile)


def starts(actor: Actor, profile: Profile) -> frozenset[str]:
    """The processes that the profile gives the actor's roles to begin by hand."""
    return frozenset().union(*(role.starts for role in _roles(actor, profile)))


def repairs(actor: Actor, profile: Profile) -> bool:
    """Whether one of the actor's roles repairs cases; that shows nothing of their content."""
    return any(role.repairs for role in _roles(actor, profile))


def require_repairs(actor: Actor, profile: Profile) -> None:
    """Raises NotFound, as for a case that is not there, unless the actor may repair."""
    if not repairs(actor, profile):
        raise NotFound(NO_CASE)


def keeps_network(actor: Actor, profile: Profile) -> bool:
    """Whether one of the actor's roles changes the registers of the network."""
    return any(role.keeps_network for role in _roles(actor, profile))


def only_partner(actor: Actor, profile: Profile) -> bool:
    """Whether the actor belongs to a partner organisation and to nothing else."""
    own = [profile.roles[role] for role in own_roles(actor) if role in profile.roles]
    return bool(own) and all(role.partner for role in own)


def works_here(actor: Actor, profile: Profile) -> bool:
    """Whether the actor is staff: does more than report, and not only for a partner."""
    return bool(own_roles(actor)) and not only_partner(actor, profile)


def _roles(actor: Actor, profile: Profile) -> Iterator[Role]:
    """The actor's roles, as the profile describes them."""
    return (profile.roles[role] for role in actor.roles if role in profile.roles)


def note_access(
    session: Session,
    *,
    actor: Actor,
    what: str,
    now: datetime,
    instance_id: UUID | None = None,
    thing: str | None = None,
) -> None:
    """Writes a line of the access log."""
    session.execute(
        insert(Access),
        {
            "municipality": actor.municipality,
            "at": now,
            "user_id": actor.user_id,
            "user_name": actor.name,
            "what": what,
            "instance_id": instance_id,
            "thing": thing[:200] if thing else None,
        },
    )


def _has_had_a_task(session: Session, instance_id: UUID, actor: Actor) -> bool:
    roles: Sequence[str] = sorted(roles_in(session, instance_id, actor))
    theirs = select(Task.id).where(Task.instance_id == instance_id, Task.roles.overlap(roles))
    return session.scalar(theirs.limit(1)) is not None


def clock(moment: datetime | None) -> str:
    """A moment as our messages say it: ``14:05 op 03-03-2026``."""
    return moment.astimezone(AMSTERDAM).strftime("%H:%M op %d-%m-%Y") if moment else "onbekend"
