"""What every resource needs: the application, a session, and who asks."""

from contextlib import AbstractContextManager
from datetime import datetime

from flask import current_app, request
from sqlalchemy.orm import Session

from service.bootstrap import Application
from service.domain.actor import Actor
from service.operations.api_tokens import actor_of_token


class NoToken(Exception):
    """Nobody may do this without a token that works."""


def application() -> Application:
    """The application this app serves."""
    found: Application = current_app.extensions["meldroute"]
    return found


def transaction() -> AbstractContextManager[Session]:
    """A session that commits at the end, or rolls back on any error."""
    return application().sessions.begin()


def now() -> datetime:
    """The moment of this request."""
    return application().clock()


def caller(session: Session) -> Actor:
    """Who asks, by the token in the header ``Authorization: Bearer …``.

    Raises:
        NoToken: no token, or one that does not work (any more).
    """
    actor = optional_caller(session)
    if actor is None:
        raise NoToken
    return actor


def optional_caller(session: Session) -> Actor | None:
    """Who asks, or ``None`` when no token came along; a wrong token is refused."""
    header = request.headers.get("Authorization")
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    actor = (
        actor_of_token(session, application().collaborators, token.strip())
        if scheme.lower() == "bearer"
        else None
    )
    if actor is None:
        raise NoToken
    return actor
