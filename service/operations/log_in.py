"""Logs a person in with a password; slow for whoever guesses."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.operations import rights
from service.operations.accounts import HASHER
from service.storage import UserAccount

MAX_TRIES = 8
LOCKED_FOR = timedelta(minutes=15)
_NOBODY = HASHER.hash("niemand heeft dit wachtwoord")
"""Checked when there is no such account, so that absence takes as long as a wrong password."""


@dataclass(frozen=True, kw_only=True)
class LoggedIn:
    """Who has come in, and the epoch of their sessions."""

    user_id: UUID
    epoch: int


def log_in(session: Session, *, email: str, password: str, now: datetime) -> LoggedIn | None:
    """Who it is, or ``None``: wrong, switched off, or tried too often. Commits nothing itself."""
    account = session.scalars(
        select(UserAccount).where(UserAccount.email == email.strip().lower()).with_for_update()
    ).one_or_none()
    fits = _fits(account.password_hash if account else _NOBODY, password)
    if account is None:
        return None
    if account.locked_until is not None and account.locked_until > now:
        return None
    if not fits or not account.active:
        _count_failure(session, account, now)
        return None
    session.execute(
        update(UserAccount)
        .where(UserAccount.id == account.id)
        .values(failed_logins=0, locked_until=None)
    )
    _note(session, account, "aangemeld", now)
    return LoggedIn(user_id=account.id, epoch=account.epoch)


def end_sessions(session: Session, *, user_id: UUID) -> None:
    """Logs a person out everywhere."""
    session.execute(
        update(UserAccount).where(UserAccount.id == user_id).values(epoch=UserAccount.epoch + 1)
    )


def _fits(password_hash: str, password: str) -> bool:
    try:
        return HASHER.verify(password_hash, password)
    except (Argon2Error, InvalidHashError):
        return False


def _count_failure(session: Session, account: UserAccount, now: datetime) -> None:
    tries = account.failed_logins + 1
    locked = tries >= MAX_TRIES
    session.execute(
        update(UserAccount)
        .where(UserAccount.id == account.id)
        .values(
            failed_logins=0 if locked else tries,
            locked_until=now + LOCKED_FOR if locked else account.locked_until,
        )
    )
    _note(session, account, "aanmelden_mislukt", now)


def _note(session: Session, account: UserAccount, what: str, now: datetime) -> None:
    rights.note_access(
        session,
        actor=Actor(user_id=account.id, name=account.name, municipality=account.municipality),
        what=what,
        now=now,
    )
