"""Moving cases in tests: diagrams and forms that change, who publishes, the worker by hand."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import inspect, select

from service import engine
from service.domain.actor import Actor
from service.jobs.moves import work_off
from service.operations.case import open_case
from service.operations.claim_task import claim_task
from service.operations.moving.batches import (
    Progress,
    batches,
    progress,
    start_batch,
    undo_batch,
)
from service.operations.moving.plans import MovePlan, MoveRequest, suggest_plan
from service.operations.moving.preview_move import CasePreview, preview_move
from service.operations.save_draft import save_draft
from service.operations.show_case import show_case
from service.operations.show_task import show_task
from service.operations.verify_history import verify_history
from service.storage import Event, Instance, Job, MigrationItem, Task, TaskCandidate
from tests.integration import drawn
from tests.integration.conftest import Office
from tests.integration.drawn import FOR_CARE
from tests.unit.engine.diagrams import END, START, bpmn, chain

PUBLISHER = "functioneel-beheer"


FOR_SAFETY = '<zeebe:assignmentDefinition candidateGroups="af-veiligheid"/>'
FILE = "processes/proces/proces.bpmn"


def form(*keys: str, name: str = "doen") -> bytes:
    """A form of text fields about the task ``doen``."""
    components = [
        {
            "type": "textfield",
            "id": key,
            "key": f"doen.{key}",
            "label": f"Vraag {key}",
            "properties": {
                "domein": "algemeen",
                "doel": "proef",
                "bewaren": "zaak",
                "gevoeligheid": "gewoon",
            },
        }
        for key in keys
    ]
    return orjson.dumps(
        {"type": "default", "id": name, "schemaVersion": 19, "components": components}
    )


def asks(form_id: str = "doen") -> str:
    return f'<zeebe:formDefinition formId="{form_id}"/>{FOR_CARE}'


def due_after(span: str) -> str:
    return f'{FOR_CARE}<zeebe:taskSchedule dueDate="=now() + duration(&quot;{span}&quot;)"/>'


def steps(*tasks: str, after: str = "", extra: str = "") -> bytes:
    """Tasks one after the other."""
    ids = [task.split('id="', 1)[1].split('"', 1)[0] for task in tasks]
    return bpmn(START + "".join(tasks) + END + after + chain("begin", *ids, "einde"), extra)


def published(office: Office, content: bytes, **forms: bytes) -> int:
    files = {FILE: content} | {f"forms/proces/{k}.form": body for k, body in forms.items()}
    return drawn.publish_files(office, files).number


def kinds(office: Office, instance: Instance) -> list[str]:
    with office.application.sessions() as session:
        return list(
            session.scalars(
                select(Event.kind).where(Event.instance_id == instance.id).order_by(Event.seq)
            )
        )


def only(office: Office, instance: Instance) -> Task:
    [task] = [t for t in office.tasks(instance.reference) if t.state == "open"]
    return task


def drafted(office: Office, task: Task, role: str = "af-zorg", **answers: Any) -> None:
    office.act(save_draft, role, task_id=task.id, answers=answers)


def claimed(office: Office, task: Task, role: str = "af-zorg") -> Actor:
    actor = office.person(role)
    with office.application.sessions.begin() as session:
        claim_task(session, task_id=task.id, actor=actor, now=office.clock())
    return actor


def shown(office: Office, task: Task, role: str = "af-zorg") -> Any:
    return office.act(show_task, role, task_id=task.id).values


def history(office: Office, instance: Instance, role: str = "af-zorg") -> Any:
    return office.act(show_case, role, instance_id=instance.id).history


def publisher(office: Office) -> Actor:
    return office.person(PUBLISHER)


def suggested(office: Office, source: int, target: int) -> MovePlan:
    return office.act(suggest_plan, publisher(office), source=source, target=target)


def changed(plan: MovePlan, **to: str | None) -> dict[str, Any]:
    """The plan in its JSON form, with other targets."""
    found = plan.as_json()
    for move in found["moves"]:
        move["to"] = to.get(move["element"], move["to"])
    return found


def previewed(
    office: Office, target: int, *plans: Mapping[str, Any], cases: Sequence[str] | None = None
) -> list[CasePreview]:
    page = office.act(
        preview_move,
        publisher(office),
        request=MoveRequest(target=target, plans=plans, cases=cases),
        limit=500,
    )
    assert page.next_reference is None
    return list(page.cases)


def begun(
    office: Office, target: int, *plans: Mapping[str, Any], cases: Sequence[str] | None = None
) -> UUID:
    return office.act(
        start_batch,
        publisher(office),
        request=MoveRequest(target=target, plans=plans, cases=cases),
        reason="kortere weg",
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
    office.act(undo_batch, publisher(office), batch_id=batch_id)
    return worked_off(office, batch_id)


def fared(office: Office, batch_id: UUID) -> Progress:
    return office.act(progress, publisher(office), batch_id=batch_id)


def listed(office: Office) -> tuple[Progress, ...]:
    return office.act(batches, publisher(office))


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
