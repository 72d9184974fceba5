"""The registers of the network: lists, one entry, and changing it."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import Conflict, InvalidInput, NotFound
from service.operations.network.end_entry import end_entry, restore_entry
from service.operations.network.list_register import list_register, readable_registers
from service.operations.network.registers import register_of
from service.operations.network.save_entry import save_entry
from service.operations.network.show_entry import show_entry
from service.web import network_page
from service.web.csrf import OLD_PAGE, guard, stale
from service.web.frame import render
from service.web.inbox import page_url
from service.web.request import STAFF, access, now, parts, staff, transaction

network = guard(Blueprint("network", __name__, url_prefix="/netwerk"))
_NO_NUMBER = -1
T = TypeVar("T")


@network.get("")
@access(STAFF)
def home() -> ResponseReturnValue:
    """To the agreements, or the first register that somebody may read."""
    with transaction() as session:
        found = readable_registers(session, parts(), actor=staff(session))
    if not found:
        raise NotFound("Deze bladzijde bestaat niet, of is niet voor u.")
    ids = [register.id for register in found]
    first = "afspraken" if "afspraken" in ids else ids[0]
    return redirect(url_for("network.index", register_id=first))


@network.get("/<register_id>")
@access(STAFF)
def index(register_id: str) -> ResponseReturnValue:
    """One register."""
    after, ended = request.args.get("na"), request.args.get("toon") == "beeindigd"
    with transaction() as session:
        actor = staff(session)
        page = list_register(
            session,
            parts(),
            register_id=register_id,
            actor=actor,
            now=now(),
            ended=ended,
            after=after,
        )
        return render(
            session,
            actor,
            "netwerk.html",
            page="network",
            register=page.register,
            tabs=network_page.tabs(readable_registers(session, parts(), actor=actor), register_id),
            rows=list(network_page.rows(page)),
            ended=ended,
            may_change=page.may_change,
            attention=page.attention,
            warning_days=page.warning_days,
            first_url=page_url(na=None) if after else None,
            next_url=page_url(na=page.next_cursor) if page.next_cursor else None,
        )


@network.route("/<register_id>/nieuw", methods=["GET", "POST"])
@access(STAFF, keeps_text=True)
def new(register_id: str) -> ResponseReturnValue:
    """A new entry."""
    if request.method == "GET":
        return _page(register_id, None)
    return _save(register_id, None)


@network.get("/<register_id>/<uuid:entry_id>")
@access(STAFF)
def show(register_id: str, entry_id: UUID) -> ResponseReturnValue:
    """One entry with its history."""
    return _page(register_id, entry_id)


@network.post("/<register_id>/<uuid:entry_id>")
@access(STAFF, keeps_text=True)
def save(register_id: str, entry_id: UUID) -> ResponseReturnValue:
    """Changes an entry; whatever goes wrong, what was typed stays."""
    return _save(register_id, entry_id)


@network.post("/<register_id>/<uuid:entry_id>/einde")
@access(STAFF, keeps_text=True)
def end(register_id: str, entry_id: UUID) -> ResponseReturnValue:
    """Withdraws an agreement, or takes an entry off the list."""
    why = request.form.get("reden", "")
    if stale():
        return _page(register_id, entry_id, why=why, notice=_(OLD_PAGE)), 400
    try:
        _change(end_entry, register_id, entry_id, why=why)
    except Conflict as error:
        return _page(register_id, entry_id, why=why, notice=str(error)), 409
    except InvalidInput as error:
        return _page(register_id, entry_id, why=why, why_error=str(error)), 422
    flash(_("Dit telt vanaf vandaag niet meer mee."), "ok")
    return redirect(url_for("network.show", register_id=register_id, entry_id=entry_id))


@network.post("/<register_id>/<uuid:entry_id>/terug")
@access(STAFF)
def restore(register_id: str, entry_id: UUID) -> ResponseReturnValue:
    """Lets an ended entry count again."""
    try:
        _change(restore_entry, register_id, entry_id)
    except Conflict as error:
        return _page(register_id, entry_id, notice=str(error)), 409
    flash(_("Dit telt weer mee."), "ok")
    return redirect(url_for("network.show", register_id=register_id, entry_id=entry_id))


def _save(register_id: str, entry_id: UUID | None) -> ResponseReturnValue:
    typed = _typed(register_id)
    if stale():
        return _page(register_id, entry_id, typed=typed, notice=_(OLD_PAGE)), 400
    try:
        saved = _change(save_entry, register_id, entry_id, raw=typed)
    except Conflict as error:
        return _page(register_id, entry_id, typed=typed, notice=str(error)), 409
    except InvalidInput as error:
        return _page(register_id, entry_id, typed=typed, errors=error.fields), 422
    flash(_("‘%(name)s’ is bewaard.", name=saved.name), "ok")
    return redirect(url_for("network.show", register_id=register_id, entry_id=saved.id))


def _change(operation: Callable[..., T], register_id: str, entry_id: UUID | None, **more: Any) -> T:
    with transaction() as session:
        return operation(
            session,
            parts(),
            register_id=register_id,
            entry_id=entry_id,
            revision=_revision(),
            actor=staff(session),
            now=now(),
            **more,
        )


def _page(
    register_id: str,
    entry_id: UUID | None,
    *,
    typed: Mapping[str, Any] | None = None,
    errors: Mapping[str, list[str]] | None = None,
    notice: str = "",
    why: str = "",
    why_error: str = "",
) -> str:
    with transaction() as session:
        actor = staff(session)
        page = show_entry(
            session,
            parts(),
            register_id=register_id,
            entry_id=entry_id,
            actor=actor,
            now=now(),
        )
        if entry_id is None and not page.may_change:
            raise NotFound("Deze bladzijde bestaat niet, of is niet voor u.")
        state, state_kind = network_page.STATES.get(page.state, ("", ""))
        return render(
            session,
            actor,
            "netwerk_regel.html",
            page="network",
            register=page.register,
            entry=page.entry,
            state=state,
            state_kind=state_kind,
            model=network_page.form(page, typed, errors or {}),
            facts=network_page.facts(page),
            history=network_page.history(page),
            may_change=page.may_change,
            notice=notice,
            keeps=typed is not None or bool(why),
            why=why,
            why_error=why_error,
        )


def _typed(register_id: str) -> dict[str, Any]:
    """What was posted for each field; a list where several may be chosen."""
    return {
        field.name: request.form.getlist(field.name)
        if field.kind == "codes"
        else request.form[field.name]
        for field in register_of(register_id).fields
        if field.kind == "codes" or field.name in request.form
    }


def _revision() -> int:
    told = request.form.get("versie", "")
    return int(told) if told.isdecimal() else _NO_NUMBER
