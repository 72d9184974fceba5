"""The municipalities of this installation."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.storage import Municipality


def municipalities(session: Session) -> list[tuple[str, str]]:
    """Id and name of every municipality that has published something, by name."""
    rows = session.execute(
        select(Municipality.id, Municipality.name)
        .where(Municipality.publication_id.is_not(None))
        .order_by(Municipality.name)
    )
    return [(key, name) for key, name in rows]
