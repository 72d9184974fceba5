"""Barrier instruments: what a municipality can do against who facilitates trafficking."""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, LongText, ShortText
from service.storage.register import RegisterEntry


class BarrierInstrument(RegisterEntry, Base):
    """One instrument."""

    __tablename__ = "barrier_instrument"
    __table_args__ = (Index("ix_barrier_instrument_list", "municipality", "name", "id"),)

    barrier: Mapped[str] = mapped_column(String(30))
    owner: Mapped[str] = mapped_column(String(60))
    """The role that uses it."""
    ground: Mapped[ShortText]
    """The law or by-law that gives the power."""
    remarks: Mapped[LongText]
