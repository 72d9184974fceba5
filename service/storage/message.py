"""Messages that leave: mail to staff, and process messages to other cases."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Key, Moment, MunicipalityId, ShortText


class MessageOut(Base):
    """One message in the outbox, written in the transaction that causes it."""

    __tablename__ = "message_out"
    __table_args__ = (CheckConstraint("channel IN ('mail', 'process')", name="channel"),)

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("instance.id"))
    channel: Mapped[str] = mapped_column(String(20))
    recipient: Mapped[str | None] = mapped_column(String(320))
    """A staff address; a reporter's address is looked up in the vault when it is sent."""
    subject: Mapped[ShortText]
    """The subject of a mail or the name of a process message."""
    body: Mapped[str | None] = mapped_column(Text)
    """Never case content."""
    correlation_key: Mapped[str | None] = mapped_column(String(200))
    payload: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The payload of a process message, encrypted with the key of the sending case."""
    created_at: Mapped[Moment]
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    attempts: Mapped[int] = mapped_column(Integer)
    error: Mapped[str | None] = mapped_column(Text)
