"""One task: seeing it, taking it, filling it in, finishing it."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.actor import REPORTER_ROLE
from service.domain.errors import Conflict, InvalidInput, MeldrouteError, NotAllowed
from service.operations.claim_task import claim_task
from service.operations.complete_task import Completed, complete_task
from service.operations.files import file_names
from service.operations.release_task import release_task
from service.operations.reopen_task import reopen_task
from service.operations.save_draft import save_draft
from service.operations.show_task import show_task
from service.storage import Task
from service.web import posted
from service.web.csrf import guard, stale
from service.web.drawing import Errors, task_form, typed_form
from service.web.request import STAFF, NotLoggedIn, access, by_htmx, now, parts, staff, transaction
from service.web.task_page import Conflicted, task_page

task = guard(Blueprint("task", __name__, url_prefix="/taken"))
STALE = "Deze bladzijde was verouderd. Kijk uw antwoorden na en verstuur ze opnieuw."


@task.get("/<uuid:task_id>")
@access(STAFF)
def show(task_id: UUID) -> ResponseReturnValue:
    """The task with its form, for who holds it."""
    with transaction() as session:
        actor = staff(session)
        view = show_task(session, parts(), task_id=task_id, actor=actor, now=now())
        return task_page(session, actor, view, model=task_form(view))


@task.post("/<uuid:task_id>/oppakken")
@access(STAFF)
def claim(task_id: UUID) -> ResponseReturnValue:
    """Takes the task."""
    try:
        with transaction() as session:
            claim_task(session, task_id=task_id, actor=staff(session), now=now())
    except Conflict as error:
        return _lost(task_id, error)
    return _to_task(task_id)


@task.post("/<uuid:task_id>/teruggeven")
@access(STAFF)
def release(task_id: UUID) -> ResponseReturnValue:
    """Gives the task back to its roles."""
    try:
        with transaction() as session:
            release_task(session, task_id=task_id, actor=staff(session), now=now())
    except Conflict as error:
        return _lost(task_id, error)
    flash(_("U hebt de taak teruggegeven. Het concept blijft bewaard."), "ok")
    return redirect(url_for("inbox.mine"))


@task.post("/<uuid:task_id>/afronden")
@access(STAFF, keeps_text=True)
def complete(task_id: UUID) -> ResponseReturnValue:
    """Finishes the task; whatever goes wrong, what was typed stays."""
    if posted.row_button_pressed():
        return _again(task_id)
    if stale():
        return _again(task_id, notice=_(STALE)), 400
    try:
        with transaction() as session:
            done = complete_task(
                session,
                parts(),
                task_id=task_id,
                actor=staff(session),
                answers=posted.answers(),
                now=now(),
                uploads=posted.uploads(),
            )
            for_reporter = session.get_one(Task, task_id).roles == [REPORTER_ROLE]
    except InvalidInput as error:
        return _again(task_id, errors=error.fields, notice=posted.files_again()), 422
    except (Conflict, NotAllowed) as error:
        return _lost(task_id, error)
    return _after(task_id, done, for_reporter=for_reporter)


@task.post("/<uuid:task_id>/concept")
@access(STAFF, keeps_text=True)
def draft(task_id: UUID) -> ResponseReturnValue:
    """Keeps what was typed so far; the page asks it by itself, or a button does."""
    if posted.row_button_pressed():
        return _again(task_id)
    try:
        saved_at = None if stale() else _save(task_id)
    except (MeldrouteError, NotLoggedIn) as error:
        if by_htmx():
            return _draft_note(error=str(error) or _("U bent uitgelogd; log opnieuw in.")), 409
        if isinstance(error, Conflict):
            return _lost(task_id, error)
        raise
    if by_htmx():
        stale_note = _("Niet bewaard: deze bladzijde is verouderd.") if stale() else ""
        return _draft_note(at=saved_at, error=stale_note), 400 if stale() else 200
    if stale():
        return _again(task_id, notice=_(STALE)), 400
    flash(_("Concept bewaard."), "ok")
    return _to_task(task_id)


@task.post("/<uuid:task_id>/velden")
@access(STAFF)
def fields(task_id: UUID) -> ResponseReturnValue:
    """The questions as they are, given the answers so far; nothing is kept."""
    with transaction() as session:
        view = reopen_task(session, parts(), task_id=task_id, actor=staff(session), now=now())
        return render_template(
            "_velden.html",
            model=typed_form(view),
            react_url=url_for("task.fields", task_id=task_id),
            files=file_names(session, view.case),
        )


def _again(task_id: UUID, *, errors: Errors | None = None, notice: str = "") -> str:
    """The page with what was typed, in a transaction of its own."""
    with transaction() as session:
        actor = staff(session)
        view = reopen_task(session, parts(), task_id=task_id, actor=actor, now=now())
        return task_page(session, actor, view, model=typed_form(view, errors), notice=notice)


def _lost(task_id: UUID, error: MeldrouteError) -> ResponseReturnValue:
    """Somebody else was first, or must do this: what was typed stays to be read."""
    with transaction() as session:
        actor = staff(session)
        view = reopen_task(session, parts(), task_id=task_id, actor=actor, now=now())
        page = task_page(session, actor, view, conflict=Conflicted.of(error, view))
    return page, 403 if isinstance(error, NotAllowed) else 409


def _after(task_id: UUID, done: Completed, *, for_reporter: bool) -> ResponseReturnValue:
    """On to the case, where the next task waits; a reporter goes back to their signals."""
    if done.incident:
        flash(_("De zaak kon niet verder: %(why)s", why=done.incident), "error")
        flash(_("Uw antwoorden zijn als concept bewaard; er gaat niets verloren."), "warning")
        return redirect(url_for("inbox.mine")) if done.gone else _to_task(task_id)
    flash(_("Taak ‘%(name)s’ is afgerond.", name=done.task_name), "ok")
    if for_reporter:
        return redirect(url_for("report.mine"))
    return redirect(url_for("case.show", reference=done.reference))


def _save(task_id: UUID) -> datetime:
    with transaction() as session:
        moment = now()
        save_draft(
            session,
            parts(),
            task_id=task_id,
            actor=staff(session),
            answers=posted.answers(),
            now=moment,
        )
        return moment


def _draft_note(*, at: datetime | None = None, error: str = "") -> str:
    return render_template("_concept.html", draft_at=at, draft_error=error)


def _to_task(task_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("task.show", task_id=task_id))
