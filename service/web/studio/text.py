"""A file of a draft as text, for the profile and for scenarios: typed, checked, saved."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import MeldrouteError, NotFound, Unreadable
from service.operations.file_kinds import kind_of, name_of
from service.operations.studio.checking import Unsaved, check_draft
from service.operations.studio.draft_files import Saved, ToSave, read_file, save_file
from service.operations.studio.drafts import draft_for
from service.web.csrf import OLD_PAGE, guard, stale
from service.web.frame import render
from service.web.request import STAFF, access, asking, now, parts, staff, transaction
from service.web.studio.compare import named
from service.web.studio.saving import preferred, revision

studio_text = guard(
    Blueprint("studio_text", __name__, url_prefix="/studio/concepten/<uuid:draft_id>/tekst")
)
KINDS = ("profile", "scenario", "table_tests")
"""What people edit as text; the others have editors of their own."""


@dataclass(frozen=True, kw_only=True)
class _Typed:
    """What stands in the box, whatever became of it."""

    text: str
    revision: int
    notice: str = ""
    conflicts: Sequence[str] = ()


@studio_text.get("")
@access(STAFF)
def show(draft_id: UUID) -> ResponseReturnValue:
    """The file with what is wrong with it."""
    return _page(draft_id, None)


@studio_text.post("")
@access(STAFF, keeps_text=True)
def save(draft_id: UUID) -> ResponseReturnValue:
    """Saves it, merged with what colleagues saved; whatever goes wrong, the text stays."""
    typed = _Typed(text=_text(), revision=revision())
    if stale():
        return _page(draft_id, replace(typed, notice=_(OLD_PAGE))), 400
    try:
        saved = _save(draft_id, typed)
    except NotFound:
        raise
    except Unreadable as error:
        return _page(draft_id, replace(typed, notice=str(error))), 422
    except MeldrouteError as error:
        return _page(draft_id, replace(typed, notice=str(error))), 409
    if not saved.saved:
        return _page(draft_id, replace(typed, conflicts=saved.conflicts)), 409
    flash(_("Bewaard in het concept."), "ok")
    return redirect(url_for("studio_text.show", draft_id=draft_id, pad=_path()))


def _save(draft_id: UUID, typed: _Typed) -> Saved:
    with transaction() as session:
        return save_file(
            session,
            **asking(session),
            draft_id=draft_id,
            file=ToSave(
                path=_path(),
                content=typed.text.encode(),
                revision=typed.revision,
                prefer=preferred(),
            ),
            now=now(),
        )


def _page(draft_id: UUID, typed: _Typed | None) -> str:
    with transaction() as session:
        actor, path = staff(session), _path()
        draft = draft_for(session, parts(), draft_id=draft_id, actor=actor)
        if typed is None:
            read = read_file(session, parts(), draft_id=draft_id, path=path, actor=actor)
            typed = _Typed(text=(read.content or b"").decode(), revision=read.revision)
        unsaved = Unsaved(path=path, content=typed.text.encode())
        findings = None  # Of what cannot be read, the notice says all there is to say.
        with suppress(Unreadable):
            findings = check_draft(
                session, parts(), draft_id=draft_id, actor=actor, now=now(), unsaved=unsaved
            )
        return render(
            session,
            actor,
            "studio/tekst.html",
            page="studio",
            draft=draft,
            path=path,
            name=name_of(path, typed.text.encode()),
            named=named,
            typed=typed,
            findings_found=findings,
        )


def _path() -> str:
    path = request.args.get("pad", "")
    try:
        known = kind_of(path) in KINDS
    except Unreadable:
        known = False
    if not known:
        raise NotFound("Dit bestand is er niet, of heeft een eigen editor.")
    return path


def _text() -> str:
    """What was typed; a browser sends CRLF, files have LF."""
    return request.form.get("tekst", "").replace("\r\n", "\n")
