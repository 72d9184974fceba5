"""How long insight in a process takes over a year of ended cases, and over one month of it.

A quarter of the events ends a wait, as calls and timers do.
"""

import time
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import text

from bench.figures import Figure, median
from bench.place import PROCESS, Place
from service.operations.figures.period import Period
from service.operations.studio.insight.show import show_insight

CASES, EVENTS = 10_000, 12
GOAL = 0.5
YEAR = Period(first=date(2024, 1, 1), until=date(2025, 1, 1))
MONTH = Period(first=date(2024, 6, 1), until=date(2024, 7, 1))
STEPS = ("t1_registreren", "t2_triage", "t3b_regulier", "t4_plan", "t5_aanpak", "t6_afsluiten")
_CASES = text(
    """
    INSERT INTO instance (id, municipality, reference, process_id, publication_id, status,
        revision, state, data_key, started_at, ended_at, waiting_for, event_count, last_hash)
    SELECT gen_random_uuid(), municipality.id, 'INZICHT-' || n, :process, publication_id,
        'completed', 1, '', 'k', :first + n * interval '50 minutes',
        :first + n * interval '50 minutes' + interval '12 days', '{}', :events, ''
    FROM municipality, generate_series(1, :cases) n WHERE municipality.id = :municipality
    """
)
_EVENTS = text(
    """
    INSERT INTO event (instance_id, seq, municipality, at, kind, actor_name, roles, trail,
        detail, hash)
    SELECT id, n, municipality, started_at + n * interval '1 day', 'afgerond', 'Meting',
        '["regie"]',
        jsonb_build_array(
            jsonb_build_array(process_id, (CAST(:steps AS text[]))[1 + n % 6], 'completed'),
            jsonb_build_array(process_id, 'f' || 1 + n % 11, 'taken'),
            jsonb_build_array(process_id, 'gw_ernst', 'completed')
                || CASE n % 4 WHEN 0 THEN to_jsonb(n * 5000 + hashtext(reference) % 5000)
                    ELSE '[]' END,
            jsonb_build_array(process_id, 'f' || 1 + (n + 1) % 11, 'taken'),
            jsonb_build_array(process_id, (CAST(:steps AS text[]))[1 + (n + 1) % 6], 'entered')
        ), decode(repeat('ab', 250), 'hex'), decode(repeat('cd', 32), 'hex')
    FROM instance, generate_series(1, :events) n WHERE reference LIKE 'INZICHT-%'
    ORDER BY started_at + n * interval '1 day'
    """
)
_TASKS = text(
    """
    INSERT INTO task (id, municipality, instance_id, reference, process_id, element_id, name,
        roles, state, opened_at, due_at, closed_at, nudges)
    SELECT gen_random_uuid(), municipality, id, reference, process_id,
        (CAST(:steps AS text[]))[n], 'Stap', '{regie}', 'completed',
        started_at + n * interval '2 days',
        started_at + n * interval '2 days' + interval '30 hours',
        started_at + n * interval '2 days' + (hashtext(reference || n) % 47) * interval '1 hour'
            + interval '50 hours', 0
    FROM instance, generate_series(1, 6) n WHERE reference LIKE 'INZICHT-%'
    """
)


def measure(at: Place, *, repeat: int) -> list[Figure]:
    """The figures of one process, as its page and its API ask for them."""
    _fill(at)
    year, month = (_shown(at, period, repeat) for period in (YEAR, MONTH))
    return [
        Figure(
            name=f"inzicht over een jaar, {CASES // 1000}.000 zaken van {EVENTS} gebeurtenissen",
            value=year,
            unit="ms",
        ),
        Figure(
            name="inzicht over een maand daarvan / over het jaar",
            value=month / year,
            goal=GOAL,
            how=f"{month:.0f} ms tegen {year:.0f} ms",
        ),
    ]


def _fill(at: Place) -> None:
    values = {
        "municipality": at.actor.municipality,
        "process": PROCESS,
        "first": datetime(2024, 1, 1, tzinfo=UTC) - timedelta(days=3),
        "cases": CASES,
        "events": EVENTS,
        "steps": list(STEPS),
    }
    with at.application.engine.begin() as connection:
        for statement in (_CASES, _EVENTS, _TASKS):
            connection.execute(
                statement, {name: values[name] for name in statement.compile().params}
            )
    with at.application.engine.connect() as connection:
        own = connection.execution_options(isolation_level="AUTOCOMMIT")
        own.execute(text("VACUUM ANALYZE instance, event, task"))


def _shown(at: Place, period: Period, repeat: int) -> float:
    times = []
    for _ in range(repeat):
        begin = time.perf_counter()
        with at.application.sessions() as session:
            shown = show_insight(
                session,
                at.application.collaborators,
                process_id=PROCESS,
                period=period,
                actor=at.actor,
                now=at.now(),
            )
        times.append((time.perf_counter() - begin) * 1000)
        assert any(path.times for path in shown.paths)
    return median(times)
