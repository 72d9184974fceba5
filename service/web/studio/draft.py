"""One draft: what it changes, what is wrong with it, and where to go from here."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import InvalidInput
from service.operations.studio.drafts import discard_draft, rename_draft
from service.operations.studio.library import library, with_words
from service.operations.studio.show_draft import show_draft
from service.web.csrf import guard
from service.web.frame import render
from service.web.request import STAFF, access, asking, now, parts, staff, transaction
from service.web.studio.places import editor_of, kinds

studio_draft = guard(
    Blueprint("studio_draft", __name__, url_prefix="/studio/concepten/<uuid:draft_id>")
)


@studio_draft.get("")
@access(STAFF)
def show(draft_id: UUID) -> ResponseReturnValue:
    """The draft."""
    words = request.args.get("zoek", "")
    with transaction() as session:
        actor = staff(session)
        return render(
            session,
            actor,
            "studio/concept.html",
            page="studio",
            shown=show_draft(session, parts(), draft_id=draft_id, actor=actor, now=now()),
            library=with_words(library(session, parts(), actor=actor), words),
            kinds=kinds(),
            address=editor_of(draft_id),
            words=words,
        )


@studio_draft.post("/titel")
@access(STAFF)
def rename(draft_id: UUID) -> ResponseReturnValue:
    """Gives it another title."""
    try:
        with transaction() as session:
            rename_draft(
                session,
                **asking(session),
                draft_id=draft_id,
                title=request.form.get("titel", ""),
                now=now(),
            )
    except InvalidInput as error:
        flash(str(error), "error")
    return redirect(url_for("studio_draft.show", draft_id=draft_id))


@studio_draft.post("/weggooien")
@access(STAFF)
def discard(draft_id: UUID) -> ResponseReturnValue:
    """Throws it away."""
    with transaction() as session:
        discard_draft(session, **asking(session), draft_id=draft_id, now=now())
    flash(_("Het concept is weggegooid."), "ok")
    return redirect(url_for("studio.index"))
