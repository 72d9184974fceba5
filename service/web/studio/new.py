"""What a draft begins: a process, a table of a process, a form of a task."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict, InvalidInput
from service.operations.studio.drafts import draft_for, require_open
from service.operations.studio.new_form import add_form, formless_tasks
from service.operations.studio.new_process import add_process
from service.operations.studio.new_table import add_table, processes_of
from service.web.csrf import OLD_PAGE, guard, stale
from service.web.frame import publication_of, render
from service.web.request import STAFF, access, asking, now, parts, staff, transaction
from service.web.studio.places import editor_of

studio_new = guard(
    Blueprint("studio_new", __name__, url_prefix="/studio/concepten/<uuid:draft_id>")
)
_ADDRESS = "/<any(proces, tabel, formulier):what>"
_CHOSEN = {"proces": "rol", "tabel": "proces", "formulier": "taak"}
"""What is chosen for each: who does the first step, and where the others belong."""


@studio_new.get(_ADDRESS)
@access(STAFF)
def show(draft_id: UUID, what: str) -> ResponseReturnValue:
    """Where it is named."""
    return _page(draft_id, what)


@studio_new.post(_ADDRESS)
@access(STAFF, keeps_text=True)
def begin(draft_id: UUID, what: str) -> ResponseReturnValue:
    """Begins it and opens its editor; what was typed stays when it cannot be."""
    if stale():
        return _page(draft_id, what, notice=_(OLD_PAGE)), 400
    try:
        with transaction() as session:
            path = _add(session, draft_id, what)
    except InvalidInput as error:
        return _page(draft_id, what, errors=error.fields), 422
    except Conflict as error:
        return _page(draft_id, what, errors={"naam": [str(error)]}), 409
    flash(_("Toegevoegd aan het concept."), "ok")
    return redirect(editor_of(draft_id)(path))


def _add(session: Session, draft_id: UUID, what: str) -> str:
    """Adds what was asked for and gives its path."""
    name, chosen = request.form.get("naam", ""), request.form.get(_CHOSEN[what], "")
    asked = {**asking(session), "draft_id": draft_id, "now": now()}
    if what == "proces":
        process_id = add_process(session, **asked, name=name, role=chosen)
        return f"processes/{process_id}/{process_id}.bpmn"
    if what == "tabel":
        table_id = add_table(session, **asked, process_id=chosen, name=name)
        return f"processes/{chosen}/{table_id}.dmn"
    return add_form(session, **asked, path=chosen).path


def _page(
    draft_id: UUID,
    what: str,
    *,
    errors: Mapping[str, Sequence[str]] | None = None,
    notice: str = "",
) -> str:
    with transaction() as session:
        actor = staff(session)
        draft = draft_for(session, parts(), draft_id=draft_id, actor=actor)
        require_open(draft)
        return render(
            session,
            actor,
            "studio/nieuw.html",
            page="studio",
            draft=draft,
            what=what,
            field=_CHOSEN[what],
            choices=_choices(session, actor, draft_id, what),
            typed=request.values,
            errors=errors or {},
            notice=notice,
        )


def _choices(session: Session, actor: Actor, draft_id: UUID, what: str) -> list[tuple[str, str]]:
    """What can be chosen: the value, and what people call it."""
    if what == "proces":
        roles = publication_of(session, actor).profile.roles.values()
        return [(role.id, role.name) for role in roles]
    processes = processes_of(session, parts(), draft_id=draft_id, actor=actor)
    if what == "tabel":
        return list(processes.items())
    return [
        (task.path, f"{task.name} ({processes.get(task.process_id, task.process_id)})")
        for task in formless_tasks(session, parts(), draft_id=draft_id, actor=actor)
    ]
