"""What was done with an anonymous signal, by code; the code is never part of an address."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from service import forms
from service.domain.errors import InvalidInput, NotFound
from service.operations.answer_by_code import answer_by_code, show_question
from service.operations.list_cases import signal_by_code
from service.web import posted
from service.web.csrf import guard
from service.web.drawing import Errors, task_form, typed_form
from service.web.frame import render
from service.web.request import ANYONE, access, application, now, transaction, visitor
from service.web.views import report_line

feedback = guard(Blueprint("feedback", __name__))
_NOT_YET = "Uw aanvulling is bewaard, maar nog niet verwerkt. Verstuur haar later opnieuw."


@feedback.route("/terugkoppeling", methods=["GET", "POST"])
@access(ANYONE, cookieless=True)
def show() -> ResponseReturnValue:
    """Asks for the code, and shows what there is to know."""
    if request.method == "GET":
        return _ask()
    try:
        return _status()
    except NotFound as error:
        return _ask(str(error)), 404


@feedback.post("/terugkoppeling/aanvullen")
@access(ANYONE, cookieless=True)
def add() -> ResponseReturnValue:
    """Answers the question that is open."""
    try:
        with transaction() as session:
            done = answer_by_code(
                session,
                application().collaborators,
                code=_code(),
                answers=posted.answers(),
                now=now(),
            )
        if done.incident:
            return _status(thanks=_NOT_YET)
        return _status(thanks=_("Dank u wel. Uw aanvulling is ontvangen."))
    except InvalidInput as error:
        return _status(errors=error.fields), 422
    except NotFound as error:
        return _ask(str(error)), 404


def _ask(error: str = "") -> str:
    with transaction() as session:
        return render(session, visitor(session), "terugkoppeling.html", error=error, status=None)


def _status(*, errors: Errors | None = None, thanks: str = "") -> str:
    with transaction() as session:
        signal = signal_by_code(session, application().collaborators, code=_code())
        return render(
            session,
            visitor(session),
            "terugkoppeling.html",
            error="",
            status=report_line(signal, ""),
            model=_question(session, errors) if signal.open_task_id else None,
            code=_code(),
            thanks=thanks,
        )


def _question(session: Session, errors: Errors | None) -> forms.RenderModel:
    view = show_question(session, application().collaborators, code=_code(), now=now())
    return typed_form(view, errors) if errors else task_form(view)


def _code() -> str:
    return request.form.get("code", "")
