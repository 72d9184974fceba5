"""What happened in a case: append-only, numbered and hash-chained per case."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Moment, MunicipalityId, ShortText


class Event(Base):
    """One event; a trigger in the database refuses update and delete."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_at", "municipality", "at"),)

    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    municipality: Mapped[MunicipalityId]
    at: Mapped[Moment]
    kind: Mapped[str] = mapped_column(String(40))
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[ShortText]
    element_id: Mapped[str | None] = mapped_column(String(200))
    element_name: Mapped[str | None] = mapped_column(String(200))
    roles: Mapped[list[str]] = mapped_column(JSONB)
    """The roles of the task it is about: they decide who may read the answers."""
    trail: Mapped[list[Any]] = mapped_column(JSONB)
    """The way the tokens went: ``[process id, element id, what]`` each; no case content.

    Where a token leaves, the seconds that it stood there follow; they are absent where that is not
    known or a task says so, and null for a repetition as a whole."""
    detail: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Answers and texts, encrypted with the key of the case."""
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    """SHA-256 over the previous event's hash and this event."""
