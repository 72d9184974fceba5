"""An element that has left its diagram, and where it can still be found."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, MunicipalityId, ShortText


class FormerElement(Base):
    """A step or sequence flow that a publication no longer had; it may have come back since."""

    __tablename__ = "former_element"

    municipality: Mapped[MunicipalityId] = mapped_column(primary_key=True)
    process_id: Mapped[ShortText] = mapped_column(primary_key=True)
    element_id: Mapped[ShortText] = mapped_column(primary_key=True)
    publication_id: Mapped[UUID] = mapped_column(ForeignKey("publication.id"))
    """The last one that had it before it left."""
