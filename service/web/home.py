"""The way in: staff to their work, everybody else to the form."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from service.web.frame import is_staff
from service.web.request import ANYONE, access, transaction, visitor

home = Blueprint("home", __name__)


@home.get("/")
@access(ANYONE, cookieless=True)
def show() -> ResponseReturnValue:
    """Sends everybody where their work is."""
    with transaction() as session:
        actor = visitor(session)
        at_work = actor is not None and is_staff(actor)
    return redirect(url_for("inbox.mine" if at_work else "report.new"))
