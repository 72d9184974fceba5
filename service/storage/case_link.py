"""Links between cases: duplicates, related signals, follow-ups, and handovers."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, MunicipalityId, ShortText

DUPLICATE = "dubbel"
HANDED_OVER = "overgedragen"
LINK_KINDS = (DUPLICATE, "gerelateerd", "vervolg", HANDED_OVER)


class CaseLink(Base):
    """One case points at another: ``from_id`` is a duplicate of ``to_id``."""

    __tablename__ = "case_link"
    __table_args__ = (
        CheckConstraint(f"kind IN {LINK_KINDS}", name="kind"),
        CheckConstraint("from_id <> to_id", name="not_itself"),
        Index("ix_case_link_to", "to_id"),
    )

    from_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id"), primary_key=True)
    to_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id"), primary_key=True)
    municipality: Mapped[MunicipalityId]
    """That of ``from_id``; a handover points at a case of another one."""
    kind: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    made_by_name: Mapped[ShortText]
