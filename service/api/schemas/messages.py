"""Messages to running cases."""

from typing import Any

from marshmallow import Schema, fields

from service.api.schemas.common import Strict, Values, text

OWN_NUMBER = {"description": "Your own number of it: sent again, it changes nothing."}


class MessageSchema(Strict):
    """A message to the cases that wait for it."""

    name = text(required=True)
    correlation_key = text(load_default=None, allow_none=True)
    payload = Values(keys=fields.String(), load_default=dict[str, Any])
    message_id = fields.UUID(load_default=None, allow_none=True, metadata=OWN_NUMBER)


class DeliveredSchema(Schema):
    """The cases a message reached, and those that began by it."""

    instances = fields.List(fields.UUID(), required=True)
    started = fields.List(fields.UUID(), required=True)


MESSAGE: dict[str, Any] = {
    "name": "nieuw_signaal_gekoppeld",
    "correlation_key": "2026-K7QF-3XDM",
    "payload": {},
    "message_id": "5f0c2f7e-3c55-4a55-8f0e-5d1a0f9b7c21",
}
DELIVERED: dict[str, Any] = {
    "instances": ["0d9a4c1e-6a43-4f5f-9b84-2a4f0d0f7b11"],
    "started": [],
}
