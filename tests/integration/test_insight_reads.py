"""Insight reads what happened in its period and what runs now, however much lies around that."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from tests.integration import insights, statements
from tests.integration.conftest import Office
from tests.integration.insights import at, begun, judged, seen, step

MANY, EACH = 3_000, 12
ENDED = """
    INSERT INTO instance (id, municipality, reference, process_id, publication_id, status,
        revision, state, data_key, started_at, ended_at, waiting_for, event_count, last_hash)
    SELECT gen_random_uuid(), municipality, 'X-' || n, process_id, publication_id, 'completed',
        1, '', '', started_at - (60 + n % 900) * interval '1 day',
        started_at - (59 + n % 900) * interval '1 day', '{}', :each, ''
    FROM instance, generate_series(1, :many) n WHERE reference = :reference
"""
# In the room of what was erased new events lie among old ones: the order of rows says nothing.
EVENTS = """
    INSERT INTO event (instance_id, seq, municipality, at, kind, actor_name, roles, trail, hash)
    SELECT id, n, municipality, started_at + n * interval '1 hour', 'afgerond', 'Iemand', '[]',
        '[["proces", "toetsen", "entered"], ["proces", "toetsen", "completed"]]', ''
    FROM instance, generate_series(1, :each) n WHERE reference LIKE 'X-%' ORDER BY md5(id::text)
"""
TASKS = """
    INSERT INTO task (id, municipality, instance_id, reference, process_id, element_id, name,
        roles, state, opened_at, due_at, closed_at, nudges)
    SELECT gen_random_uuid(), municipality, id, reference, process_id, 'toetsen', 'Toetsen',
        '{af-zorg}', 'completed', started_at, ended_at, ended_at, 0
    FROM instance WHERE reference LIKE 'X-%' ORDER BY md5(id::text)
"""


@pytest.fixture
def old(office: Office) -> Office:
    """Three cases of this month, one of which runs; before it, years with thousands of others."""
    insights.published(office)
    cases = [begun(office) for _ in range(3)]
    values = {"reference": cases[0], "many": MANY, "each": EACH}
    with office.application.engine.begin() as connection:
        for statement in (ENDED, EVENTS, TASKS):
            connection.execute(text(statement), values)
        connection.execute(text("ANALYZE instance, event, task"))
    at(office, 4, 10)
    for case in cases[:2]:
        judged(office, case, "ja")
    return office


def test_a_page_reads_no_event_task_or_case_from_before_its_period(old: Office) -> None:
    with statements.asked(old.application.engine) as work:
        assert step(seen(old), "toetsen").done == 2
    for table in ("event", "task", "instance"):
        for node in nodes(old, work, table):
            assert node["Node Type"] != "Seq Scan", node
            assert statements.read_by(node) <= of_now(old, table) + 1, node


def nodes(office: Office, work: statements.Asked, table: str) -> Iterator[dict[str, Any]]:
    for plan in statements.plans(office.application.engine, work):
        yield from (node for node in plan if node.get("Relation Name") == table)


def of_now(office: Office, table: str) -> int:
    """How many rows the three cases of now have."""
    which = {"instance": "id"}.get(table, "instance_id")
    counted = f"""SELECT count(*) FROM {table} WHERE {which} IN
        (SELECT id FROM instance WHERE reference NOT LIKE 'X-%')"""  # noqa: S608
    with office.application.engine.connect() as connection:
        return connection.execute(text(counted)).scalar_one()
