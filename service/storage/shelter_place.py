"""Local places of shelter, for whom they are and who arranges one; never an address."""

from sqlalchemy import Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, LongText, ShortText
from service.storage.register import RegisterEntry


class ShelterPlace(RegisterEntry, Base):
    """One shelter with its places."""

    __tablename__ = "shelter_place"
    __table_args__ = (Index("ix_shelter_place_list", "municipality", "name", "id"),)

    for_whom: Mapped[ShortText]
    capacity: Mapped[int] = mapped_column(Integer)
    contact: Mapped[ShortText]
    email: Mapped[ShortText]
    phone: Mapped[ShortText]
    remarks: Mapped[LongText]
