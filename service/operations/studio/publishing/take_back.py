"""Takes a publication back: the emergency brake of who owns the processes."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict
from service.operations import bundle_files, rights
from service.operations.collaborators import Collaborators
from service.operations.moving.batches import stop_batch, undo_batch
from service.operations.publish import publish
from service.operations.said import said
from service.operations.studio.drafts import require_owner
from service.operations.studio.originals import follow_taking_back
from service.operations.studio.publishing.confirming import ask_confirmation
from service.operations.studio.publishing.publications import numbered
from service.operations.studio.publishing.publish_draft import Done
from service.storage import MigrationBatch, MigrationItem, Municipality, Publication


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
    the publication that is taken back stays there, until somebody moves it. No approval is asked
    beforehand; where the profile that is taken back asks for four eyes, somebody else confirms it
    afterwards.

    Raises:
        NotFound: there is no such publication for this actor.
        Conflict: it is not the newest, or there was none before it.
        WrongField: no reason, or one without end.
        Refused: what was published before does not pass the checks of today.
    """
    four_eyes = require_owner(session, collaborators, actor).four_eyes
    row = _newest(session, actor.municipality, number)
    why = said(reason)
    content = bundle_files.unpack(numbered(session, actor.municipality, number - 1).files)
    # First the cases: whoever may publish now need not be allowed to by the profile of before.
    for batch in _to_undo(session, row.id):
        if batch.state == "running":
            stop_batch(session, collaborators, batch_id=batch.id, actor=actor)
            _leave_waiting(session, batch.id)
        undo_batch(session, collaborators, batch_id=batch.id, actor=actor, now=now)
    result = publish(
        session,
        content=content,
        published_by=actor.name,
        reason=why,
        now=now,
        undoes=number,
    )
    follow_taking_back(
        session,
        municipality=actor.municipality,
        restored=number - 1,
        number=result.number,
        now=now,
    )
    thing = f"publicatie {number}"
    rights.note_access(session, actor=actor, what="publicatie_teruggedraaid", now=now, thing=thing)
    if four_eyes:
        ask_confirmation(session, publication_id=result.id, actor=actor)
    return Done(id=result.id, number=result.number, batch_id=None, to_confirm=four_eyes)


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
