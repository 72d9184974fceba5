"""Extra locks, who looked at a case, and reading in an emergency."""

from typing import Any

from marshmallow import Schema, fields

from service.api.schemas.common import REFERENCE, Strict, reason, text
from service.api.schemas.repairs import BecauseSchema
from service.operations.read_in_emergency import SHORTEST


class LockingSchema(BecauseSchema):
    """For whom a case stays open, and why it is locked."""

    named = fields.List(
        fields.UUID(),
        load_default=list[Any],
        metadata={"description": "Ids of people who coordinate; you are one of them anyhow."},
    )


class PersonSchema(Schema):
    """Somebody who coordinates."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class LockSchema(Schema):
    """The extra lock of a case."""

    reference = fields.String(required=True, metadata=REFERENCE)
    locked = fields.Boolean(required=True)
    locked_at = fields.AwareDateTime(required=True, allow_none=True)
    locked_by = fields.String(required=True)
    named = fields.List(fields.UUID(), required=True)
    people = fields.List(
        fields.Nested(PersonSchema),
        required=True,
        metadata={"description": "Who can be named."},
    )


class ViewerSchema(Schema):
    """How one person looked at a case."""

    name = fields.String(required=True)
    times = fields.Integer(required=True)
    first_at = fields.AwareDateTime(required=True)
    last_at = fields.AwareDateTime(required=True)
    in_emergency = fields.Boolean(required=True)


class ViewersSchema(Schema):
    """Who looked at a case, who looked last first."""

    viewers = fields.List(fields.Nested(ViewerSchema), required=True)


class EmergencySchema(Strict):
    """Which case must be read now, and why."""

    reference = text(required=True, metadata={"description": "The whole kenmerk."})
    reason = reason(
        shortest=SHORTEST,
        metadata={"description": "Told to who judges it, and to who coordinates the case."},
    )


class ReadingSchema(Schema):
    """Until when a case may be read."""

    instance_id = fields.UUID(required=True)
    reference = fields.String(required=True, metadata=REFERENCE)
    until = fields.AwareDateTime(
        required=True,
        allow_none=True,
        metadata={"description": "null when you see the case anyhow; nothing was recorded then."},
    )


_ID = "0d9a4c1e-6a43-4f5f-9b84-2a4f0d0f7b11"
_PERSON = "5a0c3a54-5f0f-4f7c-8f7e-0c9d1b3a7e21"
LOCKING: dict[str, Any] = {"named": [_PERSON], "reason": "De zaak gaat over een collega."}
LOCK: dict[str, Any] = {
    "reference": "2026-K7QF-3XDM",
    "locked": True,
    "locked_at": "2026-03-02T08:30:00+00:00",
    "locked_by": "Sanne Voorbeeld",
    "named": [_PERSON],
    "people": [{"id": _PERSON, "name": "Sanne Voorbeeld"}],
}
VIEWERS: dict[str, Any] = {
    "viewers": [
        {
            "name": "Sanne Voorbeeld",
            "times": 3,
            "first_at": "2026-03-02T08:30:00+00:00",
            "last_at": "2026-03-04T10:00:00+00:00",
            "in_emergency": False,
        }
    ]
}
EMERGENCY: dict[str, Any] = {
    "reference": "2026-K7QF-3XDM",
    "reason": "De crisisdienst belt en niemand van de zaak is bereikbaar.",
}
READING: dict[str, Any] = {
    "instance_id": _ID,
    "reference": "2026-K7QF-3XDM",
    "until": "2026-03-02T12:30:00+00:00",
}
