"""Cases: starting them, listing them, looking at one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from service.api import request as asked
from service.api.resource import Resource
from service.api.schemas import instances as shapes
from service.operations.download_file import download_file
from service.operations.erase_instance import erase_instance
from service.operations.files import StoredFile
from service.operations.links.export_handover import export_handover
from service.operations.list_cases import list_cases
from service.operations.retry_incident import retry_incident
from service.operations.show_case import CaseView, show_case
from service.operations.start_instance import start_instance
from service.storage import Instance

instances = Resource("instances", __name__, description="Zaken")


@instances.route("")
class Instances(MethodView):
    """Cases."""

    @instances.operation(
        shapes.InstancePageSchema,
        example=shapes.INSTANCES,
        query=shapes.InstanceQuerySchema,
        errors=(404,),
    )
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

    @instances.operation(
        shapes.InstanceSchema,
        status=201,
        example=shapes.INSTANCE,
        body=shapes.StartSchema,
        body_example=shapes.START,
        errors=(403, 404, 409),
    )
    def post(self, body: dict[str, Any]) -> Instance:
        """Start a case on what is published now."""
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

    @instances.operation(shapes.InstanceDetailSchema, example=shapes.DETAIL, errors=(404,))
    def get(self, instance_id: UUID) -> dict[str, Any]:
        """Where a case stands, as far as you may see it; the look is logged."""
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

    @instances.operation(None, status=204, query=shapes.ErasureSchema, errors=(404, 409))
    def delete(self, query: dict[str, Any], instance_id: UUID) -> None:
        """Erase an ended case for good; only for a role that may (``vernietigt``)."""
        with asked.transaction() as session:
            erase_instance(
                session,
                asked.application().collaborators,
                instance_id=instance_id,
                ground=query["ground"],
                actor=asked.caller(session),
                now=asked.now(),
            )


@instances.route("/<uuid:instance_id>/files/<uuid:file_id>")
class OneFile(MethodView):
    """A file of a case."""

    @instances.doc(responses={200: {"content": {"application/octet-stream": {"schema": {}}}}})
    @instances.operation(None, errors=(404,))
    def get(self, instance_id: UUID, file_id: UUID) -> Response:
        """One file of a case, as far as you may see it; the look is logged."""
        with asked.transaction() as session:
            stored = download_file(
                session,
                asked.application().collaborators,
                instance_id=instance_id,
                attachment_id=file_id,
                actor=asked.caller(session),
                now=asked.now(),
            )
            return _download(stored)


@instances.route("/<uuid:instance_id>/handover")
class Handover(MethodView):
    """What went to another municipality."""

    @instances.operation(shapes.PackageSchema, example=shapes.PACKAGE, errors=(404,))
    def get(self, instance_id: UUID) -> Mapping[str, Any]:
        """The package for a municipality elsewhere; only for a role that coordinates."""
        with asked.transaction() as session:
            return export_handover(
                session,
                asked.application().collaborators,
                instance_id=instance_id,
                actor=asked.caller(session),
                now=asked.now(),
            ).told


@instances.route("/<uuid:instance_id>/retry")
class Retry(MethodView):
    """A case that stands still."""

    @instances.operation(None, status=204, errors=(404, 409))
    def post(self, instance_id: UUID) -> None:
        """Try again after an incident; 409 when the case does not stand still."""
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
    names = ("id", "reference", "process_id", "started_at", "ended_at")
    shown: dict[str, Any] = {name: getattr(instance, name) for name in names}
    return {
        **shown,
        "status": view.status,
        "urgency": view.urgency,
        "end_name": view.end_name,
        "incident": view.incident,
        "locked": view.locked is not None,
        "reads_until": view.reads_until,
        "links": view.links,
        "open_tasks": view.open_tasks,
        "processes": view.diagrams,
        "history": view.history,
        "files": [{"id": key, "name": name} for key, name in view.files.items()],
    }


def _download(file: StoredFile) -> Response:
    response = Response(file.content, mimetype=file.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=file.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
