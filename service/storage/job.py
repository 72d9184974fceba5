"""A service task waiting for its handler."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Key, Moment, MunicipalityId, ShortText

STATES = ("waiting", "done", "failed", "cancelled")


class Job(Base):
    """One execution of a service task."""

    __tablename__ = "job"
    __table_args__ = (CheckConstraint(f"state IN {STATES}", name="state"),)

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id"), index=True)
    element_id: Mapped[ShortText]
    type: Mapped[ShortText]
    state: Mapped[str] = mapped_column(String(20))
    retries: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[Moment]
    error: Mapped[str | None] = mapped_column(Text)
    """Why the last try failed, without case content."""
