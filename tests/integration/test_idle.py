"""A case in which nothing is due costs nothing, however many there are."""

import json
from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import text

from service.domain.actor import Actor
from service.jobs.work import sweep
from service.operations.inbox import my_tasks, role_tasks
from tests.integration import drawn, statements
from tests.integration.conftest import DEMO, Furnished, Office, OpenOffice

MANY = 20_000
FILL = (
    """INSERT INTO instance (id, municipality, reference, process_id, publication_id, status,
         revision, state, data_key, started_at, waiting_for, event_count, last_hash, next_due)
       SELECT gen_random_uuid(), municipality, 'X-' || n, process_id, publication_id, 'active',
         1, '', '', :now, '{}', 0, '', CASE WHEN n % 3 = 0 THEN :now + n * interval '1 minute' END
       FROM instance, generate_series(1, :many) n WHERE reference = :reference""",
    """INSERT INTO task (id, municipality, instance_id, reference, process_id, element_id, name,
         roles, state, opened_at, due_at, next_nudge, nudges)
       SELECT gen_random_uuid(), municipality, id, reference, process_id, 'doen', 'Doen',
         ARRAY['af-zorg', 'oov'], 'open', :now, :now + random() * interval '30 days',
         :now + interval '1 hour', 0
       FROM instance WHERE reference LIKE 'X-%'""",
    """INSERT INTO task_candidate (task_id, role, municipality, due_at)
       SELECT id, unnest(roles), municipality, due_at FROM task WHERE reference LIKE 'X-%'""",
    """INSERT INTO scheduled_start (id, municipality, process_id, element_id, publication_id,
         timer, anchor_at, counted_from, next_at)
       SELECT gen_random_uuid(), municipality, 'proces-' || n, 'begin', publication_id,
         'cycle R/P1D', :now, :now, CASE WHEN n % 3 = 0 THEN :now + n * interval '1 minute' END
       FROM instance, generate_series(1, :many) n WHERE reference = :reference""",
    """INSERT INTO reporter (instance_id, municipality, wants_feedback, wipe_at)
       SELECT id, municipality, false,
         :now + interval '1 day' + substr(reference, 3)::int * interval '1 minute'
       FROM instance WHERE reference LIKE 'X-%'""",
    "ANALYZE instance, task, task_candidate, scheduled_start, reporter",
)


@pytest.fixture(scope="module")
def crowd(furnished: Furnished) -> Iterator[str]:
    with furnished(_fill) as template:
        yield template


@pytest.fixture
def crowded(crowd: str, open_office: OpenOffice) -> Office:
    """The office with a great many open cases and planned starts, none of which is due."""
    return open_office(crowd)


def _fill(office: Office) -> None:
    reference = office.report().reference
    values = {"now": office.clock(), "many": MANY, "reference": reference}
    with office.application.engine.begin() as connection:
        for statement in FILL:
            connection.execute(text(statement), values)


def scans(office: Office, work: statements.Asked) -> list[dict[str, object]]:
    return [
        node
        for plan in statements.plans(office.application.engine, work)
        for node in plan
        if "Scan" in node["Node Type"] and node.get("Relation Name") is not None
    ]


def test_the_sweep_reads_no_idle_case_and_writes_nothing(crowded: Office) -> None:
    with statements.asked(crowded.application.engine) as work:
        assert sweep(crowded.application) == 0
    assert len(work) == 5, work.told()
    assert work.verbs == {"SELECT"}
    found = scans(crowded, work)
    assert [node.get("Index Name") for node in found[:4]] == [
        "ix_instance_next_due",
        "ix_task_next_nudge",
        "ix_scheduled_start_next_at",
        "ix_reporter_wipe_at",
    ]
    assert {node["Relation Name"] for node in found[4:]} == {"trial", "draft"}, "they are few"
    assert sum(statements.read_by(node) for node in found) == 0


def test_the_sweep_takes_what_is_due_and_nothing_else(crowded: Office) -> None:
    drawn.publish_process(
        crowded,
        drawn.WAITS,
    )
    instance = drawn.begun(crowded)
    with crowded.application.engine.begin() as connection:
        connection.execute(text("UPDATE task SET next_nudge = NULL"))
        connection.execute(text("UPDATE instance SET next_due = NULL WHERE reference LIKE 'X-%'"))
    crowded.clock.move(hours=2)
    assert sweep(crowded.application) == 1
    assert crowded.instance(instance.reference).status == "completed"


@pytest.mark.parametrize("roles", [("af-zorg",), ("af-zorg", "oov")])
@pytest.mark.parametrize("of_one_case", [False, True])
def test_the_inbox_reads_a_page_and_not_the_pile(
    crowded: Office, roles: tuple[str, ...], of_one_case: bool
) -> None:
    if of_one_case:
        with crowded.application.engine.begin() as connection:
            connection.execute(
                text("UPDATE task SET instance_id = (SELECT id FROM instance LIMIT 1)")
            )
            connection.execute(text("ANALYZE task"))
    person = crowded.person("af-zorg")
    actor = Actor(
        user_id=person.user_id, name=person.name, municipality=DEMO, roles=frozenset(roles)
    )
    limit, after = 25, None
    for _ in range(3):
        with (
            statements.asked(crowded.application.engine) as work,
            crowded.application.sessions() as session,
        ):
            page = role_tasks(session, actor=actor, after=after, limit=limit)
        after = page.next_cursor
        assert len(page.tasks) == limit
        assert len(work) == 1
        for node in scans(crowded, work):
            if node["Relation Name"] == "extra_lock" or not node["Actual Loops"]:
                continue  # a handful of rows at most, and none here
            assert "Seq" not in str(node["Node Type"]), json.dumps(node)
            assert statements.read_by(node) <= (limit + 1) * len(roles) + 1, json.dumps(node)


def test_pages_follow_on_without_gap_or_repetition(crowded: Office) -> None:
    actor, seen, after = crowded.person("af-zorg"), [], None
    with crowded.application.sessions() as session:
        for _ in range(10):
            page = role_tasks(session, actor=actor, after=after, limit=100)
            seen += [(task.due_at, task.id) for task in page.tasks]
            after = page.next_cursor
    assert len(set(seen)) == 1000
    dues: list[datetime | None] = [due for due, _ in seen]
    assert None not in dues
    assert dues == sorted(due for due in dues if due is not None)


def test_the_tasks_of_one_person_come_from_their_own_index(crowded: Office) -> None:
    person = crowded.person("af-zorg")
    with crowded.application.engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE task SET assignee_id = :who WHERE id IN "
                "(SELECT id FROM task WHERE state = 'open' LIMIT 30)"
            ),
            {"who": person.user_id},
        )
    with (
        statements.asked(crowded.application.engine) as work,
        crowded.application.sessions() as session,
    ):
        assert len(my_tasks(session, actor=person).tasks) == 25
    [node] = scans(crowded, work)
    assert node["Index Name"] == "ix_task_assignee"
    assert statements.read_by(node) <= 31
