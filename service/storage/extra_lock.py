"""A case that is locked extra: a role that coordinates sees it only for who is named here."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Moment, MunicipalityId, ShortText


class ExtraLock(Base):
    """The lock of one case; why it is there stands in the history of that case, sealed."""

    __tablename__ = "extra_lock"
    __table_args__ = (
        CheckConstraint("cardinality(named) > 0", name="somebody"),
        Index("ix_extra_lock_named", "named", postgresql_using="gin"),
    )

    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id"), primary_key=True)
    municipality: Mapped[MunicipalityId]
    named: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    """The accounts for which the case is not locked; never empty."""
    roles: Mapped[list[str]] = mapped_column(ARRAY(String(61)))
    """The roles that coordinate, as the profile had them: they open nothing here for others."""
    locked_at: Mapped[Moment]
    locked_by_name: Mapped[ShortText]
