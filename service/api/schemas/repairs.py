"""Repairing a case: what each repair asks, and how who repairs sees a case."""

from typing import Any

from marshmallow import Schema, fields

from service.api.schemas.common import CURSOR, REFERENCE, Strict, page_size, reason, text
from service.api.schemas.instances import InstanceSchema


def _confirmed() -> fields.Boolean:
    return fields.Boolean(
        load_default=False,
        metadata={"description": "Do it also when the diagram could not bring the case there."},
    )


class BecauseSchema(Strict):
    """Why."""

    reason = reason(metadata={"description": "Kept with the history of the case, encrypted."})


class SkipSchema(BecauseSchema):
    """A place to skip."""

    token_id = fields.UUID(required=True)
    confirmed = _confirmed()


class MoveTokenSchema(SkipSchema):
    """A place to leave, and the step to go to."""

    to = text(required=True, metadata={"description": "One of ``can_go_to`` of the place."})


class RedoSchema(BecauseSchema):
    """A step to do once more."""

    element_id = text(required=True)
    scope = fields.String(load_default="", metadata={"description": "As in ``places``."})
    confirmed = _confirmed()


class VariableSchema(BecauseSchema):
    """A variable and its new value."""

    path = text(required=True, metadata={"description": "Such as ``triage.urgentie``."})
    value = fields.Raw(required=True, allow_none=True, metadata={"description": "Any JSON."})


class StepNameSchema(Schema):
    """A step by its id and its name."""

    element_id = fields.String(required=True)
    name = fields.String(required=True)


class PlaceSchema(Schema):
    """One place where the case stands."""

    token_id = fields.UUID(required=True)
    element_id = fields.String(required=True)
    element_type = fields.String(required=True)
    name = fields.String(required=True)
    scope = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    assignee = fields.String(required=True, allow_none=True)
    due = fields.AwareDateTime(required=True, allow_none=True)
    armed = fields.Boolean(
        required=True,
        metadata={"description": "Waits beside another place; not moved or skipped by itself."},
    )
    can_go_to = fields.List(fields.Nested(StepNameSchema), required=True)


class RepairedSchema(Schema):
    """A repair that was done."""

    at = fields.AwareDateTime(required=True)
    kind = fields.String(required=True)
    actor = fields.String(attribute="actor_name", required=True)
    element = fields.String(attribute="element_name", required=True, allow_none=True)
    reason = fields.String(required=True)
    against = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Why the diagram could not have brought the case there."},
    )


class RepairSchema(Schema):
    """A case as who repairs it sees it: no content."""

    id = fields.UUID(required=True)
    reference = fields.String(required=True, metadata=REFERENCE)
    process_id = fields.String(required=True)
    status = fields.String(required=True)
    incident = fields.String(required=True, allow_none=True)
    suspended_at = fields.AwareDateTime(required=True, allow_none=True)
    suspended_by = fields.String(required=True, allow_none=True)
    held_messages = fields.List(fields.String(), required=True)
    places = fields.List(fields.Nested(PlaceSchema), required=True)
    variables = fields.List(
        fields.String(), required=True, metadata={"description": "Names, never values."}
    )
    repairs = fields.List(fields.Nested(RepairedSchema), required=True)


class ToRepairQuerySchema(Strict):
    """Which cases, from where."""

    reference = text(load_default=None, metadata={"description": "A whole kenmerk: that case."})
    after = fields.String(load_default=None, metadata=CURSOR)
    limit = page_size()


class ToRepairSchema(Schema):
    """A page of cases; ``next`` is the ``after`` of the next page."""

    instances = fields.List(fields.Nested(InstanceSchema), required=True)
    next = fields.String(required=True, allow_none=True)


_TOKEN = "7b1f8f0a-2f07-4f6e-8b0a-7d0f0a3c9b55"  # noqa: S105 - where a case stands, no secret
_WHY = "De melding is dubbel; afgesproken met de aandachtsfunctionaris."
BECAUSE: dict[str, Any] = {"reason": _WHY}
SKIP: dict[str, Any] = {**BECAUSE, "token_id": _TOKEN, "confirmed": False}
MOVE: dict[str, Any] = {**SKIP, "to": "signaal_indienen"}
REDO: dict[str, Any] = {**BECAUSE, "element_id": "triage", "scope": "", "confirmed": False}
VARIABLE: dict[str, Any] = {**BECAUSE, "path": "triage.urgentie", "value": "hoog"}
REPAIR: dict[str, Any] = {
    "id": "0d9a4c1e-6a43-4f5f-9b84-2a4f0d0f7b11",
    "reference": "2026-K7QF-3XDM",
    "process_id": "meldroute_signaal",
    "status": "suspended",
    "incident": None,
    "suspended_at": "2026-03-02T08:30:00+00:00",
    "suspended_by": "Functioneel beheer",
    "held_messages": [],
    "places": [
        {
            "token_id": _TOKEN,
            "element_id": "triage",
            "element_type": "userTask",
            "name": "Triage",
            "scope": "",
            "roles": ["Aandachtsfunctionaris zorg"],
            "assignee": None,
            "due": "2026-03-04T16:00:00+00:00",
            "armed": False,
            "can_go_to": [{"element_id": "triage", "name": "Triage"}],
        }
    ],
    "variables": ["triage.urgentie"],
    "repairs": [
        {
            "at": "2026-03-02T08:30:00+00:00",
            "kind": "stilgezet",
            "actor": "Functioneel beheer",
            "element": None,
            "reason": _WHY,
            "against": [],
        }
    ],
}
