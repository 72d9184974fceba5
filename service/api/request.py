"""What every resource needs: the application, a session, and who asks."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app, g, request
from flask import session as cookie
from flask_wtf.csrf import validate_csrf
from sqlalchemy.orm import Session
from wtforms.validators import ValidationError  # type: ignore[import-untyped]

from service.bootstrap import Application
from service.domain.actor import Actor
from service.operations.accounts import actor_of
from service.operations.api_tokens import actor_of_token

CSRF_HEADER = "X-CSRFToken"


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
    """Who asks: by the token in ``Authorization: Bearer …``, or logged in on the pages.

    Raises:
        NoToken: no token, or one that does not work (any more).
    """
    actor = optional_caller(session)
    if actor is None:
        raise NoToken
    return actor


def asking(session: Session) -> dict[str, Any]:
    """What an operation works with, and who asks it.

    Raises:
        NoToken: as ``caller``.
    """
    return {"collaborators": application().collaborators, "actor": caller(session)}


def optional_caller(session: Session) -> Actor | None:
    """Who asks, or ``None`` when nobody says so; a wrong token is refused."""
    header = request.headers.get("Authorization")
    actor = _of_pages(session) if header is None else _of_token(session, header)
    g.actor = actor
    return actor


def known_caller() -> Actor | None:
    """Who asked, as far as this request has found out already."""
    found: Actor | None = g.get("actor")
    return found


def _of_token(session: Session, header: str) -> Actor:
    scheme, _, token = header.partition(" ")
    actor = (
        actor_of_token(session, application().collaborators, token.strip())
        if scheme.lower() == "bearer"
        else None
    )
    if actor is None:
        raise NoToken
    return actor


def _of_pages(session: Session) -> Actor | None:
    """Who is logged in in this browser; a change must come from our own page (CSRF)."""
    user = cookie.get("user")
    if not user or not _from_our_page():
        return None
    return actor_of(session, user_id=UUID(user["id"]), epoch=user["epoch"])


def _from_our_page() -> bool:
    if request.method == "GET":
        return True
    try:
        validate_csrf(request.headers.get(CSRF_HEADER))
    except ValidationError:
        return False
    return True
