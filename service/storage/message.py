"""Messages that leave: mail to staff, and messages and signals to cases and processes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Key, Moment, MunicipalityId, ShortText


class MessageOut(Base):
    """One message in the outbox, written in the transaction that causes it."""

    __tablename__ = "message_out"
    __table_args__ = (CheckConstraint("channel IN ('mail', 'process', 'signal')", name="channel"),)

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("instance.id"))
    """The case it comes from; nothing when somebody sent it in."""
    channel: Mapped[str] = mapped_column(String(20))
    recipient: Mapped[str | None] = mapped_column(String(320))
    """A staff address; a reporter's address is looked up in the vault when it is sent."""
    subject: Mapped[ShortText]
    """The subject of a mail or the name of a process message or signal."""
    body: Mapped[str | None] = mapped_column(Text)
    """Never case content."""
    correlation_key: Mapped[str | None] = mapped_column(String(200))
    payload: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What a message or signal carries, encrypted with the key of the sending case or its own."""
    data_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The wrapped key of what was sent in; goes with the payload when all have had it."""
    sender_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    sender_name: Mapped[str | None] = mapped_column(String(200))
    """Who sent it in; nobody when a case did."""
    created_at: Mapped[Moment]
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When the mail left, or the deliveries to everybody who waits were written."""
    attempts: Mapped[int] = mapped_column(Integer)
    error: Mapped[str | None] = mapped_column(Text)
