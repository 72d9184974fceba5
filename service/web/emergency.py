"""Noodtoegang: reading a case in an emergency, with everybody told who needs to know."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import Conflict, InvalidInput
from service.operations.emergency import ends_at
from service.operations.read_in_emergency import (
    SHORTEST,
    Reading,
    read_in_emergency,
    require_staff,
)
from service.operations.said import MAX_REASON
from service.web.csrf import guard, stale
from service.web.frame import publication_of, render
from service.web.request import STAFF, access, application, now, staff, transaction
from service.web.views import span

emergency = guard(Blueprint("emergency", __name__, url_prefix="/zaken/noodtoegang"))


@emergency.get("")
@access(STAFF)
def ask() -> ResponseReturnValue:
    """What it is, what is recorded, and the question."""
    return _page({})


@emergency.post("")
@access(STAFF, keeps_text=True)
def give() -> ResponseReturnValue:
    """Gives it and goes to the case; what is refused keeps what was typed."""
    if stale():
        why = _("Deze bladzijde was verouderd. Er is niets vastgelegd; doe het opnieuw.")
        return _page({}, notice=why), 400
    try:
        found = _read()
    except Conflict as error:
        return _page({}, notice=str(error)), 409
    except InvalidInput as error:
        return _page({name: " ".join(said) for name, said in error.fields.items()}), 422
    if found is None:
        unknown = _("Een zaak met dit kenmerk is er niet. Kijk of u het goed hebt overgenomen.")
        return _page({"reference": unknown}), 422
    if found.until is None:
        flash(_("U ziet deze zaak al; noodtoegang is niet nodig en niet vastgelegd."), "info")
    return redirect(url_for("case.show", reference=found.reference))


def _read() -> Reading | None:
    with transaction() as session:
        return read_in_emergency(
            session,
            application().collaborators,
            reference=request.form.get("kenmerk", ""),
            reason=request.form.get("reden", ""),
            actor=staff(session),
            now=now(),
        )


def _page(errors: dict[str, str], *, notice: str = "") -> str:
    with transaction() as session:
        actor = staff(session)
        published = publication_of(session, actor)
        require_staff(actor, published)
        return render(
            session,
            actor,
            "noodtoegang.html",
            page="",
            reference=request.values.get("kenmerk", ""),
            reason=request.form.get("reden", ""),
            errors=errors,
            notice=notice,
            lasts=span(ends_at(published.profile, now()) - now()),
            shortest=SHORTEST,
            longest=MAX_REASON,
        )
