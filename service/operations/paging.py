"""Keyset paging: where the next page starts, as text that a link can carry."""

import base64
import binascii
from datetime import datetime
from uuid import UUID

from service.domain.errors import InvalidInput


def cursor(moment: datetime, key: UUID) -> str:
    """The place right after a row with this moment and key."""
    return base64.urlsafe_b64encode(f"{moment.isoformat()}|{key}".encode()).decode()


def position(after: str) -> tuple[datetime, UUID]:
    """The moment and key of a cursor.

    Raises:
        InvalidInput: it is not a cursor of an earlier page.
    """
    try:
        moment, key = base64.urlsafe_b64decode(after.encode()).decode().split("|")
        return datetime.fromisoformat(moment), UUID(key)
    except (ValueError, binascii.Error) as error:
        raise _no_page() from error


def name_cursor(name: str, key: UUID) -> str:
    """The place right after a row with this name and key."""
    return base64.urlsafe_b64encode(f"{key}|{name}".encode()).decode()


def name_position(after: str) -> tuple[str, UUID]:
    """The name and key of a cursor.

    Raises:
        InvalidInput: it is not a cursor of an earlier page.
    """
    try:
        key, _bar, name = base64.urlsafe_b64decode(after.encode()).decode().partition("|")
        return name, UUID(key)
    except (ValueError, binascii.Error) as error:
        raise _no_page() from error


def _no_page() -> InvalidInput:
    return InvalidInput("Deze bladzijde bestaat niet; begin de lijst opnieuw.")


def containing(text: str) -> str:
    r"""The pattern for ``ILIKE … ESCAPE '\'`` that finds ``text`` as it is, anywhere."""
    literally = text.strip()[:60].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{literally}%"
