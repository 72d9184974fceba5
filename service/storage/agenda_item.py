"""What cases put on the agenda of a table, sealed with the key of the case it came from."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Key, Moment, MunicipalityId, Sealed, ShortText

AGENDA_STATES = ("open", "scheduled", "decided", "lapsed")


class AgendaItem(Base):
    """One question of one case to one table."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("municipality", "reference"),
        CheckConstraint(f"state IN {AGENDA_STATES}", name="state"),
        Index(
            "ix_agenda_item_waiting",
            "municipality",
            "table_id",
            "placed_at",
            postgresql_where="state IN ('open', 'scheduled')",
        ),
        Index("ix_agenda_item_instance", "instance_id"),
    )

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id"))
    """The case that asks, and waits for the decision."""
    reference: Mapped[str] = mapped_column(String(60))
    """The kenmerk people use: ``2026-K7Q3-XD4M-A1``; also the key of the decision's message."""
    table_id: Mapped[ShortText]
    """The table, as ``gemeente.overleggen`` of the profile names it."""
    domain: Mapped[str] = mapped_column(String(20))
    """Only roles that may see this domain read the content."""
    content: Mapped[Sealed]
    state: Mapped[str] = mapped_column(String(20))
    """``scheduled``: on the agenda of ``meeting_id``, until that ends without deciding.

    ``lapsed``: its case ended without a decision.
    """
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("instance.id"))
    placed_at: Mapped[Moment]
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
