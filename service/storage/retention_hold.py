"""What keeps an ended case from being destroyed though its time is over."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Key, Moment, MunicipalityId


class RetentionHold(Base):
    """One case that is held back: by another case while that runs, or until a moment."""

    __tablename__ = "retention_hold"
    __table_args__ = (CheckConstraint("held_by IS NOT NULL OR until IS NOT NULL", name="bounded"),)

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id"), index=True)
    held_by: Mapped[UUID | None] = mapped_column(ForeignKey("instance.id"), index=True)
    """The case (an AVG request) that needs it; once that has ended this holds nothing."""
    until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """Taken off a list: why stands in the case of that list."""
    since: Mapped[Moment]
