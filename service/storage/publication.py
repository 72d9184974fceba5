"""A publication: an immutable bundle of diagrams, tables, forms and profile."""

from typing import Any

from sqlalchemy import Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Key, LongText, Moment, MunicipalityId, ShortText


class Publication(Base):
    """One published bundle; never changed once it is there."""

    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("municipality", "number"),)

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    number: Mapped[int] = mapped_column(Integer)
    """1, 2, 3 … within the municipality."""
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    """SHA-256 over the files, so that publishing the same bundle twice is seen."""
    files: Mapped[bytes] = mapped_column(LargeBinary)
    """The bundle's files as a zip archive."""
    published_at: Mapped[Moment]
    published_by: Mapped[ShortText]
    reason: Mapped[LongText]
    approved_by_name: Mapped[str | None] = mapped_column(String(200))
    """The second pair of eyes, where the profile asks for one."""
    accepted: Mapped[list[Any]] = mapped_column(JSONB)
    """The warnings that were there and accepted: file, element, code and reason of each."""
    undoes: Mapped[int | None] = mapped_column(Integer)
    """The number of the publication that this one takes back."""
