"""A note that staff add to a case outside any form."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Key, Moment, MunicipalityId, Sealed, ShortText


class Note(Base):
    """One note, encrypted with the key of the case."""

    __tablename__ = "note"
    __table_args__ = (Index("ix_note_instance", "instance_id", "written_at"),)

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id"))
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    author_name: Mapped[ShortText]
    domain: Mapped[str] = mapped_column(String(20))
    """Only roles that may see this domain read the note."""
    text: Mapped[Sealed]
    written_at: Mapped[Moment]
