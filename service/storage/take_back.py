"""A publication that was taken back by one person, where the profile asks for four eyes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, MunicipalityId


class TakeBack(Base):
    """Who took it back, and who has confirmed that since."""

    __tablename__ = "take_back"
    __table_args__ = (CheckConstraint("confirmed_by <> taken_back_by", name="somebody_else"),)

    publication_id: Mapped[UUID] = mapped_column(ForeignKey("publication.id"), primary_key=True)
    """The publication that took the other one back."""
    municipality: Mapped[MunicipalityId]
    taken_back_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    confirmed_by_name: Mapped[str | None] = mapped_column(String(200))
    confirmed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
