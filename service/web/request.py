"""What every page needs: the application, a transaction, who asks, and what they may."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app, request
from flask import session as cookie
from sqlalchemy.orm import Session

from service.bootstrap import Application
from service.domain.actor import Actor
from service.operations.accounts import actor_of
from service.operations.collaborators import Collaborators
from service.operations.find_case import find_case
from service.operations.log_in import LoggedIn

ANYONE = "anyone"
"""Also without an account: reporting, feedback by code, logging in, health."""
STAFF = "staff"
"""Whoever is logged in; what they see is decided by the operation."""


class NotLoggedIn(Exception):
    """The page is for who has logged in."""


def access(
    level: str, *, cookieless: bool = False, keeps_text: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declares who may ask for a page; a test refuses a page that declares nothing.

    ``cookieless``: works without any cookie for who has not logged in. ``keeps_text``: draws
    itself again, with what was typed, when the page it came from is out of date (``stale``).
    """

    def declare(view: Callable[..., Any]) -> Callable[..., Any]:
        view.access = level  # type: ignore[attr-defined]
        view.cookieless = cookieless  # type: ignore[attr-defined]
        view.keeps_text = keeps_text  # type: ignore[attr-defined]
        return view

    return declare


def application() -> Application:
    """The application this app serves."""
    found: Application = current_app.extensions["meldroute"]
    return found


def parts() -> Collaborators:
    """What operations work with."""
    return application().collaborators


def asking(session: Session) -> dict[str, Any]:
    """What an operation works with, and the member of staff who asks it."""
    return {"collaborators": parts(), "actor": staff(session)}


def transaction() -> AbstractContextManager[Session]:
    """A session that commits at the end, or rolls back on any error."""
    return application().sessions.begin()


def now() -> datetime:
    """The moment of this request."""
    return application().clock()


def visitor(session: Session) -> Actor | None:
    """Who has logged in, or ``None``."""
    user = cookie.get("user")
    if not user:
        return None
    return actor_of(session, user_id=UUID(user["id"]), epoch=user["epoch"])


def staff(session: Session) -> Actor:
    """Who has logged in.

    Raises:
        NotLoggedIn: nobody has, or not any more.
    """
    actor = visitor(session)
    if actor is None:
        raise NotLoggedIn
    return actor


def is_logged_in() -> bool:
    """Whether this browser says that somebody has; ``visitor`` asks whether that still holds."""
    return "user" in cookie


def by_htmx() -> bool:
    """Whether the script of the page asks, for a part of it."""
    return request.headers.get("HX-Request") == "true"


def let_in(who: LoggedIn) -> None:
    """Starts a fresh session for somebody who logged in."""
    cookie.clear()
    cookie["user"] = {"id": str(who.user_id), "epoch": who.epoch}


def let_out() -> None:
    """Ends the session in this browser."""
    cookie.clear()


def of_case(session: Session, reference: str) -> dict[str, Any]:
    """What every operation on one case is given: the case, who asks, and the moment.

    Raises:
        NotFound: there is no such case.
    """
    actor = staff(session)
    instance_id = find_case(session, reference=reference, actor=actor)
    return {"instance_id": instance_id, "actor": actor, "now": now()}
