"""One draft: what it changes, what is wrong with it, and where to go from here."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import Conflict, InvalidInput
from service.operations.studio.draft_files import restore_file
from service.operations.studio.drafts import discard_draft, rename_draft
from service.operations.studio.library import library, with_words
from service.operations.studio.new_process import add_process
from service.operations.studio.show_draft import show_draft
from service.web.csrf import guard
from service.web.frame import publication_of, render
from service.web.request import STAFF, access, application, now, staff, transaction
from service.web.studio.places import editor_of, kinds

studio_draft = guard(
    Blueprint("studio_draft", __name__, url_prefix="/studio/concepten/<uuid:draft_id>")
)


@studio_draft.get("")
@access(STAFF)
def show(draft_id: UUID) -> ResponseReturnValue:
    """The draft."""
    return _page(draft_id)


@studio_draft.post("/proces")
@access(STAFF)
def add(draft_id: UUID) -> ResponseReturnValue:
    """Adds an empty process."""
    typed = {name: request.form.get(name, "") for name in ("naam", "rol")}
    try:
        with transaction() as session:
            process_id = add_process(
                session,
                application().collaborators,
                draft_id=draft_id,
                name=typed["naam"],
                role=typed["rol"],
                actor=staff(session),
                now=now(),
            )
    except InvalidInput as error:
        return _page(draft_id, typed, error.fields), 422
    except Conflict as error:
        return _page(draft_id, typed, {"naam": [str(error)]}), 409
    flash(_("Het proces is toegevoegd, met een eerste stap en een leeg formulier."), "ok")
    return redirect(editor_of(draft_id)(f"processes/{process_id}/{process_id}.bpmn"))


@studio_draft.post("/titel")
@access(STAFF)
def rename(draft_id: UUID) -> ResponseReturnValue:
    """Gives it another title."""
    try:
        with transaction() as session:
            rename_draft(
                session,
                application().collaborators,
                draft_id=draft_id,
                title=request.form.get("titel", ""),
                actor=staff(session),
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


def _page(
    draft_id: UUID,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, Sequence[str]] | None = None,
) -> str:
    words = request.args.get("zoek", "")
    with transaction() as session:
        actor, parts = staff(session), application().collaborators
        shown = show_draft(session, parts, draft_id=draft_id, actor=actor, now=now())
        roles = publication_of(session, actor).profile.roles.values()
        return render(
            session,
            actor,
            "studio/concept.html",
            page="studio",
            shown=shown,
            library=with_words(library(session, parts, actor=actor), words),
            places=sorted(shown.content),
            roles=[(role.id, role.name) for role in roles],
            kinds=kinds(),
            address=editor_of(draft_id),
            words=words,
            typed=typed or {"naam": "", "rol": ""},
            errors=errors or {},
        )
