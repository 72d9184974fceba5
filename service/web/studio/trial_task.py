"""A task within a trial: its form, drawn and checked as in the inbox."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import Conflict, InvalidInput
from service.operations.files import as_answers
from service.operations.studio.trial.played import script_of, trial_for
from service.operations.studio.trial.show import TrialTask, show_task
from service.operations.studio.trial.steps import Answered, Where, answer_task
from service.web import posted
from service.web.csrf import OLD_PAGE, guard, stale
from service.web.drawing import Errors, fresh_form, typed_form
from service.web.frame import render
from service.web.request import STAFF, access, asking, now, parts, staff, transaction
from service.web.studio.trial_words import role_name
from service.web.views import Labelled, due_view

studio_trial_task = guard(
    Blueprint(
        "studio_trial_task",
        __name__,
        url_prefix="/studio/concepten/<uuid:draft_id>/proef/<uuid:trial_id>"
        "/taak/<element_id>/<int:number>",
    )
)
ROLE = "_rol"
AFTER = "_na"


@studio_trial_task.get("")
@access(STAFF)
def show(draft_id: UUID, trial_id: UUID, element_id: str, number: int) -> ResponseReturnValue:
    """The form; or what was answered before, when that does not fit any more."""
    try:
        return _page(draft_id, trial_id, element_id, number)
    except Conflict as error:
        return _lost(draft_id, trial_id, error)


@studio_trial_task.post("")
@access(STAFF, keeps_text=True)
def answer(draft_id: UUID, trial_id: UUID, element_id: str, number: int) -> ResponseReturnValue:
    """Does the task; whatever goes wrong, what was typed stays."""
    place = (draft_id, trial_id, element_id, number)
    try:
        if posted.row_button_pressed():
            return _page(*place, again=True)
        if stale():
            return _page(*place, again=True, notice=_(OLD_PAGE)), 400
        return _answer(*place)
    except Conflict as error:
        return _lost(draft_id, trial_id, error)


@studio_trial_task.post("/velden")
@access(STAFF)
def fields(draft_id: UUID, trial_id: UUID, element_id: str, number: int) -> ResponseReturnValue:
    """The questions as they are, given the answers so far; nothing is kept."""
    view = _view(draft_id, trial_id, element_id, number)
    return render_template(
        "_velden.html", model=typed_form(view), react_url=_address(view, "fields"), files={}
    )


def _answer(draft_id: UUID, trial_id: UUID, element_id: str, number: int) -> ResponseReturnValue:
    place = (draft_id, trial_id, element_id, number)
    answered = Answered(
        task=element_id,
        number=number,
        role=request.form.get(ROLE, ""),
        answers={**posted.answers(), **as_answers(posted.uploads())},
    )
    after = request.form.get(AFTER, type=int)
    try:
        with transaction() as session:
            name = answer_task(
                session,
                **asking(session),
                where=Where(draft_id=draft_id, trial_id=trial_id, after=after),
                answered=answered,
                now=now(),
            )
    except InvalidInput as error:
        return _page(*place, again=True, errors=error.fields), 422
    except Conflict as error:
        return _page(*place, again=True, notice=str(error)), 409
    flash(_("Taak ‘%(name)s’ is in de proef afgerond.", name=name), "ok")
    return redirect(url_for("studio_trial_steps.show", draft_id=draft_id, trial_id=trial_id))


def _page(
    draft_id: UUID,
    trial_id: UUID,
    element_id: str,
    number: int,
    *,
    again: bool = False,
    errors: Errors | None = None,
    notice: str = "",
) -> str:
    with transaction() as session:
        actor = staff(session)
        view = show_task(
            session,
            parts(),
            where=Where(draft_id=draft_id, trial_id=trial_id),
            element_id=element_id,
            number=number,
            actor=actor,
        )
        return render(
            session,
            actor,
            "studio/proef_taak.html",
            page="studio",
            draft=view.draft,
            trial_id=trial_id,
            trial_name=view.scenario.name,
            name=view.task.name or element_id,
            roles=[(role, role_name(role, view.published)) for role in view.roles],
            role=request.form.get(ROLE, ""),
            steps_so_far=len(view.scenario.steps),
            due=due_view(view.task.due, view.now),
            model=typed_form(view, errors) if again else fresh_form(view, view.typed),
            react_url=_address(view, "fields"),
            notice=notice,
        )


def _view(draft_id: UUID, trial_id: UUID, element_id: str, number: int) -> TrialTask:
    with transaction() as session:
        return show_task(
            session,
            **asking(session),
            where=Where(draft_id=draft_id, trial_id=trial_id),
            element_id=element_id,
            number=number,
        )


def _address(view: TrialTask, which: str) -> str:
    return url_for(
        f"studio_trial_task.{which}",
        draft_id=view.draft.id,
        trial_id=view.trial_id,
        element_id=view.task.element_id,
        number=view.number,
    )


def _lost(draft_id: UUID, trial_id: UUID, error: Conflict) -> ResponseReturnValue:
    """The task is not open in this trial (any more): what was typed stays to be read."""
    with transaction() as session:
        actor = staff(session)
        draft, trial = trial_for(
            session,
            parts(),
            draft_id=draft_id,
            trial_id=trial_id,
            actor=actor,
        )
        page = render(
            session,
            actor,
            "studio/proef_taak_weg.html",
            page="studio",
            draft=draft,
            trial_id=trial_id,
            trial_name=script_of(trial).name,
            message=str(error),
            typed=[
                Labelled(label=name, text="; ".join(values))
                for name, values in posted.typed().lists()
                if not name.startswith("_") and any(values)
            ],
        )
    return page, 409
