"""Messages that came for a suspended case; they are given to it when it is resumed."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Key, Moment, MunicipalityId, Sealed, ShortText


class HeldMessage(Base):
    """One message for one case; the row goes in the transaction that gives it to the case."""

    __tablename__ = "held_message"
    __table_args__ = (Index("ix_held_message_instance", "instance_id", "received_at"),)

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id"))
    name: Mapped[ShortText]
    correlation_key: Mapped[str | None] = mapped_column(String(200))
    payload: Mapped[Sealed]
    """Encrypted with the key of the case that it is for."""
    sender_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    sender_name: Mapped[ShortText]
    received_at: Mapped[Moment]
