"""A duplicate and the first signal count once in the figures."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, insert, literal, select
from sqlalchemy.orm import Session

from service.storage import CaseLink, Fact
from service.storage.case_link import DUPLICATE


def names_to_write(
    session: Session, instance_id: UUID, names: Collection[str], *, kept: Collection[str] = ()
) -> tuple[UUID, list[str]]:
    """Under which case facts of these names are to be written, and which of them.

    The first signal says it anew, over what its duplicates said, but beside what it said before
    of the names in ``kept``; a duplicate adds only what the first signal does not say.
    """
    first = session.scalar(
        select(CaseLink.to_id).where(CaseLink.from_id == instance_id, CaseLink.kind == DUPLICATE)
    )
    if first is not None:
        there = set(session.scalars(select(Fact.name).where(Fact.instance_id == first)))
        return first, [name for name in names if name not in there]
    session.execute(
        delete(Fact)
        .where(Fact.instance_id == instance_id, Fact.name.in_(set(names).difference(kept)))
        .execution_options(synchronize_session=False)
    )
    return instance_id, list(names)


def count_once(session: Session, *, duplicate: UUID, counted: UUID) -> None:
    """Moves the facts of a duplicate: what the first signal says already, it keeps saying."""
    theirs = select(Fact.name).where(Fact.instance_id == counted)
    moved = select(literal(counted), Fact.name, Fact.value, Fact.municipality, Fact.at).where(
        Fact.instance_id == duplicate, Fact.name.not_in(theirs)
    )
    columns = ["instance_id", "name", "value", "municipality", "at"]
    session.execute(insert(Fact).from_select(columns, moved))
    session.execute(
        delete(Fact)
        .where(Fact.instance_id == duplicate)
        .execution_options(synchronize_session=False)
    )
