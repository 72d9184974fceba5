"""What every entry of a register has: a name, a revision, and whether it still counts."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, DateTime, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Key, MunicipalityId, ShortText


class RegisterEntry:
    """Columns of one entry of a register of one municipality."""

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    name: Mapped[ShortText]
    revision: Mapped[int] = mapped_column(Integer)
    """Counts the changes; a change names the revision that it read."""
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    changed_by: Mapped[UUID | None]
    """Nobody when a process or a publication did it."""
    changed_by_name: Mapped[ShortText]
    ended_on: Mapped[date | None] = mapped_column(Date)
    """Withdrawn, or taken off the list, as of this day."""
    ended_why: Mapped[str | None] = mapped_column(String(500))
