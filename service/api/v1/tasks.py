"""The inbox: listing, claiming, giving back, drafting and completing tasks."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from service.api import request as asked
from service.api.schemas import (
    AnswersSchema,
    CompletedSchema,
    TaskDetailSchema,
    TaskPageSchema,
    TaskQuerySchema,
)
from service.operations.claim_task import claim_task
from service.operations.complete_task import Completed, complete_task
from service.operations.inbox import Filters, my_tasks, role_tasks
from service.operations.release_task import release_task
from service.operations.save_draft import read_draft, save_draft
from service.operations.show_task import show_task

tasks = Blueprint("tasks", __name__, url_prefix="/api/v1/tasks", description="Taken")


@tasks.route("")
class Tasks(MethodView):
    """The inbox."""

    @tasks.arguments(TaskQuerySchema, location="query")
    @tasks.response(200, TaskPageSchema)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """Open tasks of oneself or of one's roles, soonest due first."""
        scope, after, limit = query.pop("scope"), query.pop("after"), query.pop("limit")
        listed = my_tasks if scope == "mine" else role_tasks
        with asked.transaction() as session:
            page = listed(
                session,
                actor=asked.caller(session),
                filters=Filters(**query),
                after=after,
                limit=limit,
            )
            return {"tasks": page.tasks, "next": page.next_cursor}


@tasks.route("/<uuid:task_id>")
class OneTask(MethodView):
    """One task."""

    @tasks.response(200, TaskDetailSchema)
    def get(self, task_id: UUID) -> dict[str, Any]:
        """A task with the fields of its form and its draft; the look is logged."""
        with asked.transaction() as session:
            view = show_task(
                session,
                asked.application().collaborators,
                task_id=task_id,
                actor=asked.caller(session),
                now=asked.now(),
            )
            names = ("id", "instance_id", "reference", "process_id", "element_id", "name")
            shown: dict[str, Any] = {name: getattr(view.task, name) for name in names}
            return {
                **shown,
                "state": view.task.state,
                "roles": view.task.roles,
                "assignee_name": view.task.assignee_name,
                "fields_": view.form.fields if view.form else [],
                "draft": read_draft(view.case, view.task),
            }


@tasks.route("/<uuid:task_id>/claim")
class Claim(MethodView):
    """Claiming."""

    @tasks.response(204)
    def post(self, task_id: UUID) -> None:
        """Claim a task; 409 when a colleague was first."""
        with asked.transaction() as session:
            claim_task(session, task_id=task_id, actor=asked.caller(session), now=asked.now())


@tasks.route("/<uuid:task_id>/release")
class Release(MethodView):
    """Giving back."""

    @tasks.response(204)
    def post(self, task_id: UUID) -> None:
        """Give a task back to its roles."""
        with asked.transaction() as session:
            release_task(session, task_id=task_id, actor=asked.caller(session), now=asked.now())


@tasks.route("/<uuid:task_id>/draft")
class Draft(MethodView):
    """Drafts."""

    @tasks.arguments(AnswersSchema)
    @tasks.response(204)
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

    @tasks.arguments(AnswersSchema)
    @tasks.response(200, CompletedSchema)
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
            )
