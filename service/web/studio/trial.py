"""One trial: where it stands, and every step that can be taken in it but answering a task."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from service.domain.errors import Conflict, Incident, InvalidInput, Refused
from service.operations.studio.trial.keep_as_test import ToKeep, keep_as_test
from service.operations.studio.trial.manage import delete_trial, rename_trial
from service.operations.studio.trial.played import script_of, trial_for
from service.operations.studio.trial.show import show_trial
from service.operations.studio.trial.steps import (
    Where,
    back_to,
    choose_result,
    tell,
    wait,
    wait_for_timer,
)
from service.web.csrf import OLD_PAGE, guard, stale
from service.web.frame import render
from service.web.headers import editor_nonce
from service.web.request import STAFF, access, asking, now, parts, staff, transaction
from service.web.studio.trial_page import trial_values

studio_trial_steps = guard(
    Blueprint(
        "studio_trial_steps",
        __name__,
        url_prefix="/studio/concepten/<uuid:draft_id>/proef/<uuid:trial_id>",
    )
)
RESULT = "uitkomst."
"""What the names of the boxes for the result of a service task begin with."""
Step = Callable[[Session, dict[str, Any]], object]


@studio_trial_steps.get("")
@access(STAFF)
def show(draft_id: UUID, trial_id: UUID) -> ResponseReturnValue:
    """Where it stands."""
    return _page(draft_id, trial_id)


@studio_trial_steps.post("/wacht")
@access(STAFF, keeps_text=True)
def pass_time(draft_id: UUID, trial_id: UUID) -> ResponseReturnValue:
    """Lets time pass."""
    span = request.form.get("duur", "")
    return _do(
        draft_id, trial_id, lambda session, asked: wait(session, **asked, span=span, now=now())
    )


@studio_trial_steps.post("/termijn")
@access(STAFF)
def next_timer(draft_id: UUID, trial_id: UUID) -> ResponseReturnValue:
    """Lets time pass until the next timer."""
    return _do(
        draft_id, trial_id, lambda session, asked: wait_for_timer(session, **asked, now=now())
    )


@studio_trial_steps.post("/bericht")
@access(STAFF, keeps_text=True)
def message(draft_id: UUID, trial_id: UUID) -> ResponseReturnValue:
    """Brings a message or signal."""
    element_id, values = request.form.get("element", ""), request.form.get("inhoud", "")
    return _do(
        draft_id,
        trial_id,
        lambda session, asked: tell(
            session, **asked, element_id=element_id, values=values, now=now()
        ),
    )


@studio_trial_steps.post("/uitkomst")
@access(STAFF, keeps_text=True)
def result(draft_id: UUID, trial_id: UUID) -> ResponseReturnValue:
    """Gives a service task another result."""
    values = {
        name.removeprefix(RESULT): value
        for name, value in request.form.items()
        if name.startswith(RESULT)
    }
    return _do(
        draft_id,
        trial_id,
        lambda session, asked: choose_result(
            session,
            **asked,
            kind=request.form.get("soort", ""),
            visit=request.form.get("keer", 0, type=int),
            values=values,
            now=now(),
        ),
    )


@studio_trial_steps.post("/terug")
@access(STAFF)
def back(draft_id: UUID, trial_id: UUID) -> ResponseReturnValue:
    """Drops the steps after one."""
    steps = request.form.get("stappen", 0, type=int)
    return _do(
        draft_id,
        trial_id,
        lambda session, asked: back_to(session, **asked, steps=steps, now=now()),
    )


@studio_trial_steps.post("/naam")
@access(STAFF, keeps_text=True)
def rename(draft_id: UUID, trial_id: UUID) -> ResponseReturnValue:
    """Gives it another name."""

    def do(session: Session, asked: dict[str, Any]) -> None:
        rename_trial(
            session,
            asked["collaborators"],
            draft_id=draft_id,
            trial_id=trial_id,
            name=request.form.get("naam", ""),
            actor=asked["actor"],
            now=now(),
        )

    return _do(draft_id, trial_id, do)


@studio_trial_steps.post("/weggooien")
@access(STAFF)
def delete(draft_id: UUID, trial_id: UUID) -> ResponseReturnValue:
    """Throws it away."""
    with transaction() as session:
        delete_trial(session, **asking(session), draft_id=draft_id, trial_id=trial_id)
    flash(_("De proef is weggegooid."), "ok")
    return redirect(url_for("studio_trial.index", draft_id=draft_id))


@studio_trial_steps.post("/toets")
@access(STAFF, keeps_text=True)
def keep(draft_id: UUID, trial_id: UUID) -> ResponseReturnValue:
    """Keeps it as a test."""
    wanted = ToKeep(
        name=request.form.get("naam", ""),
        outcome=request.form.getlist("gegeven"),
        replace=request.form.get("vervang") == "ja",
    )
    done = _do(
        draft_id,
        trial_id,
        lambda session, asked: keep_as_test(session, **asked, wanted=wanted, now=now()),
        said=_("De proef is bewaard als toets. Elke wijziging moet haar nu doorstaan."),
    )
    if isinstance(done, tuple):
        return done
    return redirect(url_for("studio_trial.index", draft_id=draft_id, toetsen="ja"))


def _do(draft_id: UUID, trial_id: UUID, step: Step, *, said: str = "") -> ResponseReturnValue:
    """Takes a step and shows where the trial stands; what was typed stays when it cannot be."""
    if stale():
        return _page(draft_id, trial_id, notice=_(OLD_PAGE)), 400
    where = Where(draft_id=draft_id, trial_id=trial_id, after=request.form.get("_na", type=int))
    try:
        with transaction() as session:
            step(session, {**asking(session), "where": where})
    except InvalidInput as error:
        return _page(draft_id, trial_id, errors=error.fields, notice=str(error)), 422
    except (Conflict, Incident, Refused) as error:
        return _page(draft_id, trial_id, notice=str(error)), 409
    if said:
        flash(said, "ok")
    return redirect(url_for("studio_trial_steps.show", draft_id=draft_id, trial_id=trial_id))


def _page(
    draft_id: UUID,
    trial_id: UUID,
    *,
    errors: Mapping[str, Sequence[str]] | None = None,
    notice: str = "",
) -> str:
    with transaction() as session:
        actor = staff(session)
        more = {"errors": errors or {}, "notice": notice, "typed": request.form}
        try:
            shown = show_trial(
                session, parts(), where=Where(draft_id=draft_id, trial_id=trial_id), actor=actor
            )
        except Refused as error:
            draft, trial = trial_for(
                session, parts(), draft_id=draft_id, trial_id=trial_id, actor=actor
            )
            return render(
                session,
                actor,
                "studio/proef_past_niet.html",
                page="studio",
                draft=draft,
                trial_id=trial_id,
                name=script_of(trial).name,
                findings=error.findings,
                why=str(error),
            )
        view = request.args.get("beeld", "proef")
        values = trial_values(shown, wanted=request.args.get("diagram", ""), view=view)
        if values["view"] == "simulatie":
            editor_nonce()
        return render(session, actor, "studio/proef.html", page="studio", **values, **more)
