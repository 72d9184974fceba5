"""A running or ended case: its encrypted state, its revision, and when it must wake up."""

from datetime import datetime
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
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Key, Moment, MunicipalityId, Sealed, ShortText

ERASED = "erased"
"""Only a tombstone is left; ``erasure`` says who did it, and why."""
STATUSES = ("active", "incident", "suspended", "completed", "cancelled", ERASED)
ENDED = ("completed", "cancelled", ERASED)
"""The statuses of a case that nothing changes any more."""


class Instance(Base):
    """One process instance: one signal and all that follows from it."""

    __tablename__ = "instance"
    __table_args__ = (
        UniqueConstraint("municipality", "reference"),
        UniqueConstraint("submission_id"),
        CheckConstraint(f"status IN {STATUSES}", name="status"),
        Index("ix_instance_next_due", "next_due", postgresql_where="next_due IS NOT NULL"),
        Index("ix_instance_started", "municipality", "started_at", "id"),
        Index("ix_instance_running", "municipality", postgresql_where="ended_at IS NULL"),
        Index("ix_instance_process", "municipality", "process_id", "started_at", "id"),
        Index("ix_instance_reported_by", "reported_by", "started_at", "id"),
        Index("ix_instance_waiting_for", "waiting_for", postgresql_using="gin"),
        Index("ix_instance_retention", "municipality", "retention_class", "ended_at"),
        Index("ix_instance_waiting_signals", "waiting_signals", postgresql_using="gin"),
    )

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    reference: Mapped[str] = mapped_column(String(40))
    """The kenmerk people use: says nothing about the case."""
    process_id: Mapped[ShortText]
    publication_id: Mapped[UUID] = mapped_column(ForeignKey("publication.id"))
    status: Mapped[str] = mapped_column(String(20))
    urgency: Mapped[str | None] = mapped_column(String(20))
    revision: Mapped[int] = mapped_column(Integer)
    """Counts the writes of ``state``; a write names the revision that it read."""
    state: Mapped[Sealed]
    data_key: Mapped[bytes] = mapped_column(LargeBinary)
    """The key of everything in this case, wrapped by the master key; empty is erased."""
    started_at: Mapped[Moment]
    started_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    reported_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    """The reporter with an account; nobody for an anonymous signal."""
    submission_id: Mapped[UUID | None]
    """Made by the form, so that sending it twice starts one case."""
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    end_name: Mapped[str | None] = mapped_column(String(200))
    retention_class: Mapped[str | None] = mapped_column(Text)
    """What decides how long an ended case is kept: process, outcome and parts, by their ids."""
    suspended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """Since when nothing moves in it; ``next_due`` is empty for as long as that lasts."""
    suspended_by: Mapped[str | None] = mapped_column(String(200))
    """The name of who suspended it."""
    next_due: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    waiting_for: Mapped[list[str]] = mapped_column(ARRAY(Text))
    """Messages the case waits for, each ``name|correlation key``."""
    waiting_signals: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    """The names of the signals the case waits for."""
    event_count: Mapped[int] = mapped_column(Integer)
    last_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    """Head of the hash chain of this case's events."""
    incident: Mapped[str | None] = mapped_column(Text)
    """What went wrong, without case content; the state is the last good one."""
    incident_element: Mapped[str | None] = mapped_column(String(200))


def waiting_key(name: str, correlation_key: str | None) -> str:
    """How ``Instance.waiting_for`` spells a message and its correlation key."""
    return f"{name}|{correlation_key or ''}"
