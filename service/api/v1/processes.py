"""What can be started."""

from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from service.api import request as asked
from service.api.schemas import ProcessSchema

processes = Blueprint(
    "processes", __name__, url_prefix="/api/v1/processes", description="Gepubliceerde processen"
)


@processes.route("")
class Processes(MethodView):
    """The processes of the current publication."""

    @processes.response(200, ProcessSchema(many=True))
    def get(self) -> list[dict[str, Any]]:
        """The processes of the current publication of one's municipality."""
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
