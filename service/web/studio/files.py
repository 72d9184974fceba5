"""Files of a draft in and out of the browser: brought from elsewhere, or taken along."""

from io import BytesIO
from pathlib import PurePosixPath
from uuid import UUID

from flask import Blueprint, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import Conflict, InvalidInput, NotFound, Refused
from service.operations.studio.draft_files import read_file
from service.operations.studio.take_in import take_in
from service.web.csrf import guard
from service.web.request import STAFF, access, application, now, staff, transaction

studio_files = guard(
    Blueprint("studio_files", __name__, url_prefix="/studio/concepten/<uuid:draft_id>/bestand")
)


@studio_files.get("")
@access(STAFF)
def download(draft_id: UUID) -> ResponseReturnValue:
    """A file as it reads in the draft."""
    path = request.args.get("pad", "")
    with transaction() as session:
        file = read_file(
            session,
            application().collaborators,
            draft_id=draft_id,
            path=path,
            actor=staff(session),
        )
    if file.content is None:
        raise NotFound(f"{path} staat niet meer in dit concept.")
    name = PurePosixPath(path).name
    return send_file(BytesIO(file.content), download_name=name, as_attachment=True)


@studio_files.post("")
@access(STAFF)
def upload(draft_id: UUID) -> ResponseReturnValue:
    """Takes a file in; it replaces the one in its place, and nothing is published."""
    sent = request.files.get("bestand")
    try:
        with transaction() as session:
            path = take_in(
                session,
                application().collaborators,
                draft_id=draft_id,
                name=(sent.filename if sent else "") or "",
                content=sent.stream.read() if sent else b"",
                place=request.form.get("plaats", ""),
                actor=staff(session),
                now=now(),
            )
    except (Refused, InvalidInput, Conflict) as error:
        flash(str(error), "error")
    else:
        flash(_("%(path)s is ingelezen in het concept.", path=path), "ok")
    return redirect(url_for("studio_draft.show", draft_id=draft_id))
