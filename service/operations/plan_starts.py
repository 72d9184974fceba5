"""Plans which processes begin by the clock, and when next."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import engine
from service.domain.errors import Incident, Refused
from service.domain.findings import Finding, Severity
from service.operations.published import Published
from service.storage import ScheduledStart


def plan_starts(
    session: Session, published: Published, *, municipality: str, now: datetime
) -> None:
    """Makes the plan that of a new publication; a timer that reads the same counts on.

    Its anchor stays, and its next moment is asked for again from the same moment as before, so
    that only what really changed (a holiday, a norm time in its formula) moves it.

    Raises:
        Refused: the formula of a timer gives no moment.
    """
    wanted = {
        (process.id, element_id): timer
        for process in published.bundle.processes.values()
        for element_id, timer in process.start_timers.items()
    }
    there = _planned(session, municipality)
    for key, start in there.items():
        if key not in wanted:
            session.delete(start)
    for key, timer in wanted.items():
        start = there.get(key) or _new(municipality, *key)
        if start.timer != timer:
            _count_anew(start, timer, now)
        _put_on(start, published, now)
        session.add(start)
    session.flush()


def plan_next(start: ScheduledStart, published: Published, *, after: datetime) -> None:
    """Writes the first moment after this one.

    Raises:
        Incident: the formula gives no moment; there is no next one then.
    """
    start.counted_from, start.next_at = after, None
    following = engine.next_timer_start(
        published.bundle,
        start.process_id,
        element_id=start.element_id,
        after=after,
        around=published.around(start.anchor_at),
    )
    start.next_at = following.at if following else None


def _planned(session: Session, municipality: str) -> dict[tuple[str, str], ScheduledStart]:
    """What is planned, held: a start that happens at this moment is waited for."""
    rows = session.scalars(
        select(ScheduledStart)
        .where(ScheduledStart.municipality == municipality)
        .order_by(ScheduledStart.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {(start.process_id, start.element_id): start for start in rows}


def _new(municipality: str, process_id: str, element_id: str) -> ScheduledStart:
    return ScheduledStart(
        id=uuid4(), municipality=municipality, process_id=process_id, element_id=element_id
    )


def _count_anew(start: ScheduledStart, timer: str, now: datetime) -> None:
    start.timer, start.anchor_at, start.counted_from = timer, now, now
    start.next_at = start.missed_at = start.incident = None


def _put_on(start: ScheduledStart, published: Published, now: datetime) -> None:
    start.publication_id, was = published.id, start.next_at
    try:
        plan_next(start, published, after=start.counted_from)
    except Incident as error:
        raise _refusal(start, published, error) from error
    if was is not None and was <= now:
        start.next_at = was  # It is due, and the worker has yet to come round.
    if start.missed_at is None:
        start.incident = None


def _refusal(start: ScheduledStart, published: Published, error: Incident) -> Refused:
    finding = Finding(
        file=published.process(start.process_id).file,
        element_id=start.element_id,
        code="timer-start-unusable",
        severity=Severity.ERROR,
        reason=str(error),
        way_out="Geef de timer een formule die nu al een moment oplevert.",
    )
    return Refused("Niet gepubliceerd: een proces weet niet wanneer het begint.", [finding])
