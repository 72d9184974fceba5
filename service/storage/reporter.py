"""The melderkluis: who reported, apart from the case and under a key of its own."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, DateTime, ForeignKey, Index, Integer, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Key, Moment, MunicipalityId, ShortText


class Reporter(Base):
    """The reporter of one case, as far as they let themselves be known."""

    __tablename__ = "reporter"
    __table_args__ = (
        UniqueConstraint("code_digest"),
        Index("ix_reporter_wipe_at", "wipe_at", postgresql_where="wipe_at IS NOT NULL"),
    )

    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id"), primary_key=True)
    municipality: Mapped[MunicipalityId]
    contact: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Name, telephone, e-mail; encrypted with the vault's own key. Empty when anonymous."""
    code_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """Digest of the one-time terugkoppelcode of an anonymous reporter."""
    wipe_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When who reported is forgotten: a while after the case ended; empty while it runs."""
    wants_feedback: Mapped[bool] = mapped_column(Boolean)


class Feedback(Base):
    """One neutral message to the reporter."""

    __tablename__ = "feedback"

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id"), index=True)
    level: Mapped[int] = mapped_column(Integer)
    text: Mapped[ShortText]
    """One of the neutral standard texts; never case content."""
    given_at: Mapped[Moment]
