"""A municipality: the wall between everything that belongs to one and to the next."""

from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, ShortText


class Municipality(Base):
    """One municipality (or region) in this installation."""

    __tablename__ = "municipality"

    id: Mapped[str] = mapped_column(String(61), primary_key=True)
    name: Mapped[ShortText]
    publication_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("publication.id", use_alter=True)
    )
    """What new cases start on."""
