"""People with an account, their roles and their API tokens."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, DateTime, ForeignKey, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import Base, Key, Moment, MunicipalityId, ShortText


class UserAccount(Base):
    """One person in one municipality."""

    __tablename__ = "user_account"
    __table_args__ = (UniqueConstraint("email"),)

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    email: Mapped[str] = mapped_column(String(320))
    """Lower case; what one logs in with."""
    name: Mapped[ShortText]
    password_hash: Mapped[ShortText]
    active: Mapped[bool] = mapped_column(Boolean)
    epoch: Mapped[int] = mapped_column(Integer)
    """Raised to end all sessions of this person."""
    failed_logins: Mapped[int] = mapped_column(Integer)
    locked_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[Moment]


class RoleMembership(Base):
    """That a person holds a role."""

    __tablename__ = "role_membership"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(61), primary_key=True)
    municipality: Mapped[MunicipalityId]


class ApiToken(Base):
    """A token with which a program acts for a person; only its digest is kept."""

    __tablename__ = "api_token"
    __table_args__ = (UniqueConstraint("digest"),)

    id: Mapped[Key]
    municipality: Mapped[MunicipalityId]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    label: Mapped[ShortText]
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    created_at: Mapped[Moment]
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
