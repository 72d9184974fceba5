"""Who may read a case for a short while though nothing else gives them sight of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Key, Moment, MunicipalityId


class EmergencyAccess(Base):
    """Emergency reading by one person; why is in the history of the case and in the review."""

    __tablename__ = "emergency_access"
    __table_args__ = (Index("ix_emergency_access_reader", "instance_id", "user_id", "until"),)

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    review_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id"))
    """The case in which somebody else judges whether this was right."""
    given_at: Mapped[Moment]
    until: Mapped[Moment]
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When it was ended before its time."""
