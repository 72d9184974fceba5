"""Cases: starting them, listing them, looking at one."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from service.api import request as asked
from service.api.schemas import (
    InstanceDetailSchema,
    InstancePageSchema,
    InstanceQuerySchema,
    InstanceSchema,
    StartSchema,
)
from service.operations.list_cases import list_cases
from service.operations.retry_incident import retry_incident
from service.operations.show_case import CaseView, show_case
from service.operations.start_instance import start_instance
from service.storage import Instance

instances = Blueprint("instances", __name__, url_prefix="/api/v1/instances", description="Zaken")


@instances.route("")
class Instances(MethodView):
    """Cases."""

    @instances.arguments(InstanceQuerySchema, location="query")
    @instances.response(200, InstancePageSchema)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """All cases of the municipality, newest first; only for a role that coordinates."""
        with asked.transaction() as session:
            page = list_cases(
                session,
                asked.application().collaborators,
                actor=asked.caller(session),
                **query,
            )
            return {"instances": page.cases, "next": page.next_cursor}

    @instances.arguments(StartSchema)
    @instances.response(201, InstanceSchema)
    def post(self, body: dict[str, Any]) -> Instance:
        """Start a case."""
        with asked.transaction() as session:
            return start_instance(
                session,
                asked.application().collaborators,
                process_id=body["process_id"],
                variables=body["variables"],
                actor=asked.caller(session),
                now=asked.now(),
            )


@instances.route("/<uuid:instance_id>")
class OneInstance(MethodView):
    """One case."""

    @instances.response(200, InstanceDetailSchema)
    def get(self, instance_id: UUID) -> dict[str, Any]:
        """Where a case stands, as far as one may see it; the look is logged."""
        with asked.transaction() as session:
            return _detail(
                show_case(
                    session,
                    asked.application().collaborators,
                    instance_id=instance_id,
                    actor=asked.caller(session),
                    now=asked.now(),
                )
            )


@instances.route("/<uuid:instance_id>/retry")
class Retry(MethodView):
    """A case that stands still."""

    @instances.response(204)
    def post(self, instance_id: UUID) -> None:
        """Try again after an incident."""
        with asked.transaction() as session:
            retry_incident(
                session,
                asked.application().collaborators,
                instance_id=instance_id,
                actor=asked.caller(session),
                now=asked.now(),
            )


def _detail(view: CaseView) -> dict[str, Any]:
    instance = view.case.instance
    names = ("id", "reference", "process_id", "status", "urgency", "started_at", "ended_at")
    shown: dict[str, Any] = {name: getattr(instance, name) for name in names}
    return {
        **shown,
        "end_name": instance.end_name,
        "incident": instance.incident,
        "open_tasks": view.open_tasks,
    }
