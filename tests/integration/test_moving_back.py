"""Batches that move cases: exactly once each, stopped, resumed and undone to the last column."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from service.domain.errors import Conflict, InvalidInput, NotFound
from service.jobs.moves import work_off
from service.operations.moving import batches
from service.operations.moving.undo_move import undo_move
from service.operations.notes import add_note
from service.storage import Event, Instance, MigrationBatch, MigrationItem, Publication
from tests.integration import drawn, moves, statements
from tests.integration.conftest import Office
from tests.integration.drawn import FOR_CARE
from tests.integration.moves import (
    FOR_SAFETY,
    asks,
    claimed,
    drafted,
    due_after,
    form,
    kinds,
    only,
    published,
    steps,
)
from tests.integration.test_erasing import erase
from tests.unit.engine.diagrams import boundary, chain, job, timer, user

GROWN = ("revision", "event_count", "last_hash")
"""What only counts on, whatever happens to a case."""


def as_it_was(office: Office, instance: Instance) -> dict[str, object]:
    found = moves.rows_about(office, instance)
    for row in found["instance"]:
        for name in GROWN:
            del row[name]
    return found


def put_back(office: Office, batch_id: UUID, instance: Instance) -> None:
    office.act(undo_move, moves.publisher(office), batch_id=batch_id, case=instance.reference)


def two_publications(office: Office, cases: int = 1) -> tuple[list[Instance], int]:
    """Cases at a task that in the newer publication has another name, role, form and norm."""
    old = user("doen", asks() + due_after("P4D").removeprefix(FOR_CARE))
    published(office, steps(old), doen=form("wie", "waar"))
    begun = [drawn.begun(office) for _ in range(cases)]
    new = user(
        "doen", asks().replace(FOR_CARE, FOR_SAFETY) + due_after("P9D").removeprefix(FOR_CARE)
    )
    late = boundary("rand", "doen", timer("PT1H")) + user("laat", FOR_CARE)
    content = steps(new.replace("Taak doen", "Anders"), after=late + chain("rand", "laat", "einde"))
    return begun, published(office, content, doen=form("wie"))


def test_undoing_puts_every_column_back(office: Office) -> None:
    [instance], second = two_publications(office)
    drafted(office, only(office, instance), doen={"wie": "Violeta", "waar": "Dorpsstraat"})
    claimed(office, only(office, instance))
    before = as_it_was(office, instance)
    fared = moves.moved(office, second)
    assert as_it_was(office, instance) != before
    put_back(office, fared.id, instance)
    assert as_it_was(office, instance) == before
    assert kinds(office, instance)[-1] == "migratie_ongedaan"
    moves.consistent(office, instance.id)
    assert dict(moves.fared(office, fared.id).counts) == {"undone": 1}
    with pytest.raises(Conflict, match="niet overgezet, of al teruggezet"):
        put_back(office, fared.id, instance)
    again = moves.moved(office, second)
    assert dict(again.counts) == {"moved": 1}


def test_undoing_brings_back_a_task_and_a_job_that_the_move_has_ended(office: Office) -> None:
    after = user("doen", asks())
    published(office, steps(job("werk"), after), doen=form("wie"))
    instance = drawn.begun(office)
    with_task = drawn.begun(office)
    office.work()
    drafted(office, only(office, with_task), doen={"wie": "Violeta"})
    waiting = drawn.begun(office)
    past = timer("2026-01-01T00:00:00Z", "timeDate")
    edges = boundary("r1", "doen", past) + boundary("r2", "werk", past) + user("laat", FOR_CARE)
    content = steps(
        job("werk"), after, after=edges + chain("r1", "laat", "einde") + chain("r2", "laat")
    )
    second = published(office, content, doen=form("wie"))
    before = {case.id: as_it_was(office, case) for case in (with_task, waiting)}
    fared = moves.moved(office, second)
    assert dict(fared.counts) == {"moved": 3}
    for case in (with_task, waiting):
        assert office.open_tasks(case.reference) == ["laat"]
    for case in (with_task, waiting):
        put_back(office, fared.id, case)
        found = as_it_was(office, case)
        found["task"] = [row for row in found["task"] if row["element_id"] != "laat"]  # type: ignore[index, attr-defined]
        assert found == before[case.id]
        moves.consistent(office, case.id)
    office.work()
    assert office.open_tasks(waiting.reference) == ["doen"]
    assert office.open_tasks(instance.reference) == ["laat"]


def test_a_case_that_somebody_worked_on_is_not_put_back(office: Office) -> None:
    published(office, steps(user("doen", FOR_CARE), user("daarna", FOR_CARE)))
    stepped, taken, written, noted, untouched = (drawn.begun(office) for _ in range(5))
    second = published(
        office, steps(user("doen", FOR_CARE), user("daarna", FOR_CARE), user("nog", FOR_CARE))
    )
    fared = moves.moved(office, second)
    actor = office.person("af-zorg")
    drawn.completed(office, drawn.open_task(office, stepped, "doen"), actor)
    claimed(office, only(office, taken))
    drafted(office, only(office, written), wie="Violeta")
    office.act(add_note, actor, instance_id=noted.id, text="Gebeld.", domain="algemeen")
    name = re.escape(actor.name)
    with pytest.raises(Conflict, match=rf"taak afgerond \(‘Taak doen’\), {name}, 09:30 op"):
        put_back(office, fared.id, stepped)
    with pytest.raises(Conflict, match=f"{name} heeft ‘Taak doen’ .* opgepakt"):
        put_back(office, fared.id, taken)
    with pytest.raises(Conflict, match=f"{name} heeft in ‘Taak doen’ geschreven"):
        put_back(office, fared.id, written)
    told = moves.undone(office, fared.id)
    assert (told.state, dict(told.counts)) == ("undone", {"kept": 3, "undone": 2})
    assert {t.reference for t in told.told} == {c.reference for c in (stepped, taken, written)}
    for case in (stepped, taken, written, noted, untouched):
        moves.consistent(office, case.id)


def test_a_batch_stops_after_a_case_and_goes_on_where_it_was(office: Office) -> None:
    cases, second = two_publications(office, cases=3)
    batch_id = moves.begun(office, second)
    parts, actor = office.application.collaborators, moves.publisher(office)
    with office.application.sessions.begin() as session:
        batches.stop_batch(session, parts, batch_id=batch_id, actor=actor)
    assert dict(moves.worked_off(office, batch_id).counts) == {"waiting": 3}
    queued = enqueued(office)
    with office.application.sessions.begin() as session:
        batches.resume_batch(session, parts, batch_id=batch_id, actor=actor)
    assert enqueued(office) == queued + 1
    fared = moves.worked_off(office, batch_id)
    assert (fared.state, dict(fared.counts)) == ("done", {"moved": 3})
    for act in (batches.stop_batch, batches.resume_batch):
        with office.application.sessions() as session, pytest.raises(Conflict):
            act(session, parts, batch_id=batch_id, actor=actor)
    assert all(kinds(office, case).count("gemigreerd") == 1 for case in cases)


def enqueued(office: Office) -> int:
    with office.application.sessions() as session:
        return int(
            session.scalar(
                text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'move_cases'")
            )
            or 0
        )


def test_a_batch_and_its_jobs_are_there_together_or_not_at_all(office: Office) -> None:
    _, second = two_publications(office)
    with office.application.sessions() as session:
        batches.start_batch(
            session,
            office.application.collaborators,
            request=moves.MoveRequest(target=second),
            reason="proef",
            actor=moves.publisher(office),
            now=office.clock(),
        )
        session.rollback()
    assert enqueued(office) == 0
    with pytest.raises(InvalidInput, match="Zeg waarom"), office.application.sessions() as s:
        batches.start_batch(
            s,
            office.application.collaborators,
            request=moves.MoveRequest(target=second),
            reason=" ",
            actor=moves.publisher(office),
            now=office.clock(),
        )
    moves.moved(office, second)
    with pytest.raises(InvalidInput, match="niets over te zetten"):
        moves.begun(office, second)


def test_what_ended_or_moved_meanwhile_is_skipped_and_what_went_on_goes_by_the_same_plan(
    office: Office,
) -> None:
    first = published(office, steps(user("doen", FOR_CARE), user("daarna", FOR_CARE)))
    ended, further, elsewhere = (drawn.begun(office) for _ in range(3))
    second = published(office, steps(user("doen", FOR_CARE), user("andere", FOR_CARE)))
    plan = moves.changed(moves.suggested(office, first, second), daarna="andere")
    batch_id = moves.begun(office, second, plan)
    actor = office.person("af-zorg")
    for case, done in ((ended, ("doen", "daarna")), (further, ("doen",))):
        for element_id in done:
            drawn.completed(office, drawn.open_task(office, case, element_id), actor)
    moves.moved(office, second, cases=[elsewhere.reference])
    fared = moves.worked_off(office, batch_id)
    assert dict(fared.counts) == {"moved": 1, "skipped": 2}
    assert {told.reference: told.reason for told in fared.told} == {
        ended.reference: "De zaak was al afgesloten.",
        elsewhere.reference: f"De zaak stond al op publicatie {second}.",
    }
    assert office.open_tasks(further.reference) == ["andere"]
    moves.consistent(office, further.id)


def test_an_unforeseen_error_in_one_case_leaves_it_and_the_others_move(office: Office) -> None:
    cases, second = two_publications(office, cases=3)
    broken = cases[1]
    with office.application.sessions.begin() as session:
        session.execute(
            update(Instance).where(Instance.id == broken.id).values(state=b"\x01" + bytes(40))
        )
    before = moves.rows_about(office, broken)
    fared = moves.moved(office, second)
    assert (fared.state, dict(fared.counts)) == ("done", {"moved": 2, "failed": 1})
    assert moves.rows_about(office, broken) == before
    assert [told.reference for told in fared.told] == [broken.reference]


def test_what_was_kept_of_a_case_goes_when_the_case_is_erased(office: Office) -> None:
    published(office, steps(user("doen", FOR_CARE)))
    instance, other = drawn.begun(office), drawn.begun(office)
    second = published(office, steps(user("doen", FOR_CARE).replace("Taak doen", "Anders")))
    fared = moves.moved(office, second)
    done = drawn.completed(office, only(office, instance).id, office.person("af-zorg"), wie="x")
    assert done.ended
    office.work()
    erase(office, instance.reference)
    with office.application.sessions() as session:
        assert session.scalars(select(MigrationItem.instance_id)).all() == [other.id]
    with pytest.raises(NotFound):
        put_back(office, fared.id, instance)
    third = published(office, steps(user("doen", FOR_CARE)))
    assert [case.reference for case in moves.previewed(office, third)] == [other.reference]


def test_nobody_else_sees_or_touches_a_batch(office: Office) -> None:
    [instance], second = two_publications(office)
    fared = moves.moved(office, second)
    parts, now = office.application.collaborators, office.clock()
    stranger = office.person("af-zorg")
    with office.application.sessions() as session:
        for key, actor in ((fared.id, stranger), (uuid4(), moves.publisher(office))):
            for act in (batches.progress, batches.stop_batch, batches.resume_batch):
                with pytest.raises(NotFound):
                    act(session, parts, batch_id=key, actor=actor)  # type: ignore[operator]
            with pytest.raises(NotFound):
                batches.undo_batch(session, parts, batch_id=key, actor=actor, now=now)
            with pytest.raises(NotFound):
                undo_move(session, parts, batch_id=key, case=str(instance.id), actor=actor, now=now)


def test_progress_is_read_from_an_index(office: Office) -> None:
    _, second = two_publications(office)
    fared = moves.moved(office, second)
    many_items(office, fared.id)
    with statements.asked(office.application.engine) as work:
        moves.fared(office, fared.id)
    assert len(work) <= 8, work.told()
    [counting] = [
        plan
        for (asked, _), plan in zip(
            [s for s in work.statements if s[0].lstrip().startswith("SELECT")],
            statements.plans(office.application.engine, work),
            strict=True,
        )
        if "GROUP BY migration_item.state" in asked
    ]
    assert "ix_migration_item_progress" in {node.get("Index Name") for node in counting}


def many_items(office: Office, batch_id: UUID) -> None:
    """Other batches with many cases, so that the planner must choose."""
    with office.application.sessions.begin() as session:
        copy_row(session, Instance, "id", 3_000, reference="'x' || n")
        copy_row(session, MigrationBatch, "id", 9)
        session.execute(
            text(
                "INSERT INTO migration_item (batch_id, instance_id, municipality, chunk, state) "
                "SELECT b.id, i.id, i.municipality, 0, 'moved' FROM migration_batch b, instance i "
                "WHERE b.id <> :batch"
            ),
            {"batch": batch_id},
        )
    with office.application.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(
            text("VACUUM ANALYZE migration_item")
        )


def copy_row(session: Session, model: Any, key: str, times: int, **other: str) -> None:
    """Copies of the one row that there is, under new keys."""
    other[key] = "gen_random_uuid()"
    names = [column.key for column in model.__table__.columns]
    values = ", ".join(other.get(name, name) for name in names)
    session.execute(
        text(
            f"INSERT INTO {model.__tablename__} ({', '.join(names)}) SELECT {values} "  # noqa: S608
            f"FROM (SELECT * FROM {model.__tablename__} LIMIT 1) one, generate_series(1, {times}) n"
        )
    )


def test_a_chunk_that_is_worked_off_twice_moves_each_case_once(office: Office) -> None:
    cases, second = two_publications(office, cases=4)
    batch_id = moves.begun(office, second)
    for _ in range(3):
        work_off(office.application, batch_id, 0)
    with office.application.sessions() as session:
        told = session.execute(
            select(Event.instance_id, func.count())
            .where(Event.kind == "gemigreerd")
            .group_by(Event.instance_id)
        ).all()
        assert dict(map(tuple, told)) == dict.fromkeys((case.id for case in cases), 1)
        assert set(session.scalars(select(MigrationItem.state))) == {"moved"}
        number = select(Publication.number).where(Publication.id == Instance.publication_id)
        assert set(session.scalars(select(number.scalar_subquery()).select_from(Instance))) == {
            second
        }
