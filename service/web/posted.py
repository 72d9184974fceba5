"""What was posted: answers, files and row buttons, apart from names that are ours."""

from pathlib import PurePosixPath
from typing import Any
from uuid import UUID, uuid4

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from service import forms
from service.operations.files import MAX_BYTES, Upload, Uploads
from service.web.csrf import FIELD

OWN = (FIELD, "submission_id", "code", "gemeente", "next")
ADDITION = "aanvulling"
"""The box in which a reporter adds something by themselves."""


def typed() -> MultiDict[str, str]:
    """Everything posted that is for the form, row buttons included."""
    return MultiDict((name, value) for name, value in _pairs() if name not in OWN)


def answers() -> dict[str, Any]:
    """The answers by path, as typed."""
    return {name: values for name, values in typed().lists() if not name.startswith("_")}


def uploads() -> Uploads:
    """The files by the path of their field; boxes that stayed empty are left out."""
    return {
        name: sent
        for name, files in request.files.lists()
        if (sent := tuple(_upload(file) for file in files if file.filename))
    }


def files_again() -> str:
    """What to say above a form that comes back, when files came along that nobody keeps."""
    sent = any(file.filename for file in request.files.values())
    return _("Voeg uw bestanden opnieuw toe; een browser onthoudt ze niet.") if sent else ""


def row_button_pressed() -> bool:
    """Whether the form only wants another row, or one less."""
    return forms.is_row_action(request.form)


def addition() -> str:
    """What a reporter adds by themselves."""
    return request.form.get(ADDITION, "")


def submission() -> UUID:
    """The number that makes sending twice harmless; a new one when none came along."""
    try:
        return UUID(request.form.get("submission_id", ""))
    except ValueError:
        return uuid4()


def _pairs() -> list[tuple[str, str]]:
    return list(request.form.items(multi=True))


def _upload(file: Any) -> Upload:
    name = PurePosixPath(file.filename.replace("\\", "/")).name
    return Upload(name=name, content=file.stream.read(MAX_BYTES + 1))
