"""What can be started."""

from typing import Any

from flask.views import MethodView

from service.api import request as asked
from service.api.resource import Resource
from service.api.schemas.processes import PROCESSES, ProcessSchema

processes = Resource("processes", __name__, description="Gepubliceerde processen")


@processes.route("")
class Processes(MethodView):
    """The processes of the current publication."""

    @processes.operation(ProcessSchema(many=True), example=PROCESSES, errors=(404,))
    def get(self) -> list[dict[str, Any]]:
        """The processes of the current publication of your municipality."""
        with asked.transaction() as session:
            actor = asked.caller(session)
            published = asked.application().collaborators.publications.current(
                session, actor.municipality
            )
            return [
                {
                    "id": process.id,
                    "name": process.name or process.id,
                    "publication": published.number,
                    "user_tasks": [s.element_id for s in process.steps if s.type == "userTask"],
                }
                for process in published.bundle.processes.values()
            ]
