"""What a completion costs besides the engine, against the same transaction in plain psycopg."""

import gc
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import psycopg
from sqlalchemy import select

from bench.figures import Figure, median
from bench.place import PROCESS, Place, answers_for
from bench.watch import Watch, watching
from service.operations.complete_task import complete_task
from service.operations.start_instance import start_instance
from service.storage import Instance, Task

Statements = list[tuple[str, Any]]
GOAL_STATEMENTS, GOAL_REST = 12, 3


@dataclass
class Steps:
    """Milliseconds of every step, by the task it completed."""

    total: dict[str, list[float]] = field(default_factory=dict)
    engine: dict[str, list[float]] = field(default_factory=dict)
    plain: dict[str, list[float]] = field(default_factory=dict)
    start: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)
    commits: list[int] = field(default_factory=list)

    def case(self, kind: str) -> float:
        """The median time of a whole case: of each step, added up."""
        return sum(median(times) for times in getattr(self, kind).values())


def measure(at: Place, *, cases: int) -> tuple[list[Figure], Steps]:
    """Walks cases and their twins in turn, one step of each after the other."""
    steps = Steps()
    with watching(at.application.engine) as watch, _plain(at) as connection:
        model = _recorded(at, watch)
        _walk(at, watch, Steps(), connection, model)
        gc.collect()
        gc.freeze()
        for _ in range(cases):
            _walk(at, watch, steps, connection, model)
        gc.unfreeze()
    rest = steps.case("total") - steps.case("engine")
    count = len(steps.total)
    return [
        Figure(
            name="overig deel van een afronding / kale transactie",
            value=rest / steps.case("plain"),
            goal=GOAL_REST,
            how=f"{rest / count:.2f} ms tegen {steps.case('plain') / count:.2f} ms",
        ),
        Figure(
            name="SQL-opdrachten per afronding (operatie)",
            value=max(steps.statements),
            unit="",
            goal=GOAL_STATEMENTS,
        ),
        Figure(name="commits per afronding (operatie)", value=max(steps.commits), unit="", goal=1),
        Figure(name="starten van een zaak (operatie)", value=median(steps.start), unit="ms"),
        Figure(name="afronden (operatie)", value=steps.case("total") / count, unit="ms"),
        Figure(
            name="  waarvan motor (laden, stap, bewaren)",
            value=steps.case("engine") / count,
            unit="ms",
        ),
    ], steps


def started(at: Place, process: str = PROCESS) -> Instance:
    """A new case."""
    with at.application.sessions.begin() as session:
        return start_instance(
            session,
            at.application.collaborators,
            process_id=process,
            actor=at.actor,
            now=at.now(),
        )


def open_task(at: Place, instance_id: UUID) -> tuple[UUID, str] | None:
    """Id and element of the open task of a case."""
    with at.application.sessions() as session:
        row = session.execute(
            select(Task.id, Task.element_id).where(
                Task.instance_id == instance_id, Task.state == "open"
            )
        ).one_or_none()
        return None if row is None else (row[0], row[1])


def completed(at: Place, task_id: UUID, element_id: str) -> None:
    """Completes a task, in one transaction."""
    with at.application.sessions.begin() as session:
        complete_task(
            session,
            at.application.collaborators,
            task_id=task_id,
            actor=at.actor,
            answers=answers_for(element_id),
            now=at.now(),
        )


def _recorded(at: Place, watch: Watch) -> list[tuple[UUID, UUID, Statements]]:
    """Of every step of one case: the case, the task, and what was asked of the database."""
    instance_id = started(at).id
    model = []
    while (task := open_task(at, instance_id)) is not None:
        watch.clear()
        completed(at, *task)
        model.append((instance_id, task[0], list(watch.statements)))
    return model


def _walk(
    at: Place,
    watch: Watch,
    steps: Steps,
    connection: psycopg.Connection[Any],
    model: list[tuple[UUID, UUID, Statements]],
) -> None:
    begin = time.perf_counter()
    instance_id = started(at).id
    steps.start.append((time.perf_counter() - begin) * 1000)
    twin = started(at).id
    twin_task = open_task(at, twin)
    assert twin_task is not None
    same = {model[0][0]: twin, model[0][1]: twin_task[0]}
    for _, _, statements in model:
        task = open_task(at, instance_id)
        assert task is not None
        watch.clear()
        begin = time.perf_counter()
        completed(at, *task)
        steps.total.setdefault(task[1], []).append((time.perf_counter() - begin) * 1000)
        steps.engine.setdefault(task[1], []).append(watch.in_engine * 1000)
        steps.statements.append(len(watch.statements))
        steps.commits.append(watch.commits)
        steps.plain.setdefault(task[1], []).append(_replayed(connection, statements, same))


def _replayed(
    connection: psycopg.Connection[Any], statements: Statements, same: dict[UUID, UUID]
) -> float:
    """Runs the same statements on the twin; milliseconds up to and including the commit."""
    ready = [(text, _translated(params, same)) for text, params in statements]
    begin = time.perf_counter()
    for text, params in ready:
        cursor = connection.execute(text, params)
        if cursor.description:
            cursor.fetchall()
    connection.commit()
    return (time.perf_counter() - begin) * 1000


def _translated(value: Any, same: dict[UUID, UUID]) -> Any:
    """The parameters with the ids of the twin; an id of something new becomes a new one."""
    if isinstance(value, UUID):
        return same.get(value, value)
    if isinstance(value, Mapping):
        new = value.get("id")
        if isinstance(new, UUID) and "instance_id" in value:
            same.setdefault(new, uuid4())
        return {name: _translated(inner, same) for name, inner in value.items()}
    if isinstance(value, tuple):
        return tuple(_translated(inner, same) for inner in value)
    if isinstance(value, list):
        return [_translated(inner, same) for inner in value]
    return value


def _plain(at: Place) -> psycopg.Connection[Any]:
    address = at.application.engine.url.set(drivername="postgresql")
    return psycopg.connect(address.render_as_string(hide_password=False))
