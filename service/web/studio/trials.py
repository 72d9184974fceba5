"""The trials of a draft: the list, beginning one, and the tests that are kept with it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict, InvalidInput, Refused
from service.domain.working_days import AMSTERDAM
from service.operations.published import Published
from service.operations.scenario.kept import ScenarioResult, kept_scenarios
from service.operations.studio.draft_files import files_of
from service.operations.studio.drafts import draft_for
from service.operations.studio.trial.begin import (
    Start,
    ToBegin,
    begin_from,
    begin_trial,
    examples,
    starts_of,
)
from service.operations.studio.trial.keep_as_test import results_of_kept
from service.operations.studio.trial.manage import trials_of
from service.storage import Draft
from service.web.case_page import process_choices
from service.web.csrf import OLD_PAGE, guard, stale
from service.web.frame import render
from service.web.request import STAFF, access, asking, now, parts, staff, transaction
from service.web.studio.trial_words import start_choices
from service.web.views import process_name

studio_trial = guard(
    Blueprint("studio_trial", __name__, url_prefix="/studio/concepten/<uuid:draft_id>/proef")
)


@studio_trial.get("")
@access(STAFF)
def index(draft_id: UUID) -> ResponseReturnValue:
    """The trials, and on request how the kept tests go."""
    return _page(draft_id)


@studio_trial.post("")
@access(STAFF, keeps_text=True)
def begin(draft_id: UUID) -> ResponseReturnValue:
    """Begins one; what was typed stays when it cannot be."""
    if stale():
        return _page(draft_id, notice=_(OLD_PAGE)), 400
    try:
        with transaction() as session:
            trial_id = begin_trial(
                session, **asking(session), draft_id=draft_id, wanted=_wanted(), now=now()
            )
    except InvalidInput as error:
        return _page(draft_id, errors=error.fields), 422
    except (Conflict, Refused) as error:
        return _page(draft_id, notice=str(error)), 409
    return redirect(url_for("studio_trial_steps.show", draft_id=draft_id, trial_id=trial_id))


@studio_trial.post("/voorbeeld")
@access(STAFF)
def follow(draft_id: UUID) -> ResponseReturnValue:
    """Begins one with all steps of a scenario."""
    try:
        with transaction() as session:
            trial_id = begin_from(
                session,
                **asking(session),
                draft_id=draft_id,
                path=request.form.get("verloop", ""),
                now=now(),
            )
    except Conflict as error:
        return _page(draft_id, notice=str(error)), 409
    return redirect(url_for("studio_trial_steps.show", draft_id=draft_id, trial_id=trial_id))


def _wanted() -> ToBegin:
    way, _colon, what = request.form.get("start", "hand:").partition(":")
    return ToBegin(
        name=request.form.get("naam", ""),
        process_id=request.form.get("proces", ""),
        start=Start(way=way, what=what),
        begin=request.form.get("begin", ""),
        values=request.form.get("waarden", ""),
    )


def _page(draft_id: UUID, **more: Any) -> str:
    with transaction() as session:
        actor = staff(session)
        draft = draft_for(session, parts(), draft_id=draft_id, actor=actor)
        values: dict[str, Any] = {
            "draft": draft,
            "trials": trials_of(session, parts(), draft_id=draft_id, actor=actor),
            "problem": "",
            "errors": {},
            "notice": "",
            "kept": 0,
        }
        try:
            values |= _choices(session, draft, actor)
        except Refused as error:
            values["problem"] = str(error)
        return render(session, actor, "studio/proeven.html", page="studio", **{**values, **more})


def _choices(session: Session, draft: Draft, actor: Actor) -> dict[str, Any]:
    """What can be begun, with what was chosen and typed so far."""
    files = files_of(session, draft)
    published = parts().publications.draft(files)
    wanted = request.values.get("proces", "")
    process = published.bundle.processes.get(wanted)
    return {
        "processes": _processes(published),
        "names": {key: process_name(published, key) for key in published.bundle.processes},
        "process": process,
        "starts": start_choices(process, starts_of(process)) if process else [],
        "examples": [
            found
            for found in examples(files, actor.municipality)
            if found.scenario.process_id == wanted
        ],
        "typed": {
            "naam": request.form.get("naam", ""),
            "start": request.form.get("start", ""),
            "begin": request.form.get("begin") or _this_minute(now()),
            "waarden": request.form.get("waarden", ""),
        },
        "kept": len(kept_scenarios(files)),
        "results": _results(session, draft, actor),
    }


def _processes(published: Published) -> list[tuple[str, str]]:
    """Those that begin a case first, then those that are called by others."""
    first = process_choices(published)
    own = {key for key, _name in first}
    rest = [
        (info.id, info.name) for info in published.bundle.processes.values() if info.id not in own
    ]
    return [*first, *sorted(rest, key=lambda choice: choice[1])]


def _results(session: Session, draft: Draft, actor: Actor) -> list[ScenarioResult] | None:
    """Only on request: playing takes a while."""
    if request.args.get("toetsen") != "ja":
        return None
    return results_of_kept(session, parts(), draft_id=draft.id, actor=actor)


def _this_minute(moment: datetime) -> str:
    return moment.astimezone(AMSTERDAM).replace(tzinfo=None).isoformat(timespec="minutes")
