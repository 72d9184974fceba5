"""Counts of one process, one query a figure: by element, without opening a case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from service.domain.working_days import WorkingCalendar
from service.operations.figures.period import Period
from service.operations.studio.insight.working_time import days_between
from service.storage.task import NEVER


@dataclass(frozen=True, kw_only=True)
class Where:
    """Which process of which municipality, and when."""

    municipality: str
    process_id: str
    period: Period

    def as_parameters(self) -> dict[str, Any]:
        """What every query asks for."""
        return {
            "municipality": self.municipality,
            "process": self.process_id,
            "begins": self.period.begins,
            "ends": self.period.ends,
            "never": NEVER,
        }


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Cases that stand at an element."""

    name: str
    cases: int
    late: int = 0
    """Of those, with a task there whose norm time has passed."""


@dataclass(frozen=True, kw_only=True)
class Spread:
    """The middle of what things took, and what nine out of ten stayed within."""

    median: float
    p90: float


@dataclass(frozen=True, kw_only=True)
class Done:
    """Tasks of a step that were completed in the period."""

    name: str
    tasks: int
    cases: int
    with_norm: int
    late: int
    hours: Spread
    """Day and night."""
    working_days: Spread
    working_hours: Spread


@dataclass(frozen=True, kw_only=True)
class Passed:
    """How often something happened in the period, and in how many cases."""

    times: int
    cases: int
    timed: int = 0
    """Of those times, of how many is known how long it took."""
    timed_cases: int = 0
    hours: Spread | None = None


_RUNNING = "SELECT id FROM instance WHERE municipality = :municipality AND ended_at IS NULL"
# Looked up case by case: ``OFFSET`` keeps PostgreSQL from a join, for which it would read the
# events of all cases that ever were.
_OWN_EVENTS = "LATERAL (SELECT trail FROM event WHERE instance_id = running.id OFFSET 0) AS own"
_TASKS_WAITING = text(
    f"""
    SELECT task.element_id, max(task.name) AS name, count(DISTINCT instance_id) AS cases,
        count(DISTINCT instance_id) FILTER (WHERE due_at < :now) AS late
    FROM ({_RUNNING}) AS running JOIN task ON task.instance_id = running.id
    WHERE task.state = 'open' AND task.process_id = :process
    GROUP BY 1
    """  # noqa: S608 - no part of it comes from outside
)
_TOKENS_WAITING = text(
    f"""
    SELECT element_id, count(*) AS cases FROM (
        SELECT running.id, step ->> 1 AS element_id
        FROM ({_RUNNING}) AS running, {_OWN_EVENTS}, jsonb_array_elements(trail) AS step
        WHERE step ->> 0 = :process AND step ->> 2 IN ('entered', 'completed', 'cancelled')
        GROUP BY 1, 2
        HAVING sum(CASE step ->> 2 WHEN 'entered' THEN 1 ELSE -1 END) > 0
    ) AS standing GROUP BY 1
    """  # noqa: S608
)
_COMPLETED = """
    FROM task
    WHERE municipality = :municipality AND state = 'completed'
    AND closed_at >= :begins AND closed_at < :ends AND process_id = :process
"""
_REACH = text(
    f"""
    SELECT min(opened_at) AS first, max(closed_at) AS last {_COMPLETED}
    """
)
_IN_DAYS = "{0}.before + CASE WHEN {0}.works THEN extract(epoch FROM {1}::time) / 86400 ELSE 0 END"
_IN_HOURS = """({0}.before * (:closes - :opens) + CASE WHEN {0}.works
    THEN least(greatest(extract(epoch FROM {1}::time) - :opens, 0), :closes - :opens) ELSE 0 END
    ) / 3600"""
