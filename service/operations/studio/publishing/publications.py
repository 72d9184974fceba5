"""The publications of a municipality: who, when, why, and what was accepted."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from service.domain.actor import Actor
from service.domain.errors import NotFound
from service.operations import bundle_files, rights
from service.operations.collaborators import Collaborators
from service.operations.studio.drafts import require_owner
from service.operations.studio.publishing.confirming import Confirmation, confirmations
from service.storage import MigrationBatch, Municipality, Publication


@dataclass(frozen=True, kw_only=True)
class PublicationLine:
    """One publication in the list."""

    number: int
    published_at: datetime
    published_by: str
    approved_by: str | None
    reason: str
    accepted: tuple[Mapping[str, Any], ...]
    """The warnings that were accepted: file, element, code and reason of each."""
    undoes: int | None
    """The number of the publication that it takes back."""
    undone_by: int | None
    """The number of the publication that took it back."""
    confirmation: Confirmation | None
    """Of a taking back for which a second person is asked; else None."""
    current: bool
    batches: tuple[UUID, ...]
    """The batches that move cases to it, the oldest first."""

    @property
    def to_confirm(self) -> bool:
        """Whether it waits for a second person; not when it was taken back itself."""
        asked = self.confirmation is not None and self.confirmation.by is None
        return asked and self.undone_by is None


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A publication as one file."""

    number: int
    municipality: str
    content: bytes
    """The same bytes for the same publication, each time."""


def publications(
    session: Session, collaborators: Collaborators, *, actor: Actor
) -> tuple[PublicationLine, ...]:
    """All publications of the actor's municipality, the newest first.

    Raises:
        NotFound: the actor's role does not publish.
    """
    require_owner(session, collaborators, actor)
    rows = session.scalars(
        select(Publication)
        .options(defer(Publication.files))
        .where(Publication.municipality == actor.municipality)
        .order_by(Publication.number.desc())
    ).all()
    current = session.scalar(
        select(Municipality.publication_id).where(Municipality.id == actor.municipality)
    )
    undone = {row.undoes: row.number for row in rows if row.undoes is not None}
    batches = _batches(session, actor.municipality)
    confirmed = confirmations(session, actor)
    return tuple(
        PublicationLine(
            number=row.number,
            published_at=row.published_at,
            published_by=row.published_by,
            approved_by=row.approved_by_name,
            reason=row.reason,
            accepted=tuple(row.accepted),
            undoes=row.undoes,
            undone_by=undone.get(row.number),
            confirmation=confirmed.get(row.id),
            current=row.id == current,
            batches=tuple(batches.get(row.id, ())),
        )
        for row in rows
    )


def _batches(session: Session, municipality: str) -> Mapping[UUID, Sequence[UUID]]:
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    query = (
        select(MigrationBatch.publication_id, MigrationBatch.id)
        .where(MigrationBatch.municipality == municipality)
        .order_by(MigrationBatch.started_at)
    )
    for publication_id, batch_id in session.execute(query):
        found[publication_id].append(batch_id)
    return found


def download(
    session: Session, collaborators: Collaborators, *, number: int, actor: Actor, now: datetime
) -> Bundle:
    """A publication as one file, to keep or to publish elsewhere.

    Raises:
        NotFound: there is no such publication for this actor.
    """
    require_owner(session, collaborators, actor)
    row = numbered(session, actor.municipality, number)
    thing = f"publicatie {number}"
    rights.note_access(session, actor=actor, what="publicatie_opgehaald", now=now, thing=thing)
    packed = bundle_files.pack(bundle_files.unpack(row.files))
    return Bundle(number=number, municipality=actor.municipality, content=packed)


def numbered(session: Session, municipality: str, number: int) -> Publication:
    """A publication of a municipality.

    Raises:
        NotFound: it has none of this number.
    """
    row = session.scalars(
        select(Publication).where(
            Publication.municipality == municipality, Publication.number == number
        )
    ).one_or_none()
    if row is None:
        raise NotFound(f"Publicatie {number} bestaat niet; kijk welke er zijn.")
    return row
