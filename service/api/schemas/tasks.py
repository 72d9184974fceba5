"""The inbox."""

from typing import Any

from marshmallow import Schema, fields

from service.api.schemas.common import (
    CURSOR,
    REFERENCE,
    Strict,
    Values,
    choice,
    page_size,
    text,
)
from service.api.schemas.forms import FORM, FormSchema


class TaskSchema(Schema):
    """A task in a list; nothing of the content of its case."""

    id = fields.UUID(required=True)
    instance_id = fields.UUID(required=True)
    reference = fields.String(required=True, metadata=REFERENCE)
    process_id = fields.String(required=True)
    element_id = fields.String(required=True)
    name = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    urgency = fields.String(required=True, allow_none=True)
    assignee = fields.String(attribute="assignee_name", required=True, allow_none=True)
    opened_at = fields.AwareDateTime(required=True)
    due_at = fields.AwareDateTime(
        required=True, allow_none=True, metadata={"description": "The end of the norm time."}
    )
    has_draft = fields.Boolean(required=True)
    escalated = fields.Boolean(required=True)


class TaskQuerySchema(Strict):
    """Whose tasks, which of them, from where."""

    scope = choice(
        "mine",
        "roles",
        load_default="roles",
        metadata={"description": "Claimed by you, or in the inbox of your roles."},
    )
    role = text(load_default=None)
    urgency = choice("acuut", "hoog", "normaal", "laag", load_default=None)
    reference = text(load_default=None, metadata={"description": "A part of the kenmerk."})
    unclaimed = fields.Boolean(load_default=False)
    late = fields.Boolean(
        load_default=False, metadata={"description": "Only those whose norm time is over."}
    )
    after = fields.String(load_default=None, metadata=CURSOR)
    limit = page_size()


class TaskPageSchema(Schema):
    """A page of tasks, soonest due first; ``next`` is the ``after`` of the next page."""

    tasks = fields.List(fields.Nested(TaskSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class TaskDetailSchema(TaskSchema):
    """One task with its form and what is filled in already."""

    state = fields.String(required=True, metadata={"description": "open, completed or cancelled."})
    closed_at = fields.AwareDateTime(required=True, allow_none=True)
    closed_by = fields.String(attribute="closed_by_name", required=True, allow_none=True)
    form = fields.Nested(
        FormSchema,
        required=True,
        allow_none=True,
        metadata={"description": "Null for a task that takes any answers."},
    )
    draft = Values(
        keys=fields.String(),
        required=True,
        metadata={"description": "Unfinished answers, nested."},
    )


class AnswersSchema(Strict):
    """The answers to a form, nested by namespace."""

    answers = Values(keys=fields.String(), load_default=dict[str, Any])


class CompletedSchema(Schema):
    """How a completion went."""

    instance_id = fields.UUID(required=True)
    reference = fields.String(required=True, metadata=REFERENCE)
    incident = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Why the case stands still; your answers are kept as draft."},
    )
    ended = fields.Boolean(required=True)


TASK: dict[str, Any] = {
    "id": "7b1f8f0a-2f07-4f6e-8b0a-7d0f0a3c9b55",
    "instance_id": "0d9a4c1e-6a43-4f5f-9b84-2a4f0d0f7b11",
    "reference": "2026-K7QF-3XDM",
    "process_id": "meldroute_signaal",
    "element_id": "triage",
    "name": "Triage",
    "roles": ["af-zorg"],
    "urgency": "normaal",
    "assignee": None,
    "opened_at": "2026-03-02T08:30:00+00:00",
    "due_at": "2026-03-04T08:30:00+00:00",
    "has_draft": False,
    "escalated": False,
}
TASKS: dict[str, Any] = {"tasks": [TASK], "next": None}
DETAIL: dict[str, Any] = {
    **TASK,
    "state": "open",
    "closed_at": None,
    "closed_by": None,
    "form": FORM,
    "draft": {},
}
ANSWERS: dict[str, Any] = {
    "answers": {
        "triage": {
            "type": "slachtoffer",
            "urgentie": "normaal",
            "meldcode": "nee",
            "dubbel": "nee",
            "eigen_gemeente": "ja",
            "bruikbaar": "ja",
        }
    }
}
COMPLETED: dict[str, Any] = {
    "instance_id": TASK["instance_id"],
    "reference": TASK["reference"],
    "incident": None,
    "ended": False,
}
