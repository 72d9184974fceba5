"""Carries what was typed past logging in again, when a session ended under somebody's hands."""

from uuid import UUID

from flask import request
from flask import session as cookie

from service.domain.errors import MeldrouteError
from service.operations.accounts import actor_of
from service.operations.save_draft import save_draft
from service.web.posted import answers
from service.web.request import application, now, transaction

_FIELD = "bewaard:"
_TASK = "bewaarde_taak"


def kept_fields() -> list[tuple[str, str]]:
    """The hidden fields of the login page: the answers that were posted to a task."""
    if _TASK in request.form:
        carried = request.form.items(multi=True)
        return [(n, v) for n, v in carried if n == _TASK or n.startswith(_FIELD)]
    task_id = (request.view_args or {}).get("task_id")
    if request.method != "POST" or task_id is None:
        return []
    fields = [(f"{_FIELD}{name}", v) for name, values in answers().items() for v in values]
    return [(_TASK, str(task_id)), *fields] if fields else []


def keep_as_draft() -> bool:
    """Saves the carried answers as the draft of their task; whether that was possible."""
    if _TASK not in request.form:
        return False
    carried = {
        name.removeprefix(_FIELD): values
        for name, values in request.form.lists()
        if name.startswith(_FIELD)
    }
    try:
        with transaction() as session:
            actor = actor_of(session, user_id=UUID(cookie["user"]["id"]))
            if actor is None:
                return False
            save_draft(
                session,
                application().collaborators,
                task_id=UUID(request.form[_TASK]),
                actor=actor,
                answers=carried,
                now=now(),
            )
    except (MeldrouteError, ValueError):
        return False
    return True
