"""Moving cases in tests: who publishes, and the worker's part of it by hand."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import inspect, select

from service import engine
from service.domain.actor import Actor
from service.jobs.moves import work_off
from service.operations.case import open_case
from service.operations.moving.batches import (
    Progress,
    batches,
    progress,
    start_batch,
    undo_batch,
)
from service.operations.moving.plans import MovePlan, MoveRequest, suggest_plan
from service.operations.moving.preview_move import CasePreview, preview_move
from service.operations.verify_history import verify_history
from service.storage import Instance, Job, MigrationItem, Task, TaskCandidate
from tests.integration.conftest import Office

PUBLISHER = "functioneel-beheer"


def publisher(office: Office) -> Actor:
    return office.person(PUBLISHER)


def suggested(office: Office, source: int, target: int) -> MovePlan:
    with office.application.sessions() as session:
        return suggest_plan(
            session,
            office.application.collaborators,
            source=source,
            target=target,
            actor=publisher(office),
        )


def changed(plan: MovePlan, **to: str | None) -> dict[str, Any]:
    """The plan in its JSON form, with other targets."""
    found = plan.as_json()
    for move in found["moves"]:
        move["to"] = to.get(move["element"], move["to"])
    return found


def previewed(
    office: Office, target: int, *plans: Mapping[str, Any], cases: Sequence[str] | None = None
) -> list[CasePreview]:
    with office.application.sessions.begin() as session:
        page = preview_move(
            session,
            office.application.collaborators,
            request=MoveRequest(target=target, plans=plans, cases=cases),
            actor=publisher(office),
            now=office.clock(),
            limit=500,
        )
    assert page.next_reference is None
    return list(page.cases)


def begun(
    office: Office, target: int, *plans: Mapping[str, Any], cases: Sequence[str] | None = None
) -> UUID:
    with office.application.sessions.begin() as session:
        return start_batch(
            session,
            office.application.collaborators,
            request=MoveRequest(target=target, plans=plans, cases=cases),
            reason="kortere weg",
            actor=publisher(office),
            now=office.clock(),
        )


def worked_off(office: Office, batch_id: UUID) -> Progress:
    """What the worker does."""
    with office.application.sessions() as session:
        chunks = session.scalars(
            select(MigrationItem.chunk).where(MigrationItem.batch_id == batch_id).distinct()
        ).all()
    for chunk in chunks:
        work_off(office.application, batch_id, chunk)
    return fared(office, batch_id)


def moved(
    office: Office, target: int, *plans: Mapping[str, Any], cases: Sequence[str] | None = None
) -> Progress:
    return worked_off(office, begun(office, target, *plans, cases=cases))


def undone(office: Office, batch_id: UUID) -> Progress:
    with office.application.sessions.begin() as session:
        undo_batch(
            session,
            office.application.collaborators,
            batch_id=batch_id,
            actor=publisher(office),
            now=office.clock(),
        )
    return worked_off(office, batch_id)


def fared(office: Office, batch_id: UUID) -> Progress:
    with office.application.sessions() as session:
        return progress(
            session,
            office.application.collaborators,
            batch_id=batch_id,
            actor=publisher(office),
        )


def listed(office: Office) -> tuple[Progress, ...]:
    with office.application.sessions() as session:
        return batches(session, office.application.collaborators, actor=publisher(office))


def rows_about(office: Office, instance: Instance) -> dict[str, Any]:
    """Every column of a case, its tasks, inboxes and jobs; the state opened."""
    found: dict[str, Any] = {}
    with office.application.sessions() as session:
        for model in (Instance, Task, TaskCandidate, Job):
            of_case = {
                Instance: Instance.id == instance.id,
                TaskCandidate: TaskCandidate.task_id.in_(
                    select(Task.id).where(Task.instance_id == instance.id)
                ),
            }.get(model)  # type: ignore[call-overload]
            where = model.instance_id == instance.id if of_case is None else of_case  # type: ignore[attr-defined]
            found[model.__tablename__] = sorted(
                (
                    {c.key: getattr(row, c.key) for c in inspect(model).columns}
                    for row in session.scalars(select(model).where(where))
                ),
                key=str,
            )
    return found


def consistent(office: Office, instance_id: UUID) -> None:
    """What the rows say is what the engine says, and the history is whole."""
    with office.application.sessions() as session:
        instance = session.get_one(Instance, instance_id)
        case = open_case(session, office.application.collaborators, instance)
        around = case.published.around(office.clock())
        tasks = session.scalars(
            select(Task).where(Task.instance_id == instance_id, Task.state == "open")
        ).all()
        told = engine.open_tasks(case.published.bundle, case.state, around=around)
        assert {(t.id, t.element_id, t.process_id, t.form_id) for t in tasks} == {
            (t.task_id, t.element_id, t.process_id, t.form_id) for t in told
        }
        roles = {task.task_id: set(task.roles) for task in told}
        for task in tasks:
            assert roles[task.id] <= set(task.roles)
            lying = set(
                session.scalars(select(TaskCandidate.role).where(TaskCandidate.task_id == task.id))
            )
            assert lying == set(task.roles) - {"melder"}
        due = [t.due for t in engine.standing(case.published.bundle, case.state, around=around)]
        assert instance.next_due == min((d for d in due if d), default=None)
        assert verify_history(session, instance_id=instance_id).broken_at is None
