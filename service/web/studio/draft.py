"""One draft: what it changes, what is wrong with it, and where to go from here."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.operations.studio.draft_files import restore_file
from service.operations.studio.drafts import discard_draft
from service.operations.studio.show_draft import show_draft
from service.web.csrf import guard
from service.web.frame import render
from service.web.request import STAFF, access, application, now, staff, transaction

studio_draft = guard(
    Blueprint("studio_draft", __name__, url_prefix="/studio/concepten/<uuid:draft_id>")
)


@studio_draft.get("")
@access(STAFF)
def show(draft_id: UUID) -> ResponseReturnValue:
    """The draft."""
    with transaction() as session:
        actor = staff(session)
        page = show_draft(
            session, application().collaborators, draft_id=draft_id, actor=actor, now=now()
        )
        return render(session, actor, "studio/concept.html", page="studio", shown=page)


@studio_draft.post("/weggooien")
@access(STAFF)
def discard(draft_id: UUID) -> ResponseReturnValue:
    """Throws it away."""
    with transaction() as session:
        discard_draft(
            session,
            application().collaborators,
            draft_id=draft_id,
            actor=staff(session),
            now=now(),
        )
    flash(_("Het concept is weggegooid."), "ok")
    return redirect(url_for("studio.index"))


@studio_draft.post("/terugzetten")
@access(STAFF)
def restore(draft_id: UUID) -> ResponseReturnValue:
    """Lets one file read again as it is published."""
    with transaction() as session:
        restore_file(
            session,
            application().collaborators,
            draft_id=draft_id,
            path=request.form.get("pad", ""),
            actor=staff(session),
            now=now(),
        )
    flash(_("Dit bestand is weer zoals het gepubliceerd is."), "ok")
    return redirect(url_for("studio_draft.show", draft_id=draft_id))
