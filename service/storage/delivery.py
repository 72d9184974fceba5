"""Who gets a message or signal: one row for each case and process, which is the receipt too."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Key, Moment, MunicipalityId

DELIVERY_STATES = ("waiting", "held", "done", "missed", "failed")


class Delivery(Base):
    """One message or signal for one receiver; it leaves ``waiting`` in the step it causes."""

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint(f"state IN {DELIVERY_STATES}", name="state"),
        UniqueConstraint("message_id", "instance_id"),
        UniqueConstraint("message_id", "process_id"),
        Index(
            "ix_delivery_failed", "municipality", "created_at", postgresql_where="state = 'failed'"
        ),
    )

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    message_id: Mapped[UUID] = mapped_column(ForeignKey("message_out.id"))
    instance_id: Mapped[UUID | None] = mapped_column(index=True)
    """The case that waited, or the case that was started.

    No foreign key: to check one, PostgreSQL waits for whoever holds the case, and then one case
    in other hands would hold up a signal for all.
    """
    process_id: Mapped[str | None] = mapped_column(String(200))
    """The process that begins by it; nothing for a case that waited."""
    state: Mapped[str] = mapped_column(String(20))
    """``held``: for a suspended case. ``missed``: when it came, the case did not wait any more."""
    created_at: Mapped[Moment]
    error: Mapped[str | None] = mapped_column(Text)
    """Why it failed, without case content."""
