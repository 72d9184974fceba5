"""A municipality's own version of a file that comes with the product."""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Moment, MunicipalityId


class OwnVersion(Base):
    """Which original an own version goes back to, and which newer one was declined."""

    __tablename__ = "own_version"

    municipality: Mapped[MunicipalityId] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(String(200), primary_key=True)
    original: Mapped[bytes] = mapped_column(LargeBinary)
    """The original as it was when the own version was made, or last followed."""
    declined: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """SHA-256 of the newer original that the municipality does not want."""
    since: Mapped[Moment]
