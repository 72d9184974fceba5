"""The studio: what is published, what is being changed, and what is new in the product."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import InvalidInput, NotFound
from service.operations.studio.drafts import open_draft, open_drafts
from service.operations.studio.follow_original import decline_original, follow_original
from service.operations.studio.library import library, renewed, with_words
from service.operations.studio.publishing.confirming import unconfirmed
from service.web.csrf import OLD_PAGE, guard, stale
from service.web.frame import render
from service.web.request import STAFF, access, asking, now, parts, staff, transaction
from service.web.studio.compare import named
from service.web.studio.saving import preferred

studio = guard(Blueprint("studio", __name__, url_prefix="/studio"))


@studio.get("")
@access(STAFF)
def index() -> ResponseReturnValue:
    """The library and the drafts."""
    return _page()


@studio.post("")
@access(STAFF, keeps_text=True)
def begin() -> ResponseReturnValue:
    """Begins a draft."""
    title = request.form.get("titel", "")
    if stale():
        return _page(title=title, notice=_(OLD_PAGE)), 400
    try:
        with transaction() as session:
            draft_id = open_draft(session, **asking(session), title=title, now=now())
    except InvalidInput as error:
        return _page(title=title, errors=error.fields["title"]), 422
    flash(_("Het concept is begonnen. Pas als u publiceert, merken anderen er iets van."), "ok")
    return redirect(url_for("studio_draft.show", draft_id=draft_id))


@studio.post("/origineel")
@access(STAFF)
def original() -> ResponseReturnValue:
    """Takes a newer original into a draft, or leaves it."""
    path = request.form.get("pad", "")
    if request.form.get("doe") == "laten":
        with transaction() as session:
            decline_original(session, **asking(session), path=path, now=now())
        flash(_("U laat deze versie liggen. Een volgende versie ziet u hier weer."), "ok")
        return redirect(url_for("studio.index"))
    return _follow(path)


def _follow(path: str) -> ResponseReturnValue:
    draft_id = _draft()
    with transaction() as session:
        actor = staff(session)
        saved = follow_original(
            session,
            parts(),
            draft_id=draft_id,
            path=path,
            prefer=preferred(),
            actor=actor,
            now=now(),
        )
        if not saved.saved:
            page = render(
                session,
                actor,
                "studio/origineel.html",
                page="studio",
                path=path,
                draft_id=draft_id,
                conflicts=saved.conflicts,
                named=named,
            )
            return page, 409
    flash(_("De nieuwe versie staat in het concept, met wat u zelf had veranderd."), "ok")
    return redirect(url_for("studio_draft.show", draft_id=draft_id))


def _draft() -> UUID:
    try:
        return UUID(request.form.get("concept", ""))
    except ValueError:
        raise NotFound("Kies eerst een concept waarin de nieuwe versie komt.") from None


def _page(*, title: str = "", errors: list[str] | None = None, notice: str = "") -> str:
    words = request.args.get("zoek", "")
    with transaction() as session:
        actor = staff(session)
        whole = library(session, parts(), actor=actor)
        return render(
            session,
            actor,
            "studio/bibliotheek.html",
            page="studio",
            library=with_words(whole, words),
            renewed=renewed(whole),
            drafts=open_drafts(session, parts(), actor=actor),
            unconfirmed=unconfirmed(session, actor.municipality),
            words=words,
            title=title,
            errors=errors or [],
            notice=notice,
        )
