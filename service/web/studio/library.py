"""The studio: what is published, and what is being changed."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import InvalidInput
from service.operations.studio.drafts import open_draft, open_drafts
from service.operations.studio.library import library
from service.web.csrf import guard, stale
from service.web.frame import render
from service.web.request import STAFF, access, application, now, staff, transaction

studio = guard(Blueprint("studio", __name__, url_prefix="/studio"))
_OLD_PAGE = "Deze bladzijde was verouderd. Kijk na wat u invulde en bewaar het opnieuw."


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
        return _page(title=title, notice=_(_OLD_PAGE)), 400
    try:
        draft_id = _open(title)
    except InvalidInput as error:
        return _page(title=title, errors=error.fields["titel"]), 422
    flash(_("Het concept is begonnen. Pas als u publiceert, merken anderen er iets van."), "ok")
    return redirect(url_for("studio_draft.show", draft_id=draft_id))


def _open(title: str) -> UUID:
    with transaction() as session:
        return open_draft(
            session,
            application().collaborators,
            title=title,
            actor=staff(session),
            now=now(),
        )


def _page(*, title: str = "", errors: list[str] | None = None, notice: str = "") -> str:
    with transaction() as session:
        actor = staff(session)
        parts = application().collaborators
        return render(
            session,
            actor,
            "studio/bibliotheek.html",
            page="studio",
            library=library(session, parts, actor=actor),
            drafts=open_drafts(session, parts, actor=actor),
            title=title,
            errors=errors or [],
            notice=notice,
        )
