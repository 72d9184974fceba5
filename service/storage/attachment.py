"""A file that belongs to a case."""

from uuid import UUID

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Key, Moment, MunicipalityId, Sealed, ShortText


class Attachment(Base):
    """One file; name and content are encrypted with the key of the case."""

    __tablename__ = "attachment"

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id"), index=True)
    name: Mapped[Sealed]
    content: Mapped[Sealed]
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int] = mapped_column(Integer)
    """Bytes, before encryption."""
    added_at: Mapped[Moment]
    added_by: Mapped[ShortText]
