"""Agreements: covenants on sharing data, and decisions that appoint supervisors."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, Index, String, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from service.domain.profile.schema import AGREEMENT_KINDS
from service.storage.base import Base, LongText, ShortText
from service.storage.register import RegisterEntry

COVENANT, APPOINTMENT = AGREEMENT_KINDS


class Agreement(RegisterEntry, Base):
    """One convenant or aanwijzingsbesluit."""

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint(f"kind IN {AGREEMENT_KINDS}", name="kind"),
        Index("ix_agreement_list", "municipality", "name", "id"),
        Index("ix_agreement_valid_until", "municipality", "valid_until"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    parties: Mapped[list[str]] = mapped_column(ARRAY(Text))
    """Codes of partners, ids of tables (overleggen) or roles: whom it covers."""
    reference: Mapped[ShortText]
    """Where the document itself can be found."""
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    """The last day; nothing for an agreement without an end."""
    remarks: Mapped[LongText]
