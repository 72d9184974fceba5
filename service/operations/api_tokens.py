"""API tokens: a program acts for a person, with exactly that person's rights."""

import secrets
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import NotAllowed
from service.operations.accounts import actor_of
from service.operations.collaborators import Collaborators
from service.storage import ApiToken

PREFIX = "mr_"


def create_token(
    session: Session, collaborators: Collaborators, *, actor: Actor, label: str, now: datetime
) -> str:
    """Makes a token and returns it; it is shown once and never kept."""
    if actor.user_id is None:
        raise NotAllowed("Alleen iemand met een account kan een token maken.")
    token = PREFIX + secrets.token_urlsafe(32)
    session.add(
        ApiToken(
            id=uuid4(),
            municipality=actor.municipality,
            user_id=actor.user_id,
            label=label.strip()[:200] or "zonder naam",
            digest=collaborators.vault.digest("api token", token),
            created_at=now,
        )
    )
    return token


def actor_of_token(session: Session, collaborators: Collaborators, token: str) -> Actor | None:
    """For whom a token acts; ``None`` for an unknown or withdrawn one."""
    user_id = session.scalar(
        select(ApiToken.user_id).where(
            ApiToken.digest == collaborators.vault.digest("api token", token),
            ApiToken.revoked_at.is_(None),
        )
    )
    return actor_of(session, user_id=user_id) if user_id else None


def tokens_of(session: Session, *, actor: Actor) -> list[ApiToken]:
    """A person's tokens that still work, newest first."""
    return list(
        session.scalars(
            select(ApiToken)
            .where(ApiToken.user_id == actor.user_id, ApiToken.revoked_at.is_(None))
            .order_by(ApiToken.created_at.desc())
        )
    )


def revoke_token(session: Session, *, actor: Actor, token_id: UUID, now: datetime) -> None:
    """Withdraws one of a person's own tokens; an unknown id changes nothing."""
    session.execute(
        update(ApiToken)
        .where(ApiToken.id == token_id, ApiToken.user_id == actor.user_id)
        .values(revoked_at=now)
    )
