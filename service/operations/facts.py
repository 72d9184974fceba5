"""Notes a non-personal code of a case, for the figures."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from service.storage import Fact, Instance


def note_fact(
    session: Session, instance: Instance, name: str, value: str, *, now: datetime
) -> None:
    """Writes one code; the same code again changes nothing."""
    row = {
        "instance_id": instance.id,
        "name": name,
        "value": value,
        "municipality": instance.municipality,
        "at": now,
    }
    session.execute(insert(Fact).values(row).on_conflict_do_nothing())
