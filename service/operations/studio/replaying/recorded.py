"""What the history of a closed case says was put into it: answers, results, messages, moments."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from service import engine
from service.domain.errors import MeldrouteError
from service.operations.case import Case
from service.operations.history import WITHOUT_A_STEP, detail_of
from service.operations.moving.move_case import MOVED
from service.operations.moving.undo_move import UNDONE
from service.operations.repairs import KINDS as REPAIRED
from service.storage import Event


class Unplayable(MeldrouteError):
    """A case that cannot be replayed; the message says why, without a word of its content."""


@dataclass(frozen=True, kw_only=True)
class Input:
    """One thing that was put into a case."""

    kind: Literal["task", "job", "message", "signal", "time"]
    at: datetime
    name: str = ""
    """The id of the element, or the name of the message."""
    process_id: str = ""
    form_id: str | None = None
    roles: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    """The answers, the result or the payload."""


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """How a case began."""

    at: datetime
    variables: Mapping[str, Any]
    message: str | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    timer: str | None = None


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A closed case as far as its history tells it."""

    process_id: str
    beginning: Beginning
    inputs: tuple[Input, ...]
    ended_at: datetime
    ended_as: str
    variables: Mapping[str, Any]
    """As they were at the end."""
    done: tuple[tuple[str, str], ...]
    """Every element that was completed: process and id, sorted."""


def recorded(case: Case, events: Sequence[Event]) -> Recorded:
    """What was put into a closed case.

    Raises:
        Unplayable: somebody repaired or moved it, or something happened that is not told in full.
    """
    kinds = {event.kind for event in events}
    if kinds & REPAIRED:
        raise Unplayable("er is onderweg met de hand iets hersteld of stilgezet")
    if kinds & {MOVED, UNDONE}:
        raise Unplayable("de zaak is onderweg overgezet naar een andere publicatie")
    if not events or events[0].kind != "gestart" or case.instance.ended_at is None:
        raise Unplayable("het begin staat niet in de geschiedenis")
    variables = engine.variables_for(case.published.bundle, case.state, None)
    return Recorded(
        process_id=case.instance.process_id,
        beginning=_beginning(case, events[0]),
        inputs=tuple(_inputs(case, events[1:])),
        ended_at=case.instance.ended_at,
        ended_as=case.instance.end_name or "",
        variables=variables,
        done=tuple(
            sorted(
                (process_id, element_id)
                for event in events
                for process_id, element_id, what, *_ in event.trail
                if what == "completed"
            )
        ),
    )


def _beginning(case: Case, event: Event) -> Beginning:
    own = {"registratie": {"kenmerk": case.instance.reference}}
    told = detail_of(case, event)
    if event.element_id is not None:
        return Beginning(at=event.at, variables=own, timer=event.element_id)
    if event.element_name is not None:
        return Beginning(
            at=event.at, variables=own, message=event.element_name, payload=told.get("payload", {})
        )
    return Beginning(at=event.at, variables={**told, **own})


def _inputs(case: Case, events: Sequence[Event]) -> Iterator[Input]:
    for event in events:
        if event.kind in WITHOUT_A_STEP:
            continue
        told = detail_of(case, event)
        match event.kind:
            case "taak_afgerond":
                yield Input(
                    kind="task",
                    at=event.at,
                    name=event.element_id or "",
                    process_id=told["process_id"],
                    form_id=told["form_id"],
                    roles=tuple(event.roles),
                    values=told["answers"],
                )
            case "taak_uitgevoerd":
                yield Input(kind="job", at=event.at, name=event.element_id or "", values=told)
            case "bericht_ontvangen" | "signaal_gehoord":
                yield Input(
                    kind="message" if event.kind == "bericht_ontvangen" else "signal",
                    at=event.at,
                    name=event.element_name or "",
                    values=told.get("payload", {}),
                )
            case "tijd_verstreken":
                yield Input(kind="time", at=event.at)
            case _:
                raise Unplayable("er is iets gebeurd dat niet na te spelen is")
