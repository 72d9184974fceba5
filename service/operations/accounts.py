"""Accounts: making them, their roles, and which actor they are."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from argon2 import PasswordHasher
from sqlalchemy import delete, func, not_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from service.domain.actor import REPORTER_ROLE, Actor
from service.domain.errors import Conflict, InvalidInput, NotFound
from service.storage import Municipality, RoleMembership, Task, UserAccount

HASHER = PasswordHasher()
MIN_PASSWORD = 12


def create_user(
    session: Session,
    *,
    municipality: str,
    email: str,
    name: str,
    password: str,
    roles: Collection[str],
    now: datetime,
    password_hash: str | None = None,
) -> UUID:
    """Makes an account. Everybody may report: the role ``melder`` is added.

    ``password_hash`` is that of ``password``, for who makes many accounts with the same one.

    Raises:
        NotFound: there is no such municipality.
        InvalidInput: no e-mail address, no name, or a password that is too short.
        Conflict: somebody has this e-mail address already.
    """
    if session.get(Municipality, municipality) is None:
        raise NotFound(f"Gemeente {municipality!r} bestaat niet; publiceer eerst haar profiel.")
    address = email.strip().lower()
    _check(address, name, password)
    user_id: UUID | None = session.scalar(
        insert(UserAccount)
        .values(
            id=uuid4(),
            municipality=municipality,
            email=address,
            name=name.strip(),
            password_hash=password_hash or HASHER.hash(password),
            active=True,
            epoch=0,
            failed_logins=0,
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=[UserAccount.email])
        .returning(UserAccount.id)
    )
    if user_id is None:
        raise Conflict(f"Er is al een account met e-mailadres {address}.")
    set_roles(session, user_id=user_id, municipality=municipality, roles=roles)
    return user_id


def set_roles(
    session: Session, *, user_id: UUID, municipality: str, roles: Collection[str]
) -> None:
    """Gives a person exactly these roles, and that of reporter.

    What they had claimed for a role that is gone lies open for their colleagues again.
    """
    session.execute(delete(RoleMembership).where(RoleMembership.user_id == user_id))
    session.execute(
        insert(RoleMembership),
        [
            {"user_id": user_id, "role": role, "municipality": municipality}
            for role in sorted({*roles, REPORTER_ROLE})
        ],
    )
    session.execute(
        update(Task)
        .where(
            Task.assignee_id == user_id,
            Task.state == "open",
            Task.roles != [REPORTER_ROLE],
            not_(Task.roles.overlap(sorted(roles))),
        )
        .values(assignee_id=None, assignee_name=None)
        .execution_options(synchronize_session=False)
    )


def actor_of(session: Session, *, user_id: UUID, epoch: int | None = None) -> Actor | None:
    """The person as actor, in one query; ``None`` when gone, switched off or logged out."""
    row = session.execute(
        select(
            UserAccount.name,
            UserAccount.municipality,
            UserAccount.epoch,
            func.array_agg(RoleMembership.role)
            .filter(RoleMembership.role.is_not(None))
            .label("roles"),
        )
        .outerjoin(RoleMembership, RoleMembership.user_id == UserAccount.id)
        .where(UserAccount.id == user_id, UserAccount.active)
        .group_by(UserAccount.id)
    ).one_or_none()
    if row is None or (epoch is not None and row.epoch != epoch):
        return None
    return Actor(
        user_id=user_id,
        name=row.name,
        municipality=row.municipality,
        roles=frozenset(row.roles or ()),
    )


def users_of(session: Session, municipality: str) -> list[tuple[UserAccount, list[str]]]:
    """All accounts of a municipality with their roles, by name."""
    rows = session.execute(
        select(UserAccount, func.array_remove(func.array_agg(RoleMembership.role), None))
        .outerjoin(RoleMembership, RoleMembership.user_id == UserAccount.id)
        .where(UserAccount.municipality == municipality)
        .group_by(UserAccount.id)
        .order_by(UserAccount.name)
    )
    return [(account, sorted(roles)) for account, roles in rows]


def find_user(session: Session, email: str) -> UserAccount:
    """The account with an e-mail address.

    Raises:
        NotFound: nobody has it.
    """
    account = session.scalars(
        select(UserAccount).where(UserAccount.email == email.strip().lower())
    ).one_or_none()
    if account is None:
        raise NotFound(f"Er is geen account met e-mailadres {email!r}.")
    return account


def _check(address: str, name: str, password: str) -> None:
    wrong = {}
    if "@" not in address.strip("@") or len(address) > 320:
        wrong["email"] = ["Vul een e-mailadres in, zoals naam@gemeente.nl."]
    if not name.strip():
        wrong["name"] = ["Vul een naam in."]
    if len(password) < MIN_PASSWORD:
        wrong["password"] = [f"Kies een wachtwoord van ten minste {MIN_PASSWORD} tekens."]
    if wrong:
        raise InvalidInput(" ".join(text for texts in wrong.values() for text in texts), wrong)
