"""The publications that there are, and taking one back."""

from typing import Any

from marshmallow import Schema, fields

from service.api.schemas.common import Strict, reason
from service.api.schemas.moves import number
from service.api.schemas.publishing import BATCH, DONE


class AcceptedWarningSchema(Schema):
    """A warning that was accepted."""

    file = fields.String(required=True)
    element = fields.String(required=True, allow_none=True)
    code = fields.String(required=True)
    reason = fields.String(required=True)


class ConfirmationSchema(Schema):
    """Where the confirmation of a taking back by a second person stands."""

    by = fields.String(
        required=True, allow_none=True, metadata={"description": "Null: nobody has yet."}
    )
    at = fields.AwareDateTime(required=True, allow_none=True)
    own = fields.Boolean(
        required=True, metadata={"description": "Whether you took it back: another confirms."}
    )


class PublicationSchema(Schema):
    """One publication."""

    number = fields.Integer(required=True)
    current = fields.Boolean(required=True)
    published_at = fields.AwareDateTime(required=True)
    published_by = fields.String(required=True)
    approved_by = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True)
    accepted = fields.List(fields.Nested(AcceptedWarningSchema), required=True)
    undoes = fields.Integer(required=True, allow_none=True)
    undone_by = fields.Integer(required=True, allow_none=True)
    confirmation = fields.Nested(
        ConfirmationSchema,
        required=True,
        allow_none=True,
        metadata={"description": "Of a taking back for which a second person is asked; else null."},
    )
    batches = fields.List(fields.UUID(), required=True)


class ChangesQuerySchema(Strict):
    """Compared with which."""

    source = number(strict=False, data_key="from")


class ToUndoSchema(Strict):
    """Why."""

    reason = reason()


PUBLICATIONS: list[dict[str, Any]] = [
    {
        "number": 4,
        "current": True,
        "published_at": "2026-03-02T09:30:00+01:00",
        "published_by": "F. de Beheerder",
        "approved_by": "P. van Proces",
        "reason": "Triage krijgt een dag langer.",
        "accepted": [
            {
                "file": "urgentie.dmn",
                "element": "urgentie_tabel",
                "code": "gap",
                "reason": "Tabel Urgentie: er is invoer waarvoor geen enkele regel geldt.",
            }
        ],
        "undoes": None,
        "undone_by": None,
        "confirmation": None,
        "batches": [BATCH],
    }
]
TO_UNDO = {"reason": "Triage bleek te lang te duren."}
UNDONE: dict[str, Any] = {**DONE, "number": 5, "batch": None, "to_confirm": True}
