"""Counts, one query a figure: index ranges over the period, whatever the number of cases."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from service.operations.figures.period import Period
from service.operations.report_signal import REPORTING_PROCESS

Counts = Mapping[str, int]
CONTROL = "controle"
"""One fact for each control of a case; its value is the number of the control in that case."""
_SIGNALS = """
    SELECT id, started_at, ended_at FROM instance
    WHERE municipality = :municipality AND process_id = :process
    AND started_at >= :begins AND started_at < :ends
"""
_PER_MONTH = text(
    f"""
    SELECT to_char(started_at AT TIME ZONE 'Europe/Amsterdam', 'YYYY-MM') AS name, count(*) AS n
    FROM ({_SIGNALS}) AS signals GROUP BY 1
    """  # noqa: S608 - no part of it comes from outside
)
_ONE_EACH = text(
    f"""
    SELECT name, value, count(*) AS n FROM (
        SELECT DISTINCT ON (fact.instance_id, fact.name) fact.name, fact.value
        FROM ({_SIGNALS}) AS signals
        JOIN fact ON fact.instance_id = signals.id AND fact.name = ANY(:names)
        ORDER BY fact.instance_id, fact.name, fact.at DESC, fact.value
    ) AS latest GROUP BY 1, 2
    """  # noqa: S608
)
_MANY_EACH = text(
    f"""
    SELECT fact.name, fact.value, count(*) AS n
    FROM ({_SIGNALS}) AS signals
    JOIN fact ON fact.instance_id = signals.id AND fact.name = ANY(:names)
    GROUP BY 1, 2
    """  # noqa: S608
)
_COURSE = text(
    f"""
    SELECT coalesce(
        'route_' || route,
        'oordeel_' || nullif(judgement, 'ja'),
        'aanpak_' || nullif(outcome, 'afgesloten'),
        CASE WHEN ended_at IS NULL THEN 'in_behandeling' ELSE 'einde_' || ended END,
        'anders'
    ) AS name, count(*) AS n FROM (
        SELECT signals.id, signals.ended_at,
            max(value) FILTER (WHERE name = 'routebesluit.hoofdroute') AS route,
            max(value) FILTER (WHERE name = 'beoordeling.oordeel') AS judgement,
            max(value) FILTER (WHERE name = 'aanpak.uitkomst') AS outcome,
            max(value) FILTER (WHERE name = 'zaak.einde') AS ended
        FROM ({_SIGNALS}) AS signals
        LEFT JOIN fact ON fact.instance_id = signals.id
        AND fact.name IN
            ('routebesluit.hoofdroute', 'beoordeling.oordeel', 'aanpak.uitkomst', 'zaak.einde')
        GROUP BY signals.id, signals.ended_at
    ) AS courses GROUP BY 1
    """  # noqa: S608
)
_TASKS = text(
    """
    SELECT CASE WHEN closed_at <= due_at THEN 'op_tijd' ELSE 'te_laat' END AS name, count(*) AS n
    FROM task WHERE municipality = :municipality AND state = 'completed'
    AND closed_at >= :begins AND closed_at < :ends AND due_at < '9000-01-01'
    GROUP BY 1
    """
)
_FACTS = text(
    """
    SELECT name, value, count(*) AS n FROM fact
    WHERE municipality = :municipality AND name = ANY(:names) AND at >= :begins AND at < :ends
    GROUP BY 1, 2
    """
)


def signals_per_month(session: Session, municipality: str, period: Period) -> Counts:
    """Signals by the month in which they came in."""
    return _named(session, _PER_MONTH, municipality, period)


def signals_by(
    session: Session, municipality: str, period: Period, names: Iterable[str]
) -> Mapping[str, Counts]:
    """Signals by the latest code of each of these dimensions; each signal counts once in each."""
    return _by_name(session, _ONE_EACH, municipality, period, names)


def signals_with(
    session: Session, municipality: str, period: Period, names: Iterable[str]
) -> Mapping[str, Counts]:
    """Signals by each code of these dimensions; a signal counts once for each of its codes."""
    return _by_name(session, _MANY_EACH, municipality, period, names)


def signals_by_course(session: Session, municipality: str, period: Period) -> Counts:
    """Signals by how far they came, each in one place."""
    return _named(session, _COURSE, municipality, period)


def tasks_by_punctuality(session: Session, municipality: str, period: Period) -> Counts:
    """Tasks that were done in the period, with a norm time: ``op_tijd`` and ``te_laat``."""
    return _named(session, _TASKS, municipality, period)


def facts_by_code(
    session: Session, municipality: str, period: Period, names: Iterable[str]
) -> Mapping[str, Counts]:
    """Cases by each code of these dimensions, recorded in the period, of any process."""
    return _by_name(session, _FACTS, municipality, period, names)


def controls(session: Session, municipality: str, period: Period) -> int:
    """Integral controls in the period, by themselves or within a case."""
    return sum(facts_by_code(session, municipality, period, [CONTROL])[CONTROL].values())


def _named(session: Session, query: Any, municipality: str, period: Period) -> Counts:
    rows = session.execute(query, _span(municipality, period))
    return {row.name: row.n for row in rows}


def _by_name(
    session: Session, query: Any, municipality: str, period: Period, names: Iterable[str]
) -> Mapping[str, Counts]:
    wanted = list(names)
    found: dict[str, dict[str, int]] = {name: {} for name in wanted}
    for row in session.execute(query, {**_span(municipality, period), "names": wanted}):
        found[row.name][row.value] = row.n
    return found


def _span(municipality: str, period: Period) -> dict[str, Any]:
    return {
        "municipality": municipality,
        "process": REPORTING_PROCESS,
        "begins": period.begins,
        "ends": period.ends,
    }
