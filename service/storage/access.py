"""Who looked at what: every read of a case, every refusal; append-only."""

from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Moment, MunicipalityId, ShortText


class Access(Base):
    """One line of the access log; a trigger in the database refuses update and delete."""

    __tablename__ = "access"
    __table_args__ = (Index("ix_access_instance", "instance_id", "at"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    municipality: Mapped[MunicipalityId]
    at: Mapped[Moment]
    user_id: Mapped[UUID | None]
    user_name: Mapped[ShortText]
    what: Mapped[str] = mapped_column(String(40))
    """``zaak_bekeken``, ``taak_bekeken``, ``melder_bekeken``, ``geweigerd``, ``aangemeld`` …"""
    instance_id: Mapped[UUID | None]
    thing: Mapped[str | None] = mapped_column(String(200))
    """What was asked for, as an id; never case content."""
