"""The one table that turns errors into pages."""

from collections.abc import Callable

from flask import Flask, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from service.domain.actor import Actor
from service.domain.errors import (
    Conflict,
    Incident,
    InvalidInput,
    MeldrouteError,
    NotAllowed,
    NotFound,
    Refused,
)
from service.operations.rights import note_access, works_here
from service.web.auth import login_page
from service.web.csrf import StalePage
from service.web.frame import publication_of, render
from service.web.request import NotLoggedIn, by_htmx, now, transaction, visitor

STATUS: dict[type[MeldrouteError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    Conflict: 409,
    Incident: 409,
    InvalidInput: 422,
    Refused: 422,
}
TITLES = {
    400: "Deze bladzijde is verouderd",
    403: "Dit mag uw rol niet",
    404: "Niet gevonden",
    405: "Zo werkt deze bladzijde niet",
    409: "Een collega was u voor",
    413: "Dit is te groot om te versturen",
    422: "Dit klopt nog niet",
    500: "Er ging iets mis",
    503: "Meldroute is even niet bereikbaar",
}
_API = "/api/v1"
Handler = Callable[[Exception], ResponseReturnValue]


def register_errors(app: Flask) -> None:
    """Answers each error with a page that says what to do next."""
    app.register_error_handler(MeldrouteError, _ours)
    app.register_error_handler(NotLoggedIn, _not_logged_in)
    app.register_error_handler(StalePage, _stale)
    for lost in (OperationalError, InterfaceError, NoConnection):
        app.register_error_handler(lost, _no_database)
    for status in (404, 405, 413):
        app.register_error_handler(status, _http)
    app.register_error_handler(500, _broken)
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    """No text in the database holds the character NUL, so nothing is found by one."""
    if request.path.startswith(_API):
        return
    if "\0" in request.path or any("\0" in value for value in request.args.values()):
        raise NotFound(_("Deze bladzijde bestaat niet, of is niet voor u."))


def _ours(error: MeldrouteError) -> ResponseReturnValue:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    return _page(status, str(error), note=status == 404), status


def _stale(_error: StalePage) -> ResponseReturnValue:
    text = _("U was intussen uitgelogd of opnieuw ingelogd. Ga terug, ververs en probeer opnieuw.")
    return _page(400, text), 400


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if request.path.startswith(_API):
        return {"code": status, "status": HTTP_STATUS_CODES[status], "message": ""}, status
    texts = {
        404: _("Deze bladzijde bestaat niet, of is niet voor u."),
        405: _("Ga terug en gebruik de knoppen op de bladzijde."),
        413: _("Een bestand mag 10 MB zijn, alles samen 50 MB. Ga terug en kies minder bestanden."),
    }
    if status == 413:
        return _plain(status, texts[status]), status
    return _page(status, texts[status], note=status == 404), status


def _not_logged_in(_error: NotLoggedIn) -> ResponseReturnValue:
    """To the login page; what was typed goes along."""
    if by_htmx() and request.method == "POST":
        return _("Niet bewaard: u bent uitgelogd. Log in een ander tabblad opnieuw in."), 401
    if by_htmx():
        return "", 401, {"HX-Redirect": url_for("auth.log_in", next=_here())}
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("auth.log_in", next=_here()))
    return login_page(_back(), error=_("U bent uitgelogd. Log opnieuw in om verder te gaan.")), 401


def _here() -> str:
    return request.full_path.rstrip("?")


def _back() -> str:
    """The page a post came from."""
    given = request.view_args or {}
    if "task_id" in given:
        return url_for("task.show", task_id=given["task_id"])
    if "reference" in given:
        return url_for("case.show", reference=given["reference"])
    return url_for("home.show")


def _no_database(_error: DBAPIError | NoConnection) -> ResponseReturnValue:
    text = _("Probeer het over een minuut opnieuw. Wat u al had verstuurd, is bewaard.")
    return _plain(503, text), 503, {"Retry-After": "10"}


def _broken(_error: Exception) -> ResponseReturnValue:
    text = _(
        "Probeer het opnieuw. Blijft het misgaan? Geef functioneel beheer dit nummer: %(number)s.",
        number=g.get("request_id", "–"),
    )
    return _plain(500, text), 500


def _plain(status: int, text: str) -> str:
    """A page that asks nothing of the database."""
    return render_template("fout_503.html", status=status, title=_(TITLES[status]), text=text)


def _asked_for() -> str:
    return request.path.replace("\0", "")


def _page(status: int, text: str, *, note: bool = False) -> str:
    """A page in the frame; a refusal to somebody who is logged in is noted."""
    try:
        with transaction() as session:
            actor = visitor(session)
            if actor is not None and note:
                note_access(session, actor=actor, what="geweigerd", now=now(), thing=_asked_for())
            return render(
                session,
                actor,
                "fout.html",
                status=status,
                title=_(TITLES[status]),
                text=text,
                back_url=url_for("home.show"),
                back_label=_("Naar het begin"),
                emergency_url=_emergency(session, actor) if status == 404 else "",
            )
    except (OperationalError, InterfaceError, NoConnection):
        return _plain(status, text)


def _emergency(session: Session, actor: Actor | None) -> str:
    """Where staff ask to read a case that they do not find; "" on other pages and for others."""
    if actor is None or not request.path.startswith("/zaken"):
        return ""
    if not works_here(actor, publication_of(session, actor).profile):
        return ""
    given = request.view_args or {}
    return url_for("emergency.ask", kenmerk=given.get("reference"))
