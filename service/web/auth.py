"""Logging in and out."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.operations.log_in import end_sessions, log_in
from service.web.csrf import guard, stale
from service.web.frame import render
from service.web.kept import keep_as_draft, kept_fields
from service.web.request import (
    ANYONE,
    STAFF,
    access,
    let_in,
    let_out,
    now,
    staff,
    transaction,
    visitor,
)

auth = guard(Blueprint("auth", __name__))


@auth.route("/inloggen", methods=["GET", "POST"], endpoint="log_in")
@access(ANYONE, keeps_text=True)
def show_log_in() -> ResponseReturnValue:
    """The form; who is in already goes on."""
    if request.method == "POST":
        return _come_in(request.form.get("next", ""), request.form.get("email", ""))
    next_url = request.args.get("next", "")
    with transaction() as session:
        if visitor(session) is not None:
            return redirect(own_path(next_url))
    return login_page(next_url)


@auth.post("/uitloggen")
@access(STAFF)
def log_out() -> ResponseReturnValue:
    """Ends the sessions of this person, on every device."""
    with transaction() as session:
        actor = staff(session)
        if actor.user_id is not None:
            end_sessions(session, user_id=actor.user_id)
    let_out()
    return redirect(url_for("auth.log_in"))


def _come_in(next_url: str, email: str) -> ResponseReturnValue:
    """Lets somebody in, or says no more than that it did not work."""
    if stale():
        return login_page(next_url, email, _("Deze bladzijde was verouderd. Log opnieuw in.")), 400
    with transaction() as session:
        password = request.form.get("password", "")
        who = log_in(session, email=email, password=password, now=now())
    if who is None:
        return login_page(next_url, email, _(_WRONG)), 401
    let_in(who)
    if keep_as_draft():
        flash(_("U bent weer ingelogd. Wat u had ingevuld, staat er nog."), "ok")
    return redirect(own_path(next_url))


def login_page(next_url: str = "", email: str = "", error: str = "") -> str:
    """The page to log in, carrying what was typed elsewhere and could not be sent."""
    with transaction() as session:
        return render(
            session,
            None,
            "login.html",
            step="password",
            error=error,
            email=email,
            next_url=next_url,
            oidc_name="",
            kept=kept_fields(),
        )


def own_path(wanted: str | None) -> str:
    """The path to go on to: one of ours, never another site."""
    home = url_for("home.show")
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return home
    parts = urlsplit(wanted)
    return wanted if not parts.scheme and not parts.netloc and wanted.isprintable() else home


_WRONG = "E-mailadres of wachtwoord klopt niet. Na acht keer proberen moet u een kwartier wachten."
