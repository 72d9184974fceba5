"""Messages to running cases."""

from typing import Any

from flask.views import MethodView

from service.api import request as asked
from service.api.resource import Resource
from service.api.schemas.messages import DELIVERED, MESSAGE, DeliveredSchema, MessageSchema
from service.operations.deliver_message import send_in

messages = Resource("messages", __name__, description="Berichten")


@messages.route("")
class Messages(MethodView):
    """Messages."""

    @messages.operation(
        DeliveredSchema,
        example=DELIVERED,
        body=MessageSchema,
        body_example=MESSAGE,
        errors=(403, 404, 409),
    )
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """Deliver a message to the cases that wait for it, or begin a case by it; 404 for nobody.

        Cases that wait go first; when there are none, each process that starts by the message
        begins a case. The same `message_id` twice is delivered once.
        """
        with asked.transaction() as session:
            reached = send_in(
                session,
                asked.application().collaborators,
                name=body["name"],
                correlation_key=body["correlation_key"],
                payload=body["payload"],
                message_id=body["message_id"],
                actor=asked.caller(session),
                now=asked.now(),
            )
            return {"instances": reached.instances, "started": reached.started}
