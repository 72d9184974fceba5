"""The package for a municipality that takes no signals here: what was handed over, to bring by
a safe channel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import NotFound
from service.operations import rights
from service.operations.case import open_case
from service.operations.collaborators import Collaborators
from service.operations.history import detail_of
from service.storage import Event

KIND = "gemeenteoverdracht"
"""The event that holds what was handed over to another municipality."""


@dataclass(frozen=True, kw_only=True)
class Package:
    """A file to bring."""

    name: str
    told: Mapping[str, Any]

    @property
    def content(self) -> bytes:
        """The same as JSON."""
        return orjson.dumps(self.told, option=orjson.OPT_INDENT_2, default=str)


def export_handover(
    session: Session,
    collaborators: Collaborators,
    *,
    instance_id: UUID,
    actor: Actor,
    now: datetime,
) -> Package:
    """The last handover to a municipality, and a line in the access log.

    Raises:
        NotFound: there is no such case for this actor, they do not coordinate, or nothing was
            handed over.
    """
    profile = collaborators.publications.current(session, actor.municipality).profile
    instance = rights.case_for(session, instance_id=instance_id, actor=actor, profile=profile)
    event = session.scalars(
        select(Event)
        .where(Event.instance_id == instance_id, Event.kind == KIND)
        .order_by(Event.seq.desc())
        .limit(1)
    ).one_or_none()
    overseen = rights.oversees(session, instance_id, actor, profile)
    if event is None or not overseen:
        raise NotFound("Hier is niets overgedragen aan een andere gemeente.")
    case = open_case(session, collaborators, instance)
    told = detail_of(case, event)
    rights.note_access(
        session, actor=actor, what="overdracht_opgehaald", now=now, instance_id=instance_id
    )
    return Package(
        name=f"overdracht-{instance.reference}.json",
        told=_package(told, event.at),
    )


def _package(told: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    return {
        "soort": "overdracht van een signaal tussen gemeenten",
        "aan": told["gemeente"],
        "overgedragen_op": at.isoformat(),
        "signaal": told["signaal"],
    }
