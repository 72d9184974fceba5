"""Beginning a case by hand: what is not a signal, such as a Bibob inquiry or an AVG request."""

from uuid import uuid4

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.operations.startable import begin_by_hand, startable
from service.web import posted
from service.web.csrf import guard
from service.web.frame import render
from service.web.request import STAFF, access, application, now, staff, transaction

begin = guard(Blueprint("begin", __name__, url_prefix="/zaken/starten"))


@begin.get("")
@access(STAFF)
def index() -> ResponseReturnValue:
    """The kinds of cases that somebody may begin."""
    with transaction() as session:
        actor = staff(session)
        return render(
            session,
            actor,
            "zaak_starten.html",
            page="begin",
            processes=startable(session, application().collaborators, actor=actor),
            submission_id=uuid4(),
        )


@begin.post("/<process_id>")
@access(STAFF)
def start(process_id: str) -> ResponseReturnValue:
    """Starts one, and goes to its first step."""
    with transaction() as session:
        begun = begin_by_hand(
            session,
            application().collaborators,
            process_id=process_id,
            submission_id=posted.submission(),
            actor=staff(session),
            now=now(),
        )
    flash(_("Zaak %(reference)s is gestart.", reference=begun.reference), "ok")
    if begun.task_id is not None:
        return redirect(url_for("task.show", task_id=begun.task_id))
    return redirect(url_for("case.show", reference=begun.reference))
