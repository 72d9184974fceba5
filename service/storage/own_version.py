"""What a municipality's files go back to, of those that come with the product."""

from sqlalchemy import Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Moment, MunicipalityId


class OwnVersion(Base):
    """Which original a file goes back to from some publication on, and which newer was declined.

    Of a file of which nothing was ever noted nothing was changed here.
    """

    __tablename__ = "own_version"

    municipality: Mapped[MunicipalityId] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(String(200), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    """The number of the publication from which on this holds; 0 from the start."""
    original: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The original as it was when the own version was made, or last followed; None of a file that
    is as it came with the product."""
    declined: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """SHA-256 of the newer original that the municipality does not want."""
    since: Mapped[Moment]
