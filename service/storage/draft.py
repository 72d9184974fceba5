"""A draft: changes to what is published, before anybody publishes them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Key, Moment, MunicipalityId, ShortText

STATES = ("open", "published", "discarded")


class Draft(Base):
    """One set of changes to a publication, made by process owners together."""

    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index("ix_draft_open", "municipality", "changed_at", postgresql_where="state = 'open'"),
    )

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    title: Mapped[ShortText]
    state: Mapped[str] = mapped_column(String(20))
    base_id: Mapped[UUID] = mapped_column(ForeignKey("publication.id"))
    """What it changes."""
    made_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    made_by_name: Mapped[ShortText]
    made_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    publication_id: Mapped[UUID | None] = mapped_column(ForeignKey("publication.id"))
    """What became of it."""
    approved_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """Of the bundle that was approved; any later change takes the approval away."""
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    approved_by_name: Mapped[str | None] = mapped_column(String(200))
    approved_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class DraftFile(Base):
    """One saving of one file of a draft; the highest revision is how it reads now.

    Earlier ones are kept for a while, so that what two people save at once can be merged.
    """

    __tablename__ = "draft_file"

    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(200), primary_key=True)
    revision: Mapped[int] = mapped_column(Integer, primary_key=True)
    """1, 2, 3 …; 0 is the file as it is published, which is not kept here."""
    municipality: Mapped[MunicipalityId]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    """None when the draft takes the file away."""
    follows: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """SHA-256 of the original that was taken in, when this saving took one in."""
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    changed_by_name: Mapped[ShortText]
    changed_at: Mapped[Moment]


class DraftPresence(Base):
    """Who has a file of a draft open; told anew every few seconds."""

    __tablename__ = "draft_presence"

    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    municipality: Mapped[MunicipalityId]
    user_name: Mapped[ShortText]
    path: Mapped[str] = mapped_column(String(200))
    seen_at: Mapped[Moment]
