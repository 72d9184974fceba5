"""Processes that begin by the clock: when next."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Key, Moment, MunicipalityId, ShortText


class ScheduledStart(Base):
    """One timer start event of what is published now for a municipality."""

    __tablename__ = "scheduled_start"
    __table_args__ = (
        UniqueConstraint("municipality", "process_id", "element_id"),
        Index("ix_scheduled_start_next_at", "next_at", postgresql_where="next_at IS NOT NULL"),
    )

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    process_id: Mapped[ShortText]
    element_id: Mapped[ShortText]
    publication_id: Mapped[UUID] = mapped_column(ForeignKey("publication.id"))
    """What the next case starts on."""
    timer: Mapped[str] = mapped_column(Text)
    """Kind and text of the timer; as long as it stays the same, it counts on."""
    anchor_at: Mapped[Moment]
    """When it was first published like this: durations and cycles count from here."""
    counted_from: Mapped[Moment]
    """``next_at`` is the first moment after this one."""
    next_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """Nothing when it has no more to start, or its formula gives no moment."""
    missed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """The moment whose case could not be started."""
    incident: Mapped[str | None] = mapped_column(Text)
    """What went wrong, without case content."""
