"""The declarative base: one naming convention, one municipality column, aware moments only."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, LargeBinary, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column

Moment = Annotated[datetime, mapped_column(DateTime(timezone=True))]
Sealed = Annotated[bytes, mapped_column(LargeBinary)]
"""Encrypted bytes; only ``storage.vault`` makes and opens them."""
ShortText = Annotated[str, mapped_column(String(200))]
LongText = Annotated[str, mapped_column(Text)]
MunicipalityId = Annotated[
    str, mapped_column(String(61), ForeignKey("municipality.id"), nullable=False)
]
Key = Annotated[UUID, mapped_column(primary_key=True)]


class Base(DeclarativeBase):
    """Root of all tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
