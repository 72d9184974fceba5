"""Locking a case extra: for whom it stays open, why, and taking the lock off."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import Conflict, InvalidInput
from service.operations.find_case import find_case
from service.operations.lock_extra import lock_extra
from service.operations.said import MAX_REASON
from service.operations.show_lock import show_lock
from service.operations.unlock_extra import unlock_extra
from service.web.csrf import guard, stale
from service.web.frame import render
from service.web.request import STAFF, access, now, of_case, parts, staff, transaction

lock = guard(Blueprint("lock", __name__, url_prefix="/zaken"))


@lock.get("/<reference>/vergrendeling")
@access(STAFF)
def show(reference: str) -> ResponseReturnValue:
    """For whom the case is locked, and for whom not."""
    return _page(reference)


@lock.post("/<reference>/vergrendeling")
@access(STAFF, keeps_text=True)
def do(reference: str) -> ResponseReturnValue:
    """Locks, names others, or unlocks; what is refused keeps what was typed."""
    if stale():
        why = _("Deze bladzijde was verouderd. Er is niets gedaan; doe het opnieuw.")
        return _page(reference, notice=why), 400
    unlocks = request.form.get("formulier") == "opheffen"
    try:
        sees = _unlock(reference) if unlocks else _lock(reference)
    except Conflict as error:
        return _page(reference, notice=str(error)), 409
    except InvalidInput as error:
        errors = {name: " ".join(said) for name, said in error.fields.items()}
        return _page(reference, errors=errors or {"named": str(error)}), 422
    done = _("De vergrendeling is opgeheven.") if unlocks else _("De zaak is extra vergrendeld.")
    flash(done, "ok")
    return redirect(url_for("case.show" if sees else "lock.show", reference=reference))


def _lock(reference: str) -> bool:
    with transaction() as session:
        actor = staff(session)
        instance_id = find_case(session, reference=reference, actor=actor)
        lock_extra(
            session,
            parts(),
            instance_id=instance_id,
            named=_named(),
            reason=request.form.get("reden", ""),
            actor=actor,
            now=now(),
        )
        return show_lock(session, parts(), instance_id=instance_id, actor=actor).may_unlock


def _unlock(reference: str) -> bool:
    with transaction() as session:
        why = request.form.get("reden", "")
        unlock_extra(session, parts(), **of_case(session, reference), reason=why)
    return True


def _named() -> set[UUID]:
    try:
        return {UUID(value) for value in request.form.getlist("wie")}
    except ValueError:
        text = _("Kies uit de lijst.")
        raise InvalidInput(text, {"named": [text]}) from None


def _page(reference: str, *, errors: dict[str, str] | None = None, notice: str = "") -> str:
    with transaction() as session:
        actor = staff(session)
        instance_id = find_case(session, reference=reference, actor=actor)
        view = show_lock(session, parts(), instance_id=instance_id, actor=actor)
        typed = request.form.get("formulier", "")
        chosen = set(request.form.getlist("wie")) if typed else {str(key) for key in view.named}
        return render(
            session,
            actor,
            "vergrendeling.html",
            page="cases" if view.may_unlock or not view.locked else "repairs",
            view=view,
            people=[
                (str(one.id), one.name, str(one.id) in chosen)
                for one in view.people
                if one.id != actor.user_id
            ],
            typed=typed,
            reason=request.form.get("reden", ""),
            errors=errors or {},
            notice=notice,
            longest=MAX_REASON,
        )
