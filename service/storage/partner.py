"""Partners: the organisations a municipality works with, each with its card."""

from sqlalchemy import Boolean, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, LongText, ShortText
from service.storage.register import RegisterEntry


class Partner(RegisterEntry, Base):
    """One organisation."""

    __tablename__ = "partner"
    __table_args__ = (
        UniqueConstraint("municipality", "code"),
        Index("ix_partner_list", "municipality", "name", "id"),
    )

    code: Mapped[str] = mapped_column(String(60))
    """What processes and agreements call it (``zvh``); never changes."""
    kind: Mapped[str] = mapped_column(String(30))
    """Its category in the table ``grondslag_per_partner``."""
    role: Mapped[str] = mapped_column(String(60))
    """The role of the profile that is its inbox; empty when it has none."""
    needs_agreement: Mapped[bool] = mapped_column(Boolean)
    """Whether a handover to it rests on an agreement (convenant)."""
    contact: Mapped[ShortText]
    """A function or desk rather than a person."""
    email: Mapped[ShortText]
    phone: Mapped[ShortText]
    reachable: Mapped[ShortText]
    remarks: Mapped[LongText]
