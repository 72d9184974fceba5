"""What is left of a case that was erased: that it was there, who erased it, when and why."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Moment, MunicipalityId, ShortText

GROUNDS = ("bewaartermijn", "verzoek", "vergissing")


class Erasure(Base):
    """The declaration of destruction of one case (verklaring van vernietiging)."""

    __tablename__ = "erasure"
    __table_args__ = (CheckConstraint(f"ground IN {GROUNDS}", name="ground"),)

    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id"), primary_key=True)
    municipality: Mapped[MunicipalityId]
    erased_at: Mapped[Moment]
    erased_by: Mapped[UUID | None]
    erased_by_name: Mapped[ShortText]
    ground: Mapped[str] = mapped_column(String(20))
    """``bewaartermijn`` its time was over; ``verzoek`` of the person concerned; ``vergissing``
    it should not have been there."""
    events: Mapped[int] = mapped_column(Integer)
    """How many events its history had."""
    last_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    """The head of that history, for whoever still has a copy of it."""
