"""Repairing a case: where it stands, and what functioneel beheer can do about it."""

from collections.abc import Callable, Mapping
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import (
    Conflict,
    Incident,
    InvalidInput,
    MeldrouteError,
    NotFound,
    Unconfirmed,
)
from service.operations.cancel_instance import cancel_instance
from service.operations.find_case import find_case
from service.operations.list_repairs import list_repairs
from service.operations.move_token import move_token
from service.operations.redo_element import redo_element
from service.operations.resume_instance import resume_instance
from service.operations.retry_incident import NewValue, retry_with
from service.operations.set_variable import read_value, set_variable
from service.operations.show_repair import show_repair
from service.operations.skip_token import skip_token
from service.operations.suspend_instance import suspend_instance
from service.web.case_page import case_line
from service.web.csrf import guard, stale
from service.web.frame import publication_of, render
from service.web.inbox import page_url
from service.web.repair_page import Typed, repair_values
from service.web.request import STAFF, access, now, of_case, parts, staff, transaction

repair = guard(Blueprint("repair", __name__, url_prefix="/zaken"))


@repair.get("/herstel")
@access(STAFF)
def index() -> ResponseReturnValue:
    """The cases that stand still, and a way to find another one."""
    reference, after = request.args.get("kenmerk", "").strip(), request.args.get("na")
    with transaction() as session:
        actor = staff(session)
        page = list_repairs(
            session, parts(), actor=actor, reference=reference.upper() or None, after=after
        )
        published = publication_of(session, actor)
        return render(
            session,
            actor,
            "herstel_zaken.html",
            page="repairs",
            cases=[case_line(line, None, published, now()) for line in page.cases],
            reference=reference,
            first_url=page_url(na=None) if after else None,
            next_url=page_url(na=page.next_cursor) if page.next_cursor else None,
        )


@repair.get("/<reference>/herstel")
@access(STAFF)
def show(reference: str) -> ResponseReturnValue:
    """Where the case stands."""
    return _page(reference, Typed())


@repair.post("/<reference>/herstel")
@access(STAFF, keeps_text=True)
def do(reference: str) -> ResponseReturnValue:
    """Does one thing; what cannot be done, or must be confirmed, keeps what was typed."""
    typed = Typed.of(request.form)
    if stale():
        why = _("Deze bladzijde was verouderd. Er is niets gedaan; doe het opnieuw.")
        return _page(reference, typed, notice=why), 400
    try:
        _act(reference, typed)
    except Unconfirmed as error:
        return _page(reference, typed, oddities=error.oddities), 409
    except InvalidInput as error:
        errors = {name: " ".join(said) for name, said in error.fields.items()}
        return _page(reference, typed, errors=errors or {"": str(error)}), 422
    except (Conflict, Incident, NotFound) as error:
        return _page(reference, typed, notice=_sentence(error)), 409
    flash(_DONE[typed.action], "ok")
    return redirect(url_for("repair.show", reference=reference))


def _sentence(error: MeldrouteError) -> str:
    if isinstance(error, Incident):
        return str(_("Dit is niet gedaan, want de zaak kon niet verder: %(why)s", why=str(error)))
    return str(error)


def _act(reference: str, typed: Typed) -> None:
    if typed.action not in _ACTIONS:
        raise InvalidInput("Kies wat u wilt doen.")
    with transaction() as session:
        what, more = _ACTIONS[typed.action]
        asked = of_case(session, reference)
        what(session, parts(), **asked, reason=typed.reason, **more(typed))


def _page(
    reference: str,
    typed: Typed,
    *,
    errors: Mapping[str, str] | None = None,
    notice: str = "",
    oddities: tuple[str, ...] = (),
) -> str:
    with transaction() as session:
        actor = staff(session)
        view = show_repair(
            session,
            parts(),
            instance_id=find_case(session, reference=reference, actor=actor),
            actor=actor,
            now=now(),
        )
        values = repair_values(view, publication_of(session, actor), typed, now())
        return render(
            session,
            actor,
            "herstel.html",
            page="repairs",
            errors=errors or {},
            notice=notice,
            oddities=oddities,
            **values,
        )


def _token(typed: Typed) -> UUID:
    try:
        return UUID(typed.token)
    except ValueError:
        raise InvalidInput("Kies een plek waar de zaak staat.") from None


def _where(typed: Typed) -> dict[str, object]:
    return {"token_id": _token(typed), "confirmed": typed.confirmed}


def _move(typed: Typed) -> dict[str, object]:
    if not typed.to:
        raise InvalidInput("Kies een stap.", {"to": ["Kies naar welke stap."]})
    return {**_where(typed), "to": typed.to}


def _redo(typed: Typed) -> dict[str, object]:
    if not typed.to:
        raise InvalidInput("Kies een stap.", {"to": ["Kies welke stap."]})
    scope, _bar, element_id = typed.to.rpartition("|")
    return {"element_id": element_id, "scope": scope, "confirmed": typed.confirmed}


def _variable(typed: Typed) -> dict[str, object]:
    if not typed.path:
        raise InvalidInput("Vul een naam in.", {"path": ["Vul de naam van het gegeven in."]})
    return {"path": typed.path, "value": read_value(typed.value, now())}


def _retry(typed: Typed) -> dict[str, object]:
    new = _variable(typed)
    return {"new": NewValue(path=typed.path, value=new["value"])}


def _cancel(typed: Typed) -> dict[str, object]:
    if not typed.confirmed:
        raise InvalidInput("Bevestig.", {"confirmed": ["Vink aan dat u dit zeker weet."]})
    return {}


def _nothing(_typed: Typed) -> dict[str, object]:
    return {}


_ACTIONS: Mapping[str, tuple[Callable[..., None], Callable[[Typed], dict[str, object]]]] = {
    "stilzetten": (suspend_instance, _nothing),
    "hervatten": (resume_instance, _nothing),
    "annuleren": (cancel_instance, _cancel),
    "verplaatsen": (move_token, _move),
    "overslaan": (skip_token, _where),
    "opnieuw": (redo_element, _redo),
    "gegeven": (set_variable, _variable),
    "poging": (retry_with, _retry),
}
_DONE = {
    "stilzetten": "De zaak is stilgezet.",
    "hervatten": "De zaak is hervat.",
    "annuleren": "De zaak is geannuleerd.",
    "verplaatsen": "De zaak is verplaatst.",
    "overslaan": "De stap is overgeslagen.",
    "opnieuw": "De stap is opnieuw begonnen.",
    "gegeven": "Het gegeven is ingevuld.",
    "poging": "Het gegeven is ingevuld en de zaak wordt opnieuw geprobeerd.",
}
