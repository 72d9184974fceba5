"""Files of a draft: in and out of the browser, back to how they are published, or left out."""

from collections.abc import Callable
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from service.domain.errors import InvalidInput, NotFound, Refused
from service.operations.file_kinds import kind_of, name_of
from service.operations.studio.draft_files import (
    files_of,
    read_file,
    restore_file,
    take_away_file,
)
from service.operations.studio.drafts import draft_for, require_open
from service.operations.studio.take_in import take_in
from service.operations.studio.versions import bring_back, read_version, versions_of
from service.web.csrf import guard
from service.web.frame import render
from service.web.request import STAFF, access, asking, now, parts, staff, transaction
from service.web.studio.places import editor_of, kinds

studio_files = guard(
    Blueprint("studio_files", __name__, url_prefix="/studio/concepten/<uuid:draft_id>/bestand")
)


@studio_files.get("")
@access(STAFF)
def download(draft_id: UUID) -> ResponseReturnValue:
    """A file as it reads in the draft, or as it was at an earlier saving."""
    path, version = request.args.get("pad", ""), request.args.get("versie")
    with transaction() as session:
        asked = _asked(session, draft_id, path)
        if version is None:
            content = read_file(session, **asked).content
        else:
            content = read_version(session, **asked, revision=_revision(version))
    if content is None:
        raise NotFound(f"{path} staat niet meer in dit concept.")
    name = PurePosixPath(path).name
    return send_file(BytesIO(content), download_name=name, as_attachment=True)


@studio_files.get("/versies")
@access(STAFF)
def versions(draft_id: UUID) -> ResponseReturnValue:
    """How a file was, at each saving that is kept."""
    with transaction() as session:
        asked = _asked(session, draft_id, request.args.get("pad", ""))
        found = versions_of(session, **asked)
        came_from = (editor_of(draft_id)(found.path), _("Terug naar het bestand"))
        if found.kept[0].gone:
            came_from = (url_for("studio_draft.show", draft_id=draft_id), found.draft.title)
        return render(
            session,
            asked["actor"],
            "studio/versies.html",
            page="studio",
            shown=found,
            came_from=came_from,
        )


@studio_files.post("/versies")
@access(STAFF)
def go_back(draft_id: UUID) -> ResponseReturnValue:
    """Lets a file read again as it did at some saving."""
    path = request.form.get("pad", "")
    with transaction() as session:
        revision = _revision(request.form.get("versie", ""))
        bring_back(session, **_asked(session, draft_id, path), revision=revision, now=now())
    flash(_("Het bestand is weer zoals het toen was."), "ok")
    return redirect(url_for("studio_files.versions", draft_id=draft_id, pad=path))


@studio_files.get("/inlezen")
@access(STAFF)
def choose(draft_id: UUID) -> ResponseReturnValue:
    """Where a file from elsewhere is chosen."""
    return _page(draft_id)


@studio_files.post("")
@access(STAFF)
def upload(draft_id: UUID) -> ResponseReturnValue:
    """Takes a file in; it replaces the one in its place, and nothing is published."""
    sent = request.files.get("bestand")
    try:
        with transaction() as session:
            path = take_in(
                session,
                **asking(session),
                draft_id=draft_id,
                name=(sent.filename if sent else "") or "",
                content=sent.stream.read() if sent else b"",
                place=request.form.get("plaats", ""),
                now=now(),
            )
    except (Refused, InvalidInput) as error:
        return _page(draft_id, wrong=str(error)), 422
    flash(_("%(path)s is ingelezen in het concept.", path=path), "ok")
    return redirect(url_for("studio_draft.show", draft_id=draft_id))


@studio_files.post("/terugzetten")
@access(STAFF)
def restore(draft_id: UUID) -> ResponseReturnValue:
    """Lets a file read again as it is published."""
    return _done(draft_id, restore_file, _("Dit bestand is weer zoals het gepubliceerd is."))


@studio_files.post("/weglaten")
@access(STAFF)
def remove(draft_id: UUID) -> ResponseReturnValue:
    """Leaves a file out of the draft."""
    said = _("Het bestand staat niet meer in dit concept. Bij Eerdere versies haalt u het terug.")
    return _done(draft_id, take_away_file, said)


def _done(draft_id: UUID, act: Callable[..., object], said: str) -> ResponseReturnValue:
    with transaction() as session:
        act(session, **_asked(session, draft_id, request.form.get("pad", "")), now=now())
    flash(said, "ok")
    return redirect(url_for("studio_draft.show", draft_id=draft_id))


def _page(draft_id: UUID, *, wrong: str = "") -> str:
    with transaction() as session:
        actor = staff(session)
        draft = draft_for(session, parts(), draft_id=draft_id, actor=actor)
        require_open(draft)
        places: dict[str, list[tuple[str, str]]] = {}
        for path, body in sorted(files_of(session, draft).items()):
            places.setdefault(kind_of(path), []).append((path, name_of(path, body)))
        return render(
            session,
            actor,
            "studio/inlezen.html",
            page="studio",
            draft=draft,
            places=[(words, places.get(kind, [])) for kind, words in kinds().items()],
            place=request.form.get("plaats", ""),
            wrong=[wrong] if wrong else [],
        )


def _asked(session: Session, draft_id: UUID, path: str) -> dict[str, Any]:
    """Which file, and who asks."""
    return {**asking(session), "draft_id": draft_id, "path": path}


def _revision(told: str) -> int:
    if not told.isdecimal() or len(told) > 9:
        raise NotFound(f"Er is geen versie ‘{told}’; kies er een uit de lijst.")
    return int(told)
