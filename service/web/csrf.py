"""Refuses posts that another site made up; needs no cookie where there is nothing to forge."""

from flask import Blueprint, Flask, current_app, g, request
from flask_wtf.csrf import ValidationError, generate_csrf, validate_csrf

from service.web.request import STAFF, NotLoggedIn, is_logged_in

FIELD = "csrf_token"
OLD_PAGE = "Deze bladzijde was verouderd. Kijk na wat u invulde en bewaar het opnieuw."
"""What a page says that is drawn again because it was outdated, with what was typed still in it."""

NOTHING_DONE = "Deze bladzijde was verouderd. Er is niets gedaan; kijk haar na en doe het opnieuw."
"""The same of a page on which nothing is kept but a decision is taken."""


class StalePage(Exception):
    """The page that was posted from belongs to an earlier session."""


def register_csrf(app: Flask) -> None:
    """Gives templates ``csrf_token()``; each blueprint is guarded with ``guard``."""
    app.config.update(WTF_CSRF_TIME_LIMIT=None)
    app.jinja_env.globals[FIELD] = token


def guard(blueprint: Blueprint) -> Blueprint:
    """Has every post to the pages of a blueprint checked."""
    blueprint.before_request(_check)
    return blueprint


def token() -> str:
    """The token for a form; "" on a page that sets no cookie."""
    return "" if _is_cookieless() else str(generate_csrf())


def stale() -> bool:
    """Whether the post came from an outdated page, and must be drawn again instead of done."""
    return bool(g.get("stale", False))


def _check() -> None:
    if request.method in ("GET", "HEAD", "OPTIONS") or _is_cookieless():
        return
    try:
        validate_csrf(request.form.get(FIELD))
    except ValidationError as error:
        view = current_app.view_functions[request.endpoint or ""]
        if getattr(view, "access", STAFF) == STAFF and not is_logged_in():
            raise NotLoggedIn from error
        if not getattr(view, "keeps_text", False):
            raise StalePage from error
        g.stale = True


def _is_cookieless() -> bool:
    """An anonymous reporter gets no cookie at all: without a session nothing can be forged."""
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "cookieless", False)) and not is_logged_in()
