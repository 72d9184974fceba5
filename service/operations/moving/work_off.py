"""What the worker does for a batch: one case at a time, each in a transaction of its own."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.operations.collaborators import Collaborators
from service.operations.moving.batches import finish_batch
from service.operations.moving.cases import hold_case
from service.operations.moving.move_case import move_case
from service.operations.moving.plans import Plans
from service.operations.moving.undo_move import put_back
from service.storage import Instance, MigrationBatch, MigrationItem

_LEFT = {"running": "waiting", "undoing": "moved"}
"""The items that are still to be handled, by what the batch is at."""


class Chunk:
    """A part of a batch that one job works off; it may be begun again at any moment."""

    def __init__(self, batch_id: UUID, number: int) -> None:
        self.batch_id, self.number = batch_id, number
        self._plans: Plans | None = None

    def next_item(self, session: Session) -> UUID | None:
        """The next case to be handled; None when there is none, or the batch was stopped."""
        batch = session.get_one(MigrationBatch, self.batch_id)
        if batch.state not in _LEFT:
            return None
        return session.scalar(
            select(MigrationItem.instance_id)
            .where(
                MigrationItem.batch_id == self.batch_id,
                MigrationItem.chunk == self.number,
                MigrationItem.state == _LEFT[batch.state],
            )
            .order_by(MigrationItem.instance_id)
            .limit(1)
        )

    def handle(
        self, session: Session, collaborators: Collaborators, instance_id: UUID, *, now: datetime
    ) -> None:
        """Moves a case or puts it back; does nothing when somebody else has done so meanwhile."""
        batch = session.get_one(MigrationBatch, self.batch_id)
        item = self._held(session, instance_id)
        if item is None or item.state != _LEFT.get(batch.state):
            return
        if batch.state == "running":
            move_case(
                session,
                collaborators,
                batch,
                item,
                self._made(session, collaborators, batch),
                now=now,
            )
            return
        actor = Actor(
            user_id=batch.undone_by,
            name=batch.undone_by_name or "",
            municipality=batch.municipality,
        )
        if touched := put_back(session, collaborators, item, actor=actor, now=now):
            item.state, item.reason = "kept", touched.reason

    def give_up(self, session: Session, instance_id: UUID, why: str, *, now: datetime) -> None:
        """Leaves a case where it is, because of an error that nobody foresaw."""
        batch = session.get_one(MigrationBatch, self.batch_id)
        item = self._held(session, instance_id)
        if item is not None and item.state == _LEFT.get(batch.state):
            item.state = "failed" if batch.state == "running" else "kept"
            item.reason, item.at = why, item.at or now

    def finish(self, session: Session, *, now: datetime) -> None:
        """Ends the batch when this was the last of it."""
        finish_batch(session, batch_id=self.batch_id, now=now)

    def _held(self, session: Session, instance_id: UUID) -> MigrationItem | None:
        """The item, held: whoever comes second waits, and then finds it handled, or erased."""
        hold_case(session, Instance.id == instance_id)
        return session.scalars(
            select(MigrationItem)
            .where(
                MigrationItem.batch_id == self.batch_id,
                MigrationItem.instance_id == instance_id,
            )
            .with_for_update()
            .execution_options(populate_existing=True)
        ).one_or_none()

    def _made(self, session: Session, collaborators: Collaborators, batch: MigrationBatch) -> Plans:
        if self._plans is None:
            target = collaborators.publications.get(session, batch.publication_id)
            self._plans = Plans(target, batch.plans)
        return self._plans
