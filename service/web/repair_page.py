"""The render model of the page that repairs a case."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from service.operations import rights
from service.operations.published import Published
from service.operations.show_repair import Place, RepairView
from service.web import words
from service.web.case_page import HistoryView
from service.web.views import DueView, due_view, process_name, role_names

_KIND = {
    "userTask": "Taak",
    "serviceTask": "Automatische stap",
    "sendTask": "Automatische stap",
    "receiveTask": "Wacht op een bericht",
    "callActivity": "Deelproces; alles wat erin loopt hoort erbij",
    "subProcess": "Deel van het proces; alles wat erin loopt hoort erbij",
    "transaction": "Deel van het proces; alles wat erin loopt hoort erbij",
    "parallelGateway": "Wacht op de andere takken",
    "inclusiveGateway": "Wacht op de andere takken",
    "eventBasedGateway": "Wacht op wat het eerst gebeurt",
}


_PARTS = frozenset({"callActivity", "subProcess", "transaction"})


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What somebody filled in, so that it is there when the page comes back."""

    form: str = ""
    """Which form of the page."""
    action: str = ""
    reason: str = ""
    token: str = ""
    to: str = ""
    path: str = ""
    value: str = ""
    confirmed: bool = False

    @classmethod
    def of(cls, posted: Mapping[str, str]) -> Self:
        """From the fields of a form."""
        return cls(
            form=posted.get("formulier", ""),
            action=posted.get("actie", ""),
            reason=posted.get("reden", ""),
            token=posted.get("plek", ""),
            to=posted.get("naar", ""),
            path=posted.get("gegeven", "").strip(),
            value=posted.get("waarde", ""),
            confirmed=posted.get("bevestigd") == "ja",
        )


@dataclass(frozen=True, kw_only=True)
class PlaceView:
    """One place where the case stands, in words."""

    token: str
    name: str
    kind: str
    part: str
    holder: str
    due: DueView | None
    choices: tuple[tuple[str, str], ...]
    """Where it can be moved to; empty for what only waits beside something else."""
    can_skip: bool


def repair_values(
    view: RepairView, current: Published, typed: Typed, now: datetime
) -> dict[str, Any]:
    """Everything that ``herstel.html`` draws besides errors and the confirmation."""
    instance = view.case.instance
    status, kind = words.case_status(instance)
    return {
        "reference": instance.reference,
        "title": process_name(view.case.published, instance.process_id),
        "status": status,
        "status_kind": kind,
        "ended": view.ended,
        "incident": instance.incident or "",
        "suspended": rights.why_suspended(instance),
        "held_messages": view.held_messages,
        "places": [
            _place(place, current, now)
            for place in sorted(view.places, key=_around)
            if not place.armed
        ],
        "beside": [_place(place, current, now) for place in view.places if place.armed],
        "redoable": [
            (f"{scope}|{key}", _unique(view, name, scope)) for scope, key, name in view.redoable
        ],
        "variables": view.variables,
        "repairs": list(_repairs(view)),
        "typed": typed,
        "asked": _asked(view, typed),
        "case_visible": view.overseen,
        "locked": view.locked,
    }


def _around(place: Place) -> bool:
    """What holds other places comes after them."""
    return place.element_type in _PARTS


def _place(place: Place, current: Published, now: datetime) -> PlaceView:
    ways = (
        (key, f"{name} (opnieuw beginnen)" if key == place.element_id else name)
        for key, name in place.can_go_to
        if name != key or key == place.element_id
    )
    holder = ", ".join(role_names(place.roles, current))
    if place.assignee:
        holder = f"{holder}, opgepakt door {place.assignee}"
    return PlaceView(
        token=str(place.token_id),
        name=place.name,
        kind=_kind(place),
        part=" › ".join(place.parts),
        holder=holder,
        due=due_view(place.due, now),
        choices=tuple(sorted(ways, key=lambda way: way[1])) if not place.armed else (),
        can_skip=not place.armed and place.element_type != "eventBasedGateway",
    )


def _kind(place: Place) -> str:
    if place.element_type in _KIND:
        return _KIND[place.element_type]
    return "Wacht op een moment" if place.due else "Wacht op een gebeurtenis"


def _unique(view: RepairView, name: str, scope: str) -> str:
    """The name of a step, with the part that it is in where the case has several."""
    parts = next((place.parts for place in view.places if place.scope == scope), ())
    return f"{name} ({' › '.join(parts)})" if parts else name


def _asked(view: RepairView, typed: Typed) -> str:
    """What must be confirmed, in words."""
    place = next((p.name for p in view.places if str(p.token_id) == typed.token), "deze stap")
    names = {key: name for p in view.places for key, name in p.can_go_to}
    to = names.get(typed.to.rpartition("|")[2], "een andere stap")
    return {
        "verplaatsen": f"U wilt de zaak verplaatsen van ‘{place}’ naar ‘{to}’.",
        "overslaan": f"U wilt ‘{place}’ overslaan.",
        "opnieuw": f"U wilt ‘{to}’ opnieuw laten doen.",
    }.get(typed.action, "")


def _repairs(view: RepairView) -> Iterator[HistoryView]:
    for done in view.repairs:
        against = " (Bevestigd zonder steun van het diagram.)" if done.against else ""
        yield HistoryView(
            at=done.at,
            text=words.repair_sentence(done.kind, done.element_name),
            who=done.actor_name,
            reason=f"{done.reason}{against}",
        )
