"""How long each kind of ended case is kept, as the table ``bewaartermijn`` (D16) says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from service.domain import retention
from service.domain.errors import Incident
from service.operations.published import Published

DECISION = "bewaartermijn"
_CLASSES = text(
    """
    WITH RECURSIVE found AS (
        (SELECT retention_class FROM instance
         WHERE municipality = :municipality AND retention_class IS NOT NULL
         ORDER BY retention_class LIMIT 1)
        UNION ALL
        SELECT (SELECT retention_class FROM instance
                WHERE municipality = :municipality
                AND retention_class > found.retention_class
                ORDER BY retention_class LIMIT 1)
        FROM found WHERE found.retention_class IS NOT NULL
    )
    SELECT retention_class FROM found WHERE retention_class IS NOT NULL
    """
)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A kind of ended case, and its term."""

    retention_class: str
    term: str
    ended_before: datetime | None
    """What ended at or before this moment is due; ``None`` when it is kept for ever."""


def kinds_of_ended(session: Session, municipality: str) -> list[str]:
    """The retention classes that there are, one jump in the index each."""
    return list(session.scalars(_CLASSES, {"municipality": municipality}))


def term_of(published: Published, retention_class: str, *, now: datetime) -> str:
    """The longest term that the table gives for a case of this kind or one of its parts.

    Raises:
        NotFound: the publication has no such table.
        Incident: the table gives no term.
    """
    process, outcome, parts = [*retention_class.split("|"), "", ""][:3]
    kinds: Iterable[str] = ["", *filter(None, parts.split(","))]
    return retention.longest((_decided(published, process, outcome, k, now) for k in kinds), now)


def kept(published: Published, classes: Iterable[str], *, now: datetime) -> list[Kept]:
    """Each kind with its term and the moment before which a case must have ended to be due."""
    terms: Mapping[str, str] = {name: term_of(published, name, now=now) for name in classes}
    return [
        Kept(retention_class=name, term=term, ended_before=retention.cutoff(term, now))
        for name, term in terms.items()
    ]


def _decided(published: Published, process: str, outcome: str, part: str, now: datetime) -> str:
    case = {"proces": process, "einde": outcome, "onderdeel": part}
    scope = published.scope({"zaak": case})
    term = published.bundle.decide(DECISION, scope, published.environment(now)).value
    if not isinstance(term, str):
        raise Incident(f"De tabel {DECISION!r} geeft geen termijn voor proces {process!r}.")
    return term
