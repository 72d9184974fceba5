"""Signals of diagrams: heard by every case that waits. (Reports of trafficking are ``signals``.)"""

from typing import Any

from flask.views import MethodView

from service.api import request as asked
from service.api.resource import Resource
from service.api.schemas.broadcasts import ACCEPTED, BROADCAST, AcceptedSchema, BroadcastSchema
from service.operations.broadcast_signal import broadcast_signal

broadcasts = Resource("broadcasts", __name__, description="Signalen aan alle wachtende zaken")


@broadcasts.route("")
class Broadcasts(MethodView):
    """Signals for everybody."""

    @broadcasts.operation(
        AcceptedSchema,
        status=202,
        example=ACCEPTED,
        body=BroadcastSchema,
        body_example=BROADCAST,
        errors=(403, 404),
    )
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """Send a signal to every case that waits for it and every process that begins by it.

        The answer comes before the signal is heard; nobody need wait for it.
        """
        with asked.transaction() as session:
            sent = broadcast_signal(
                session,
                asked.application().collaborators,
                name=body["name"],
                payload=body["payload"],
                message_id=body["message_id"],
                actor=asked.caller(session),
                now=asked.now(),
            )
            return {"id": sent}
