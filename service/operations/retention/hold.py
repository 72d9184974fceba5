"""Holds ended cases back from destruction: for as long as another case runs, or until a day."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from service.domain.errors import InvalidInput
from service.storage import Instance, RetentionHold
from service.storage.instance import ERASED


def hold_cases(
    session: Session,
    *,
    municipality: str,
    references: Iterable[str],
    now: datetime,
    held_by: UUID | None = None,
    until: datetime | None = None,
) -> list[str]:
    """Holds the cases with these kenmerken back; gives the kenmerken that were found.

    What ``held_by`` holds is free once that case has ended, however it ends.

    Raises:
        InvalidInput: neither a case nor a moment bounds it.
    """
    if held_by is None and until is None:
        raise InvalidInput("Zeg tot wanneer de zaak bewaard blijft, of voor welke andere zaak.")
    found = session.execute(
        select(Instance.id, Instance.reference).where(
            Instance.municipality == municipality,
            Instance.reference.in_(sorted(set(references))),
            Instance.status != ERASED,
        )
    ).all()
    if found:
        session.execute(
            insert(RetentionHold),
            [
                {
                    "id": uuid4(),
                    "municipality": municipality,
                    "instance_id": row.id,
                    "held_by": held_by,
                    "until": until,
                    "since": now,
                }
                for row in found
            ],
        )
    return sorted(row.reference for row in found)
