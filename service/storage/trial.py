"""A trial: a made-up case that somebody walks through a draft, with no effect on anything."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Key, Moment, MunicipalityId, ShortText


class Trial(Base):
    """One walk: its script says all of it, so it can be walked again from the start."""

    __tablename__ = "trial"
    __table_args__ = (Index("ix_trial_draft", "draft_id", "changed_at"),)

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id"))
    process_id: Mapped[ShortText]
    script: Mapped[str] = mapped_column(Text)
    """The scenario so far, as its file reads."""
    made_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    made_by_name: Mapped[ShortText]
    made_at: Mapped[Moment]
    changed_at: Mapped[Moment]
