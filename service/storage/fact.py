"""Non-personal dimensions of a case, for the figures."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Moment, MunicipalityId, ShortText


class Fact(Base):
    """One dimension of one case: ``vorm = arbeid``."""

    __tablename__ = "fact"
    __table_args__ = (Index("ix_fact_name", "municipality", "name", "at"),)

    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[ShortText] = mapped_column(primary_key=True)
    municipality: Mapped[MunicipalityId]
    at: Mapped[Moment]
