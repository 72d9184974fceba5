"""The inbox: listing, claiming, giving back, drafting and completing tasks."""

from typing import Any
from uuid import UUID

from flask import request
from flask.views import MethodView

from service.api import request as asked
from service.api.body import uploads
from service.api.form_fields import form_of
from service.api.resource import Resource
from service.api.schemas import tasks as shapes
from service.operations.claim_task import claim_task
from service.operations.complete_task import Completed, complete_task
from service.operations.inbox import Filters, my_tasks, role_tasks
from service.operations.release_task import release_task
from service.operations.save_draft import read_draft, save_draft
from service.operations.show_task import TaskView, show_task
from service.storage.task import NEVER

tasks = Resource("tasks", __name__, description="Taken")


@tasks.route("")
class Tasks(MethodView):
    """The inbox."""

    @tasks.operation(shapes.TaskPageSchema, example=shapes.TASKS, query=shapes.TaskQuerySchema)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """Open tasks of yourself or of your roles, soonest due first."""
        scope, after, limit = query.pop("scope"), query.pop("after"), query.pop("limit")
        late_at = asked.now() if query.pop("late") else None
        listed = my_tasks if scope == "mine" else role_tasks
        with asked.transaction() as session:
            page = listed(
                session,
                actor=asked.caller(session),
                filters=Filters(late_at=late_at, **query),
                after=after,
                limit=limit,
            )
            return {"tasks": page.tasks, "next": page.next_cursor}


@tasks.route("/<uuid:task_id>")
class OneTask(MethodView):
    """One task."""

    @tasks.operation(shapes.TaskDetailSchema, example=shapes.DETAIL, errors=(404,))
    def get(self, task_id: UUID) -> dict[str, Any]:
        """A task with the questions of its form and its draft; the look is logged."""
        with asked.transaction() as session:
            return _detail(
                show_task(
                    session,
                    asked.application().collaborators,
                    task_id=task_id,
                    actor=asked.caller(session),
                    now=asked.now(),
                )
            )


@tasks.route("/<uuid:task_id>/claim")
class Claim(MethodView):
    """Claiming."""

    @tasks.operation(None, status=204, errors=(404, 409))
    def post(self, task_id: UUID) -> None:
        """Claim a task; 409 when a colleague was first."""
        with asked.transaction() as session:
            claim_task(session, task_id=task_id, actor=asked.caller(session), now=asked.now())


@tasks.route("/<uuid:task_id>/release")
class Release(MethodView):
    """Giving back."""

    @tasks.operation(None, status=204, errors=(404, 409))
    def post(self, task_id: UUID) -> None:
        """Give a task back to its roles."""
        with asked.transaction() as session:
            release_task(session, task_id=task_id, actor=asked.caller(session), now=asked.now())


@tasks.route("/<uuid:task_id>/draft")
class Draft(MethodView):
    """Drafts."""

    @tasks.operation(
        None,
        status=204,
        body=shapes.AnswersSchema,
        body_example=shapes.ANSWERS,
        errors=(404, 409),
    )
    def put(self, body: dict[str, Any], task_id: UUID) -> None:
        """Keep unfinished answers, unchecked."""
        with asked.transaction() as session:
            save_draft(
                session,
                asked.application().collaborators,
                task_id=task_id,
                actor=asked.caller(session),
                answers=body["answers"],
                now=asked.now(),
            )


@tasks.route("/<uuid:task_id>/complete")
class Complete(MethodView):
    """Completing."""

    @tasks.operation(
        shapes.CompletedSchema,
        example=shapes.COMPLETED,
        body=shapes.AnswersSchema,
        body_example=shapes.ANSWERS,
        files="Files, each part named after its field: ``aanvulling.bijlagen``.",
        errors=(403, 404, 409),
    )
    def post(self, body: dict[str, Any], task_id: UUID) -> Completed:
        """Complete a task; 422 names the fields, 409 says who was first."""
        with asked.transaction() as session:
            return complete_task(
                session,
                asked.application().collaborators,
                task_id=task_id,
                actor=asked.caller(session),
                answers=body["answers"],
                now=asked.now(),
                uploads=uploads(request),
            )


def _detail(view: TaskView) -> dict[str, Any]:
    task = view.task
    names = (
        *("id", "instance_id", "reference", "process_id", "element_id", "name", "state", "roles"),
        *("urgency", "assignee_name", "opened_at", "closed_at", "closed_by_name"),
    )
    shown: dict[str, Any] = {name: getattr(task, name) for name in names}
    return {
        **shown,
        "due_at": None if task.due_at >= NEVER else task.due_at,
        "escalated": task.nudges >= 2,
        "has_draft": view.has_draft,
        "form": form_of(view),
        "draft": read_draft(view.case, task),
    }
