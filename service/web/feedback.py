"""What was done with an anonymous signal, by code; the code is never part of an address."""

from uuid import uuid4

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from service import forms
from service.domain.errors import Conflict, InvalidInput, NotFound
from service.operations.answer_by_code import answer_by_code, show_question
from service.operations.list_cases import signal_by_code
from service.operations.reporter_says import add_information, withdraw
from service.web import posted
from service.web.added import Added
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


@feedback.post("/terugkoppeling/toevoegen")
@access(ANYONE, cookieless=True)
def add_more() -> ResponseReturnValue:
    """Adds something that nobody asked for."""
    try:
        with transaction() as session:
            add_information(
                session,
                application().collaborators,
                actor=None,
                reference_or_code=_code(),
                text=posted.addition(),
                now=now(),
                submission_id=posted.submission(),
            )
        return _status(thanks=_("Dank u wel. Uw aanvulling is ontvangen."))
    except InvalidInput as error:
        return _status(added=Added.of(error, posted.addition())), 422
    except Conflict as error:
        return _status(added=Added(error=str(error), text=posted.addition())), 409
    except NotFound as error:
        return _ask(str(error)), 404


@feedback.post("/terugkoppeling/intrekken")
@access(ANYONE, cookieless=True)
def take_leave() -> ResponseReturnValue:
    """The reporter wants no more contact."""
    try:
        with transaction() as session:
            withdraw(
                session,
                application().collaborators,
                actor=None,
                reference_or_code=_code(),
                now=now(),
                submission_id=posted.submission(),
            )
        return _status(thanks=_("Wij nemen geen contact meer met u op."))
    except Conflict as error:
        return _status(added=Added(error=str(error), text="")), 409
    except NotFound as error:
        return _ask(str(error)), 404


def _ask(error: str = "") -> str:
    with transaction() as session:
        return render(session, visitor(session), "terugkoppeling.html", error=error, status=None)


def _status(*, errors: Errors | None = None, thanks: str = "", added: Added | None = None) -> str:
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
            added=added or Added(),
            submission_id=uuid4(),
        )


def _question(session: Session, errors: Errors | None) -> forms.RenderModel:
    view = show_question(session, application().collaborators, code=_code(), now=now())
    return typed_form(view, errors) if errors else task_form(view)


def _code() -> str:
    return request.form.get("code", "")
