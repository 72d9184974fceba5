"""Links a case to another one of the same municipality."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from service.domain.actor import engine_actor
from service.domain.errors import Incident
from service.operations.case import Case
from service.operations.collaborators import Collaborators
from service.operations.history import Happening, append_event
from service.operations.links.counting import count_once
from service.operations.outbox import Letter, put_in
from service.storage import CaseLink, Instance
from service.storage.case_link import DUPLICATE
from service.storage.instance import ERASED
from service.storage.turns import take_turns

MESSAGE = "nieuw_signaal_gekoppeld"
"""Wakes a case that is only watched."""
KIND = "zaak_gekoppeld"
"""The event in the history of the case that points."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """What a case points at."""

    instance_id: UUID
    reference: str
    kind: str


def link_cases(
    session: Session,
    collaborators: Collaborators,
    case: Case,
    *,
    reference: str,
    kind: str,
    now: datetime,
) -> Link:
    """Writes the link, tells the other case, and has the facts of a duplicate count once.

    A duplicate of a duplicate becomes one of the first signal. Linking again changes nothing.

    Raises:
        Incident: there is no such case here, it is the case itself, or that one is a duplicate
            of this one already.
    """
    instance = case.instance
    one_at_a_time(session, instance.municipality)
    other = _other(session, instance, reference)
    if kind == DUPLICATE:
        other = _first(session, instance, other)
    _write(session, instance, other, kind, now)
    if kind == DUPLICATE:
        count_once(session, duplicate=instance.id, counted=other.id)
    append_event(
        session,
        case,
        Happening(
            kind=KIND,
            actor=engine_actor(instance.municipality),
            detail={"kenmerk": other.reference, "soort": kind},
        ),
        now=now,
    )
    _tell(session, collaborators, instance, other, kind, now)
    return Link(instance_id=other.id, reference=other.reference, kind=kind)


def one_at_a_time(session: Session, municipality: str) -> None:
    """Within a municipality links are made one after the other, until the transaction ends."""
    take_turns(session, f"case_link {municipality}")


def _other(session: Session, instance: Instance, reference: str) -> Instance:
    other = session.scalars(
        select(Instance).where(
            Instance.municipality == instance.municipality,
            Instance.reference == reference.strip().upper(),
            Instance.status != ERASED,
        )
    ).one_or_none()
    if other is None:
        raise Incident(
            f"Zaak {reference} bestaat niet in deze gemeente; laat functioneel beheer het kenmerk "
            "verbeteren en probeer het opnieuw."
        )
    if other.id == instance.id:
        raise Incident(f"Zaak {reference} kan niet aan zichzelf gekoppeld worden.")
    return other


def _first(session: Session, instance: Instance, other: Instance) -> Instance:
    """What ``other`` is a duplicate of, or itself."""
    first_id = session.scalar(
        select(CaseLink.to_id).where(CaseLink.from_id == other.id, CaseLink.kind == DUPLICATE)
    )
    if first_id == instance.id:
        raise Incident(
            f"Zaak {other.reference} is zelf al dubbel met deze zaak; zo zou het signaal "
            "verdwijnen. Laat functioneel beheer de triage opnieuw openen."
        )
    return session.get_one(Instance, first_id) if first_id else other


def _write(session: Session, instance: Instance, other: Instance, kind: str, now: datetime) -> None:
    values: Mapping[str, Any] = {
        "from_id": instance.id,
        "to_id": other.id,
        "municipality": instance.municipality,
        "kind": kind,
        "made_at": now,
        "made_by_name": engine_actor(instance.municipality).name,
    }
    session.execute(
        insert(CaseLink)
        .values(values)
        .on_conflict_do_update(
            index_elements=[CaseLink.from_id, CaseLink.to_id], set_={"kind": kind}
        )
    )


def _tell(
    session: Session,
    collaborators: Collaborators,
    instance: Instance,
    other: Instance,
    kind: str,
    now: datetime,
) -> None:
    """Only the kenmerk goes along: who may see the other case looks there."""
    message, _new = put_in(
        session,
        collaborators,
        Letter(
            channel="process",
            name=MESSAGE,
            correlation_key=other.reference,
            payload={"gekoppeld_signaal": {"kenmerk": instance.reference, "soort": kind}},
            actor=engine_actor(instance.municipality),
        ),
        message_id=None,
        now=now,
    )
    collaborators.queue.send_messages(session, [message.id])
