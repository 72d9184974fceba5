"""The history of a case: every event is written here, and here its sealed part is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import Actor
from service.operations.case import Case, write
from service.storage import Event, case_writes
from service.storage.vault import chain

UNSENT = "antwoorden_bewaard"
"""The event that holds answers to a task that lapsed, or whose questions have changed."""
WITHOUT_A_STEP = frozenset(
    {
        "incident",
        "notitie",
        "geescaleerd",
        UNSENT,
        "taak_teruggenomen",
        "bericht_mislukt",
        "bericht_niet_verwacht",
        "zaak_gekoppeld",
        "gemeenteoverdracht",
        "verstrekking",
    }
)
"""Events after which the state of a case is what it was."""


@dataclass(frozen=True, kw_only=True)
class Happening:
    """What an event in the history of a case says."""

    kind: str
    """``gestart``, ``taak_afgerond``, ``tijd_verstreken``, ``bericht_ontvangen`` …"""
    actor: Actor
    element_id: str | None = None
    element_name: str | None = None
    roles: Sequence[str] = ()
    detail: Mapping[str, Any] = field(default_factory=dict)
    """Case content, encrypted where it is kept."""


def append_event(
    session: Session,
    case: Case,
    happening: Happening,
    *,
    now: datetime,
    trail: Sequence[engine.TrailEntry] = (),
) -> None:
    """Adds an event to the history of a case in which the engine took no step."""
    write(session, case.instance, put_event(session, case, happening, now=now, trail=trail))


def put_event(
    session: Session,
    case: Case,
    happening: Happening,
    *,
    now: datetime,
    trail: Sequence[engine.TrailEntry],
) -> Mapping[str, Any]:
    """Adds an event; the result is the new head of the chain, columns of the case to be written."""
    instance = case.instance
    values: dict[str, Any] = {
        "instance_id": instance.id,
        "seq": instance.event_count + 1,
        "municipality": instance.municipality,
        "at": now,
        "kind": happening.kind,
        "actor_id": happening.actor.user_id,
        "actor_name": happening.actor.name,
        "element_id": happening.element_id,
        "element_name": happening.element_name,
        "roles": list(happening.roles),
        "trail": [_kept(step) for step in trail],
        "detail": case.vault.seal("event", engine.dump_values(happening.detail))
        if happening.detail
        else None,
    }
    last = event_hash(instance.last_hash, values)
    case_writes.put_event(session, {**values, "hash": last})
    return {"event_count": values["seq"], "last_hash": last}


def _kept(step: engine.TrailEntry) -> list[Any]:
    """As ``Event.trail`` holds it."""
    told = [step.process_id, step.element_id, step.what]
    if step.element_type == engine.REPETITION or step.seconds is not None:
        return [*told, step.seconds]
    return told


def event_hash(previous: bytes, event: Mapping[str, Any]) -> bytes:
    """The hash of an event, given that of the one before it."""
    told = {key: value for key, value in event.items() if key not in ("detail", "hash", "at")}
    told["at"] = event["at"].astimezone(UTC).isoformat()
    return chain(previous, orjson.dumps(told, option=orjson.OPT_SORT_KEYS), event["detail"] or b"")


def detail_of(case: Case, event: Event) -> Mapping[str, Any]:
    """The sealed part of an event."""
    if event.detail is None:
        return {}
    return dict(engine.load_values(case.vault.open("event", event.detail)))


def unsent(
    task: Mapping[str, Any], typed: Mapping[str, Any], *, publication_id: UUID, writer: Actor
) -> Happening:
    """An event that holds answers that were never sent in.

    ``task`` are the columns of the task when its form was that of this publication.
    """
    return Happening(
        kind=UNSENT,
        actor=writer,
        element_id=task["element_id"],
        element_name=task["name"],
        roles=task["roles"],
        detail={
            "publication": publication_id.hex,
            "process_id": task["process_id"],
            "form_id": task["form_id"],
            "answers": typed,
        },
    )
