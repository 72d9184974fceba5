"""What begins by itself."""

from typing import Any

from marshmallow import Schema, fields


class AutomaticStartSchema(Schema):
    """One way in which a process begins without anybody starting it."""

    id = fields.UUID(required=True)
    process_id = fields.String(required=True)
    by = fields.String(required=True, metadata={"description": "timer, message or signal."})
    name = fields.String(
        required=True,
        metadata={
            "description": "The id of the start event, or the name of the message or signal."
        },
    )
    next_at = fields.AwareDateTime(required=True, allow_none=True)
    missed_at = fields.AwareDateTime(
        required=True,
        allow_none=True,
        metadata={"description": "When a case should have begun and could not."},
    )
    incident = fields.String(required=True, allow_none=True)


STARTS: list[dict[str, Any]] = [
    {
        "id": "3c9f0d4e-7a55-4c0e-8d0b-2a9f6f0f7d33",
        "process_id": "jaarlijkse_controle",
        "by": "timer",
        "name": "elk_jaar",
        "next_at": "2027-01-04T08:00:00+00:00",
        "missed_at": None,
        "incident": None,
    }
]
