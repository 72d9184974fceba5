"""Signals of diagrams, for everybody who waits."""

from typing import Any

from marshmallow import Schema, fields

from service.api.schemas.common import Strict, Values, text
from service.api.schemas.messages import OWN_NUMBER


class BroadcastSchema(Strict):
    """A signal for every case that waits for it and every process that begins by it."""

    name = text(required=True)
    payload = Values(keys=fields.String(), load_default=dict[str, Any])
    message_id = fields.UUID(load_default=None, allow_none=True, metadata=OWN_NUMBER)


class AcceptedSchema(Schema):
    """The number under which a signal goes out."""

    id = fields.UUID(required=True)


BROADCAST: dict[str, Any] = {
    "name": "opvang_vol",
    "payload": {"tot": "2026-03-09"},
    "message_id": "5f0c2f7e-3c55-4a55-8f0e-5d1a0f9b7c22",
}
ACCEPTED: dict[str, Any] = {"id": "8d1f6f1e-54f0-5c2c-9d3d-0d7a3f1f2b10"}
