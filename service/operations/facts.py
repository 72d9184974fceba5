"""Notes non-personal codes of a case, for the figures."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from service.storage import Fact, Instance


def note_facts(
    session: Session,
    instance: Instance,
    codes: Mapping[str, Iterable[str]],
    *,
    now: datetime,
    counted: UUID | None = None,
) -> None:
    """Writes the codes of each dimension; the same code again changes nothing.

    ``counted``: the case under which they count, when that is another one.
    """
    rows = [
        {
            "instance_id": counted or instance.id,
            "name": name,
            "value": value,
            "municipality": instance.municipality,
            "at": now,
        }
        for name, values in codes.items()
        for value in values
    ]
    if rows:
        session.execute(insert(Fact).values(rows).on_conflict_do_nothing())
