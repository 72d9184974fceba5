"""What was released before: where it ended, and which counts a new report may not give away."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.operations.figures.period import Period
from service.operations.figures.report import TOTAL, Earlier
from service.storage import Report


def last_day_reported(session: Session, municipality: str, kind: str) -> date | None:
    """The first day that the last released report of this kind did not count."""
    latest = _latest(session, municipality, kind)
    return latest.period_to if latest else None


def earlier_report(
    session: Session, municipality: str, kind: str, period: Period
) -> Earlier | None:
    """The last released report of this kind, when both cover a same day."""
    latest = _latest(session, municipality, kind)
    if latest is None:
        return None
    before = Period(first=latest.period_from, until=latest.period_to)
    if not period.overlaps(before):
        return None
    return Earlier(
        cells={
            table["tabel"]: {
                **{row["code"]: row["aantal"] for row in table["regels"]},
                TOTAL: table["totaal"],
            }
            for table in latest.content["tabellen"]
        }
    )


def _latest(session: Session, municipality: str, kind: str) -> Report | None:
    return session.scalars(
        select(Report)
        .where(Report.municipality == municipality, Report.kind == kind)
        .order_by(Report.released_at.desc())
        .limit(1)
    ).one_or_none()
