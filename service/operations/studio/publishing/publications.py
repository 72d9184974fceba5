"""The publications of a municipality: who, when, why, what was accepted; and taking one back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from service.domain.actor import Actor
from service.domain.errors import Conflict, NotFound, WrongField
from service.operations import bundle_files, rights
from service.operations.collaborators import Collaborators
from service.operations.moving.batches import stop_batch, undo_batch
from service.operations.publish import publish
from service.operations.said import MAX_REASON
from service.operations.studio.drafts import require_owner
from service.operations.studio.publishing.publish_draft import Done
from service.storage import MigrationBatch, MigrationItem, Municipality, Publication


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
    current: bool
    batches: tuple[UUID, ...]
    """The batches that move cases to it, the oldest first."""


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


def take_back(
    session: Session,
    collaborators: Collaborators,
    *,
    number: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Done:
    """Publishes what was published before, as a new publication, and puts moved cases back.

    Cases that were moved and that nobody has worked on since go back as they were. What began on
    the publication that is taken back stays there, until somebody moves it. No approval is asked:
    what comes back has been published before.

    Raises:
        NotFound: there is no such publication for this actor.
        Conflict: it is not the newest, or there was none before it.
        WrongField: no reason.
        Refused: what was published before does not pass the checks of today.
    """
    require_owner(session, collaborators, actor)
    row = _newest(session, actor.municipality, number)
    cleaned = reason.strip()
    if not cleaned or len(cleaned) > MAX_REASON:
        told = f"Schrijf in ten hoogste {MAX_REASON} tekens op waarom."
        raise WrongField("Schrijf op waarom u de publicatie terugdraait.", {"reason": [told]})
    before = numbered(session, actor.municipality, number - 1)
    # First the cases: whoever may publish now need not be allowed to by the profile of before.
    for batch in _to_undo(session, row.id):
        if batch.state == "running":
            stop_batch(session, collaborators, batch_id=batch.id, actor=actor)
            _leave_waiting(session, batch.id)
        undo_batch(session, collaborators, batch_id=batch.id, actor=actor, now=now)
    result = publish(
        session,
        content=bundle_files.unpack(before.files),
        published_by=actor.name,
        reason=cleaned,
        now=now,
        undoes=number,
    )
    thing = f"publicatie {number}"
    rights.note_access(session, actor=actor, what="publicatie_teruggedraaid", now=now, thing=thing)
    return Done(id=result.id, number=result.number, batch_id=None)


def _newest(session: Session, municipality: str, number: int) -> Publication:
    """The newest publication, with the municipality held, so that of two only one takes it back."""
    current = session.scalar(
        select(Municipality.publication_id).where(Municipality.id == municipality).with_for_update()
    )
    row = numbered(session, municipality, number)
    if row.id != current:
        raise Conflict(
            f"Publicatie {number} is niet (meer) de nieuwste. Draai eerst terug wat erna kwam, of "
            "maak een concept."
        )
    if number == 1:
        raise Conflict("Dit is de eerste publicatie; er is niets om naar terug te gaan.")
    return row


def _leave_waiting(session: Session, batch_id: UUID) -> None:
    """Leaves the cases that were still to go where they are, once the one at hand is done."""
    session.flush()
    held = session.scalars(
        select(MigrationItem)
        .where(MigrationItem.batch_id == batch_id, MigrationItem.state == "waiting")
        .order_by(MigrationItem.instance_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for item in held:
        item.state = "skipped"
        item.reason = "De publicatie is teruggedraaid voordat deze zaak aan de beurt was."
    session.flush()


def _to_undo(session: Session, publication_id: UUID) -> Sequence[MigrationBatch]:
    return session.scalars(
        select(MigrationBatch)
        .where(
            MigrationBatch.publication_id == publication_id,
            MigrationBatch.state.in_(("running", "stopped", "done")),
        )
        .order_by(MigrationBatch.started_at.desc())
    ).all()
