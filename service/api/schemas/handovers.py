"""What was handed over to a partner."""

from typing import Any

from marshmallow import Schema, fields

from service.api.schemas.common import CURSOR, REFERENCE, Strict, page_size
from service.api.schemas.instances import ReadableSchema


class HandoverQuerySchema(Strict):
    """From where."""

    after = fields.String(load_default=None, metadata=CURSOR)
    limit = page_size()


class HandoverSchema(Schema):
    """One handover; nothing else of its case."""

    reference = fields.String(required=True, metadata=REFERENCE)
    task_id = fields.UUID(
        required=True, metadata={"description": "The task in which it is accepted or refused."}
    )
    status = fields.String(
        required=True, metadata={"description": "wacht, geaccepteerd, geweigerd or vervallen."}
    )
    received_at = fields.AwareDateTime(required=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)
    told = fields.List(
        fields.Nested(ReadableSchema),
        required=True,
        metadata={"description": "What was handed over, as far as you may read it."},
    )
    answered = fields.List(
        fields.Nested(ReadableSchema),
        required=True,
        metadata={"description": "What your organisation answered."},
    )


class HandoverPageSchema(Schema):
    """A page of handovers, newest first; ``next`` is the ``after`` of the next page."""

    handovers = fields.List(fields.Nested(HandoverSchema), required=True)
    next = fields.String(required=True, allow_none=True)


HANDOVERS: dict[str, Any] = {
    "handovers": [
        {
            "reference": "2026-K7QF-3XDM",
            "task_id": "7b1f8f0a-2f07-4f6e-8b0a-7d0f0a3c9b55",
            "status": "wacht",
            "received_at": "2026-03-02T08:30:00+00:00",
            "due_at": "2026-03-04T08:30:00+00:00",
            "answered_at": None,
            "told": [{"label": "Samenvatting", "text": "Twee bewoners vragen om hulp."}],
            "answered": [],
        }
    ],
    "next": None,
}
