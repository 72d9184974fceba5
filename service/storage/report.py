"""Reports as they were released: only what may be published, kept to compare the next with."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Index, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Key, Moment, MunicipalityId, ShortText


class Report(Base):
    """One released report over a period; suppressed figures, nothing of a case."""

    __tablename__ = "report"
    __table_args__ = (Index("ix_report_latest", "municipality", "kind", "released_at"),)

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    kind: Mapped[str] = mapped_column(String(40))
    """``rapportage`` for the municipality itself, ``monitor`` for the region."""
    period_from: Mapped[date] = mapped_column(Date)
    period_to: Mapped[date] = mapped_column(Date)
    """The first day that no longer counts."""
    title: Mapped[ShortText]
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """What was released: tables with counts, and null for what is hidden."""
    released_at: Mapped[Moment]
    made_in: Mapped[UUID | None]
    """The case in which it was made, which may have been erased since."""
