"""What was handed over to a partner, for that partner."""

from typing import Any

from flask.views import MethodView

from service.api import request as asked
from service.api.resource import Resource
from service.api.schemas import handovers as shapes
from service.operations.list_handed_over import list_handed_over

handovers = Resource("handovers", __name__, description="Aan partners overgedragen")


@handovers.route("")
class Handovers(MethodView):
    """The handovers to the caller's organisation."""

    @handovers.operation(
        shapes.HandoverPageSchema,
        example=shapes.HANDOVERS,
        query=shapes.HandoverQuerySchema,
        errors=(404,),
    )
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """What was handed over to you, newest first; only for partners, and each look is logged."""
        with asked.transaction() as session:
            page = list_handed_over(
                session,
                asked.application().collaborators,
                actor=asked.caller(session),
                now=asked.now(),
                **query,
            )
            return {"handovers": page.handovers, "next": page.next_cursor}
