"""Signals with facts, as many as a test of the figures needs, written without walking each case."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import text

from service.domain.suppression import Rule
from service.domain.working_days import AMSTERDAM
from service.operations.figures.earlier import earlier_report
from service.operations.figures.labels import labels_of
from service.operations.figures.period import Period
from service.operations.figures.report import make_report
from tests.integration.conftest import DEMO, Office

YEAR = Period(first=date(2025, 1, 1), until=date(2026, 1, 1))
MAY = datetime(2025, 5, 12, 10, tzinfo=AMSTERDAM)
_SIGNALS = """
    INSERT INTO instance (id, municipality, reference, process_id, publication_id, status,
        revision, state, data_key, started_at, ended_at, waiting_for, event_count, last_hash)
    SELECT gen_random_uuid(), municipality.id, :mark || n, 'meldroute_signaal', publication_id,
        'completed', 1, '', 'k', :at, :at, '{}', 0, ''
    FROM municipality, generate_series(1, :many) n WHERE municipality.id = :municipality
"""
_FACT = """
    INSERT INTO fact (instance_id, name, value, municipality, at)
    SELECT id, :name, :value, municipality, :at FROM instance WHERE reference LIKE :mark || '%'
"""


def signals(office: Office, many: int, mark: str, *, at: datetime = MAY, **facts: str) -> None:
    """Ended signals, each with these facts; ``__`` in a name is a point."""
    values: dict[str, Any] = {"many": many, "mark": f"{mark}-", "at": at, "municipality": DEMO}
    with office.application.engine.begin() as connection:
        connection.execute(text(_SIGNALS), values)
        for name, value in facts.items():
            told = {"name": name.replace("__", "."), "value": value, "mark": f"{mark}-", "at": at}
            connection.execute(text(_FACT), told)


def report(
    office: Office, period: Period = YEAR, rule: Rule | None = None, kind: str = "rapportage"
) -> Mapping[str, Any]:
    """What the report over a period shows."""
    with office.application.sessions() as session:
        published = office.application.collaborators.publications.current(session, DEMO)
        return make_report(
            session,
            municipality=DEMO,
            period=period,
            rule=rule or Rule(),
            labels=labels_of(published),
            settings=published.profile.settings,
            earlier=earlier_report(session, DEMO, kind, period),
        )


def table(shown: Mapping[str, Any], key: str) -> tuple[int | None, dict[str, int | None]]:
    """The total of one table of a report, and its counts by code."""
    [found] = [one for one in shown["tabellen"] if one["tabel"] == key]
    return found["totaal"], {row["code"]: row["aantal"] for row in found["regels"]}


def figure(shown: Mapping[str, Any], title: str) -> str | None:
    """One key figure of a report."""
    [found] = [one for one in shown["kengetallen"] if one["wat"] == title]
    value: str | None = found["waarde"]
    return value
