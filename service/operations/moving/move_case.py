"""Moves one case of a batch, or leaves it wholly where it is and says why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import REPORTER_ROLE, Actor
from service.domain.errors import MeldrouteError, Refused
from service.operations.case import Case, lock_case, write
from service.operations.collaborators import Collaborators
from service.operations.history import Happening, append_event, unsent
from service.operations.moving.cases import open_tasks_of, roles_held
from service.operations.moving.outcome import Landing, Outcome, TaskChange, outcome_of
from service.operations.moving.plans import Plans
from service.operations.moving.rows import JOB, TASK, case_row, row_of, seal_rows
from service.operations.published import Published
from service.operations.save_draft import read_draft
from service.operations.settle import settle
from service.storage import (
    Job,
    MigrationBatch,
    MigrationItem,
    Task,
    TaskCandidate,
    case_writes,
)
from service.storage.instance import ENDED

MOVED = "gemigreerd"
TAKEN_BACK = "taak_teruggenomen"


def move_case(
    session: Session,
    collaborators: Collaborators,
    batch: MigrationBatch,
    item: MigrationItem,
    plans: Plans,
    *,
    now: datetime,
) -> None:
    """Moves the case of an item that is held and still waits; the item says how it went.

    The case is looked at as it stands now: one that has taken steps since the preview goes by the
    same plan, one that has ended or has been moved already is skipped.
    """
    actor = Actor(
        user_id=batch.started_by, name=batch.started_by_name, municipality=batch.municipality
    )
    case = lock_case(
        session, collaborators, instance_id=item.instance_id, municipality=batch.municipality
    )
    item.at = now
    if reason := _needless(case, plans):
        item.state, item.reason = "skipped", reason
        return
    try:
        with session.begin_nested():
            _move(session, collaborators, case, item, plans, batch, actor=actor, now=now)
    except MeldrouteError as error:
        item.state, item.reason = "failed", str(error)[:2000]


def _needless(case: Case, plans: Plans) -> str | None:
    if case.instance.status in ENDED:
        return "De zaak was al afgesloten."
    if case.published.number >= plans.target.number:
        return f"De zaak stond al op publicatie {case.published.number}."
    return None


def _move(
    session: Session,
    collaborators: Collaborators,
    case: Case,
    item: MigrationItem,
    plans: Plans,
    batch: MigrationBatch,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    plan, source = plans.of(case.published), case.published
    tasks = open_tasks_of(session, [case.instance.id], hold=True).get(case.instance.id, ())
    found = outcome_of(case, tasks, plans.target, plan, held=roles_held(session, tasks), now=now)
    if found.advance is None:
        raise Refused(" ".join(f"{o.reason} {o.way_out}".strip() for o in found.obstacles))
    jobs = session.scalars(
        select(Job).where(Job.instance_id == case.instance.id, Job.state.in_(("waiting", "failed")))
    ).all()
    state_before, row_before = case.instance.state, case_row(case.instance)
    rows = _rows_before(session, case, tasks, jobs, plan)
    advance = _only_new(found, tasks, jobs)
    happening = _happening(case, plans, batch, actor)
    write(session, case.instance, {"publication_id": plans.target.id})
    settle(session, collaborators, case, advance, happening, now=now)
    _write_tasks(session, case, found.changes)
    _write_jobs(session, jobs, found.advance)
    _write_closed(session, rows["closed"], plan)
    _tell_of_tasks(session, case, found.changes, source, actor, now)
    item.state, item.reason = "moved", None
    item.from_publication_id = source.id
    item.state_before = state_before
    rows |= {
        "instance": row_before,
        "new_tasks": [task.task_id.hex for task in advance.opened],
        "new_jobs": [job.job_id.hex for job in advance.jobs],
        "status": case.instance.status,
        "left": bool(advance.messages or advance.signals),
        "after": {change.task.id.hex: _who(change) for change in found.changes},
    }
    item.rows_before = seal_rows(case, batch.id, rows)
    item.revision_after = case.instance.revision
    item.events_after = case.instance.event_count


def _rows_before(
    session: Session,
    case: Case,
    tasks: Sequence[Task],
    jobs: Sequence[Job],
    plan: engine.Plan,
) -> dict[str, Any]:
    """The rows that the move will change, as they are."""
    renamed = {
        (move.process_id, move.element_id)
        for move in plan.moves
        if move.to not in (None, move.element_id)
    }
    closed = session.execute(
        select(Task.id, Task.process_id, Task.element_id).where(
            Task.instance_id == case.instance.id, Task.state != "open"
        )
    )
    return {
        "tasks": [row_of(TASK, task) for task in tasks],
        "jobs": [row_of(JOB, job) for job in jobs],
        "closed": [
            [key.hex, process_id, element_id]
            for key, process_id, element_id in closed
            if (process_id, element_id) in renamed
        ],
    }


def _only_new(found: Outcome, tasks: Sequence[Task], jobs: Sequence[Job]) -> engine.Advance:
    """The step without what stood open already, and with the names that tokens have left."""
    assert found.advance is not None  # noqa: S101 - asked by the caller
    known_tasks, known_jobs = {task.id for task in tasks}, {job.id for job in jobs}
    return replace(
        found.advance,
        opened=tuple(t for t in found.advance.opened if t.task_id not in known_tasks),
        jobs=tuple(j for j in found.advance.jobs if j.job_id not in known_jobs),
        trail=(*moved_trail(found.landings), *found.advance.trail),
    )


def moved_trail(landings: Sequence[Landing]) -> Iterator[engine.TrailEntry]:
    """Tells of each token that stands under another name now that it left and came."""
    for landing in landings:
        if landing.what == "moves" and landing.to is not None:
            yield _entry(landing, landing.element_id, landing.name, "cancelled")
            yield _entry(landing, landing.to, landing.to_name or "", "entered")


def _entry(landing: Landing, element_id: str, name: str, what: Any) -> engine.TrailEntry:
    return engine.TrailEntry(
        process_id=landing.process_id,
        element_id=element_id,
        element_type="",
        name=name,
        what=what,
        scope="",
    )


def _happening(case: Case, plans: Plans, batch: MigrationBatch, actor: Actor) -> Happening:
    detail = {
        "from": case.published.id.hex,
        "to": plans.target.id.hex,
        "batch": batch.id.hex,
        "reason": batch.reason,
    }
    return Happening(
        kind=MOVED,
        actor=actor,
        element_name=f"publicatie {case.published.number} → {plans.target.number}",
        detail=detail,
    )


def _tell_of_tasks(
    session: Session,
    case: Case,
    changes: Sequence[TaskChange],
    source: Published,
    actor: Actor,
    now: datetime,
) -> None:
    """Who may no longer do a task; and drafts that answer what is not asked any more, whole."""
    for change in changes:
        task = change.task
        if change.taken_back and task.roles != [REPORTER_ROLE]:
            append_event(session, case, _taken_back(change, actor), now=now)
        if change.lost_answers:
            writer = Actor(
                user_id=None, name=task.draft_by or actor.name, municipality=actor.municipality
            )
            happening = unsent(
                row_of(TASK, task),
                read_draft(case, task),
                publication_id=source.id,
                writer=writer,
            )
            append_event(session, case, happening, now=now)


def _taken_back(change: TaskChange, actor: Actor) -> Happening:
    return Happening(
        kind=TAKEN_BACK,
        actor=actor,
        element_id=change.columns["element_id"],
        element_name=change.columns["name"],
        roles=change.columns["roles"],
        detail={"assignee": change.task.assignee_name},
    )


def _write_tasks(session: Session, case: Case, changes: Sequence[TaskChange]) -> None:
    for change in changes:
        session.execute(
            update(Task).where(Task.id == change.task.id).values(**change.columns),
            execution_options={"synchronize_session": False},
        )
    write_candidates(
        session,
        case.instance.municipality,
        {change.task.id: change.columns for change in changes},
    )


def write_candidates(
    session: Session, municipality: str, tasks: Mapping[UUID, Mapping[str, Any]]
) -> None:
    """Lays open tasks in the inboxes of exactly the roles in their columns."""
    if not tasks:
        return
    session.execute(
        delete(TaskCandidate).where(TaskCandidate.task_id.in_(tasks)),
        execution_options={"synchronize_session": False},
    )
    rows = [
        {
            "task_id": key,
            "role": role,
            "municipality": municipality,
            "due_at": columns["due_at"],
        }
        for key, columns in tasks.items()
        for role in columns["roles"]
        if role != REPORTER_ROLE
    ]
    if rows:
        case_writes.put_candidates(session, rows)


def _write_jobs(session: Session, jobs: Sequence[Job], advance: engine.Advance) -> None:
    asked = {job.job_id: job for job in advance.jobs}
    for job in jobs:
        if job.id in asked:
            session.execute(
                update(Job)
                .where(Job.id == job.id)
                .values(element_id=asked[job.id].element_id, type=asked[job.id].type),
                execution_options={"synchronize_session": False},
            )


def _write_closed(session: Session, closed: Sequence[Sequence[str]], plan: engine.Plan) -> None:
    """Closed tasks follow the plan: four eyes must find who did the step, whatever its id."""
    targets = {(move.process_id, move.element_id): move.to for move in plan.moves}
    for key, process_id, element_id in closed:
        session.execute(
            update(Task)
            .where(Task.id == UUID(hex=key))
            .values(element_id=targets[process_id, element_id]),
            execution_options={"synchronize_session": False},
        )


def _who(change: TaskChange) -> list[Any]:
    """Who has a task and when it was last written in, right after the move."""
    assignee = change.columns["assignee_id"]
    return [assignee.hex if assignee else None, change.task.draft_at]
