"""Reporting a signal, with or without an account, and what one reported before."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from service import forms
from service.domain.actor import Actor
from service.domain.errors import Conflict, InvalidInput, NotFound
from service.operations.list_cases import own_signals
from service.operations.municipalities import municipalities
from service.operations.published import Published
from service.operations.report_signal import Reported, report_signal, reporting_form
from service.operations.reporter_says import add_information, withdraw
from service.web import posted
from service.web.added import Added
from service.web.csrf import guard, stale
from service.web.drawing import Errors, typed_values
from service.web.frame import render
from service.web.request import ANYONE, STAFF, access, application, now, staff, transaction, visitor
from service.web.views import report_line

report = guard(Blueprint("report", __name__))


@report.route("/melden", methods=["GET", "POST"])
@access(ANYONE, cookieless=True, keeps_text=True)
def new() -> ResponseReturnValue:
    """The form; sending it in answers with the kenmerk, and a code for who has no account."""
    if request.method == "GET":
        return _form(uuid4())
    number = posted.submission()
    if posted.row_button_pressed():
        return _form(number)
    if stale():
        return _form(number, notice=_("Deze bladzijde was verouderd. Verstuur hem opnieuw.")), 400
    try:
        return _received(number)
    except InvalidInput as error:
        return _form(number, error.fields, posted.files_again()), 422


@report.post("/melden/velden")
@access(ANYONE, cookieless=True)
def fields() -> ResponseReturnValue:
    """The questions as they are, given the answers so far; nothing is kept."""
    with transaction() as session:
        municipality = _municipality(session, visitor(session))
        published, form = reporting_form(session, application().collaborators, municipality)
        model = _drawn(published, form, {})
        return render_template("_velden.html", model=model, react_url=_react_url(), files={})


@report.get("/mijn-signalen")
@access(STAFF)
def mine() -> ResponseReturnValue:
    """What somebody reported under their own name."""
    return _own()


@report.post("/mijn-signalen/<reference>/toevoegen")
@access(STAFF)
def add_more(reference: str) -> ResponseReturnValue:
    """Adds something that nobody asked for to one's own signal."""
    try:
        with transaction() as session:
            add_information(
                session,
                application().collaborators,
                actor=staff(session),
                reference_or_code=reference,
                text=posted.addition(),
                now=now(),
                submission_id=posted.submission(),
            )
    except InvalidInput as error:
        return _own({reference: Added.of(error, posted.addition())}), 422
    except Conflict as error:
        return _own({reference: Added(error=str(error), text=posted.addition())}), 409
    flash(_("Dank u wel. Uw aanvulling is ontvangen."), "ok")
    return redirect(url_for("report.mine"))


@report.post("/mijn-signalen/<reference>/intrekken")
@access(STAFF)
def take_leave(reference: str) -> ResponseReturnValue:
    """The reporter wants no more contact about their own signal."""
    try:
        with transaction() as session:
            withdraw(
                session,
                application().collaborators,
                actor=staff(session),
                reference_or_code=reference,
                now=now(),
                submission_id=posted.submission(),
            )
    except Conflict as error:
        return _own({reference: Added(error=str(error))}), 409
    flash(_("Wij nemen geen contact meer met u op. Uw naam gaat van deze melding af."), "ok")
    return redirect(url_for("report.mine"))


def _own(added: Mapping[str, Added] | None = None) -> str:
    with transaction() as session:
        actor = staff(session)
        lines = [
            report_line(
                signal,
                url_for("task.show", task_id=signal.open_task_id) if signal.open_task_id else "",
            )
            for signal in own_signals(session, actor=actor)
        ]
        return render(
            session,
            actor,
            "mijn_signalen.html",
            page="reports",
            reports=lines,
            added=added or {},
            nothing=Added(),
            new_number=uuid4,
        )


def _received(number: UUID) -> str:
    with transaction() as session:
        actor = visitor(session)
        municipality = _municipality(session, actor)
        reported: Reported = report_signal(
            session,
            application().collaborators,
            actor=actor,
            municipality=municipality,
            answers=posted.answers(),
            submission_id=number,
            now=now(),
            uploads=posted.uploads(),
        )
        return render(session, actor, "melden_ontvangen.html", page="new", reported=reported)


def _form(number: UUID, errors: Errors | None = None, notice: str = "") -> str:
    with transaction() as session:
        actor = visitor(session)
        choices = municipalities(session)
        if actor is None and len(choices) > 1 and request.args.get("gemeente") not in dict(choices):
            return render(session, None, "gemeente_kiezen.html", choices=choices)
        municipality = _municipality(session, actor)
        published, form = reporting_form(session, application().collaborators, municipality)
        return render(
            session,
            actor,
            "melden.html",
            page="new",
            model=_drawn(published, form, errors or {}),
            submission_id=number,
            react_url=_react_url(),
            notice=notice,
            elsewhere=_elsewhere(published, actor),
        )


def _elsewhere(published: Published, actor: Actor | None) -> str:
    """Whom else one can tell: colleagues another desk than residents; empty when not said."""
    setting = "meldpunt_inwoner" if actor is None else "meldpunt_intern"
    return str(published.profile.settings.get(setting, ""))


def _drawn(published: Published, form: forms.FormDefinition, errors: Errors) -> forms.RenderModel:
    raw = typed_values(form) if request.method == "POST" else {}
    return forms.render_model(
        form, values=raw, errors=errors, scope=published.scope({}), env=published.environment(now())
    )


def _municipality(session: Session, actor: Actor | None) -> str:
    """Where the signal goes: one's own municipality, the one that was chosen, or the only one."""
    if actor is not None:
        return actor.municipality
    known = [key for key, _name in municipalities(session)]
    wanted = request.args.get("gemeente")
    if wanted in known:
        return str(wanted)
    if len(known) == 1:
        return known[0]
    raise NotFound(_("Kies eerst de gemeente waar u een signaal wilt melden."))


def _react_url() -> str:
    wanted = request.args.get("gemeente")
    return url_for("report.fields", gemeente=wanted) if wanted else url_for("report.fields")
