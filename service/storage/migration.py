"""The moving of cases to a newer publication: what was asked for, and how each case fared."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Key, LongText, Moment, MunicipalityId, ShortText

BATCH_STATES = ("running", "stopped", "done", "undoing", "undone")
ITEM_STATES = ("waiting", "moved", "skipped", "failed", "undone", "kept")


class MigrationBatch(Base):
    """One decision to move cases, with its plan and its reason."""

    __tablename__ = "migration_batch"
    __table_args__ = (
        CheckConstraint(f"state IN {BATCH_STATES}", name="state"),
        Index("ix_migration_batch_started", "municipality", "started_at"),
    )

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    publication_id: Mapped[UUID] = mapped_column(ForeignKey("publication.id"))
    """Where the cases go."""
    plans: Mapped[list[Any]] = mapped_column(JSONB)
    """The plans that a person confirmed, one for each publication that cases come from."""
    reason: Mapped[LongText]
    state: Mapped[str] = mapped_column(String(20))
    started_at: Mapped[Moment]
    started_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    started_by_name: Mapped[ShortText]
    undone_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    """Who asked for all of it to be undone."""
    undone_by_name: Mapped[str | None] = mapped_column(String(200))
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class MigrationItem(Base):
    """One case of a batch."""

    __tablename__ = "migration_item"
    __table_args__ = (
        CheckConstraint(f"state IN {ITEM_STATES}", name="state"),
        Index("ix_migration_item_progress", "batch_id", "state", "chunk"),
        Index("ix_migration_item_instance", "instance_id", "at"),
    )

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("migration_batch.id"), primary_key=True)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id"), primary_key=True)
    municipality: Mapped[MunicipalityId]
    chunk: Mapped[int] = mapped_column(Integer)
    """Which job of the queue handles it."""
    state: Mapped[str] = mapped_column(String(20))
    """``kept`` is moved, and no longer to be undone: somebody has worked on it."""
    reason: Mapped[str | None] = mapped_column(Text)
    """Why it was skipped, failed or kept, without case content."""
    at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    from_publication_id: Mapped[UUID | None] = mapped_column(ForeignKey("publication.id"))
    """Where the case stood when it was moved."""
    state_before: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The sealed state as it was, to be put back."""
    rows_before: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What else the move changed, as it was; sealed with the key of the case."""
    revision_after: Mapped[int | None] = mapped_column(Integer)
    events_after: Mapped[int | None] = mapped_column(Integer)
    """``revision`` and ``event_count`` right after the move: the case is untouched at these."""