_DURATIONS = text(
    f"""
    WITH done AS MATERIALIZED (
        SELECT element_id, name, instance_id, due_at, opened_at, closed_at,
            opened_at AT TIME ZONE :zone AS opened, closed_at AT TIME ZONE :zone AS closed
        {_COMPLETED}
    ), day AS (
        SELECT day, before, works FROM unnest(
            CAST(:days AS date[]), CAST(:before AS integer[]), CAST(:works AS boolean[])
        ) AS calendar (day, before, works)
    ), timed AS (
        SELECT done.*, extract(epoch FROM closed_at - opened_at) / 3600 AS hours,
            ({_IN_DAYS.format("till", "closed")}) - ({_IN_DAYS.format("since", "opened")}) AS days,
            ({_IN_HOURS.format("till", "closed")}) - ({_IN_HOURS.format("since", "opened")})
                AS office_hours
        FROM done
        JOIN day AS since ON since.day = opened::date
        JOIN day AS till ON till.day = closed::date
    )
    SELECT element_id, max(name) AS name, count(*) AS tasks,
        count(DISTINCT instance_id) AS cases,
        count(*) FILTER (WHERE due_at < :never) AS with_norm,
        count(*) FILTER (WHERE closed_at > due_at) AS late,
        percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY hours) AS hours,
        percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY days) AS days,
        percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY office_hours) AS office_hours
    FROM timed GROUP BY 1
    """  # noqa: S608
)
# What has a null for seconds is a repetition as a whole: its instances count.
_PASSED = text(
    """
    WITH each AS MATERIALIZED (
        SELECT instance_id, step ->> 1 AS element_id, count(*) AS times,
            array_agg(CAST(step ->> 3 AS integer)) FILTER (WHERE step ->> 3 IS NOT NULL) AS stays
        FROM event, jsonb_array_elements(trail) AS step
        WHERE municipality = :municipality AND at >= :begins AND at < :ends
        AND step ->> 0 = :process AND step ->> 2 IN ('taken', 'completed')
        AND step -> 3 IS DISTINCT FROM 'null'
        GROUP BY 1, 2
    ), passed AS (
        SELECT element_id, CAST(sum(times) AS integer) AS times, count(*) AS cases,
            count(stays) AS timed_cases
        FROM each GROUP BY 1
    ), stayed AS (
        SELECT element_id, count(*) AS timed,
            percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY seconds) AS seconds
        FROM each, unnest(stays) AS seconds WHERE stays IS NOT NULL GROUP BY 1
    )
    SELECT * FROM passed LEFT JOIN stayed USING (element_id)
    """
)


def waiting(session: Session, where: Where, now: datetime) -> Mapping[str, Waiting]:
    """The cases that stand at each element at this moment, whatever the period."""
    asked = {**where.as_parameters(), "now": now}
    found = {
        row.element_id: Waiting(name="", cases=row.cases)
        for row in session.execute(_TOKENS_WAITING, asked)
    }
    for row in session.execute(_TASKS_WAITING, asked):
        found[row.element_id] = Waiting(name=row.name, cases=row.cases, late=row.late)
    return found


def durations(session: Session, where: Where, calendar: WorkingCalendar) -> Mapping[str, Done]:
    """What the tasks of each step took that were completed in the period."""
    reach = session.execute(_REACH, where.as_parameters()).one()
    if reach.first is None:
        return {}
    zone = calendar.zone
    days = days_between(
        calendar, reach.first.astimezone(zone).date(), reach.last.astimezone(zone).date()
    )
    asked = {**where.as_parameters(), **days.as_parameters(calendar)}
    return {
        row.element_id: Done(
            name=row.name,
            tasks=row.tasks,
            cases=row.cases,
            with_norm=row.with_norm,
            late=row.late,
            hours=_spread(row.hours),
            working_days=_spread(row.days),
            working_hours=_spread(row.office_hours),
        )
        for row in session.execute(_DURATIONS, asked)
    }


def passed(session: Session, where: Where) -> Mapping[str, Passed]:
    """How often each sequence flow was taken and each element was done, and what that took."""
    return {
        row.element_id: Passed(
            times=row.times,
            cases=row.cases,
            timed=row.timed or 0,
            timed_cases=row.timed_cases,
            hours=_spread(value / 3600 for value in row.seconds) if row.seconds else None,
        )
        for row in session.execute(_PASSED, where.as_parameters())
    }


def _spread(found: Iterable[Any]) -> Spread:
    median, p90 = (float(value) for value in found)
    return Spread(median=median, p90=p90)
