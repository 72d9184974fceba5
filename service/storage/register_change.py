"""Who changed what in a register, and why; only ever added to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Integer, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, MunicipalityId, ShortText


class RegisterChange(Base):
    """One change of one entry."""

    __tablename__ = "register_change"

    entry_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(Integer, primary_key=True)
    """The revision that this change made."""
    municipality: Mapped[MunicipalityId]
    register: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[ShortText]
    reference: Mapped[str | None] = mapped_column(String(40))
    """The kenmerk of the case in which it was decided, if it was."""
    changes: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """By field: what it was and what it became."""
