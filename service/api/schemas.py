"""The shapes of version 1; an unknown field is refused, never ignored."""

from typing import Any

from marshmallow import RAISE, Schema, fields, validate

_REFERENCE = {"description": "Kenmerk: says nothing about the case."}


class _Strict(Schema):
    class Meta:
        unknown = RAISE


class ProcessSchema(Schema):
    """A process of the current publication."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    publication = fields.Integer(required=True)
    user_tasks = fields.List(fields.String(), required=True)


class StartSchema(_Strict):
    """What a case starts with."""

    process_id = fields.String(required=True)
    variables = fields.Dict(keys=fields.String(), load_default=dict[str, Any])


class SignalSchema(_Strict):
    """A signal; ``municipality`` is needed only without a token."""

    municipality = fields.String(load_default=None)
    submission_id = fields.UUID(
        required=True, metadata={"description": "Your own; sending it twice starts one case."}
    )
    answers = fields.Dict(keys=fields.String(), required=True)


class ReportedSchema(Schema):
    """What a reporter gets."""

    reference = fields.String(required=True, metadata=_REFERENCE)
    code = fields.String(allow_none=True)
    acute = fields.Boolean(required=True)


class CodeSchema(_Strict):
    """A terugkoppelcode."""

    code = fields.String(required=True, validate=validate.Length(max=60))


class FeedbackLineSchema(Schema):
    """One neutral message."""

    at = fields.AwareDateTime()
    text = fields.String()


class FeedbackSchema(Schema):
    """All a reporter learns."""

    reference = fields.String(required=True, metadata=_REFERENCE)
    progress = fields.String(validate=validate.OneOf(["ontvangen", "bekeken", "afgerond"]))
    feedback = fields.List(fields.Nested(FeedbackLineSchema))


class InstanceSchema(Schema):
    """A case in a list."""

    id = fields.UUID(required=True)
    reference = fields.String(required=True, metadata=_REFERENCE)
    process_id = fields.String(required=True)
    status = fields.String(required=True)
    urgency = fields.String(allow_none=True)
    started_at = fields.AwareDateTime(required=True)
    ended_at = fields.AwareDateTime(allow_none=True)
    end_name = fields.String(allow_none=True)


class InstanceQuerySchema(_Strict):
    """Which cases, from where."""

    status = fields.String(
        load_default=None, validate=validate.OneOf(["active", "incident", "completed"])
    )
    reference = fields.String(load_default=None)
    after = fields.String(load_default=None)
    limit = fields.Integer(load_default=25, validate=validate.Range(1, 100))


class InstancePageSchema(Schema):
    """A page of cases; ``next`` is the ``after`` of the next page."""

    instances = fields.List(fields.Nested(InstanceSchema))
    next = fields.String(allow_none=True)


class OpenTaskSchema(Schema):
    """An open task of a case."""

    id = fields.UUID()
    element_id = fields.String()
    name = fields.String()
    roles = fields.List(fields.String())
    assignee = fields.String(attribute="assignee_name", allow_none=True)


class InstanceDetailSchema(InstanceSchema):
    """A case with what is open in it."""

    incident = fields.String(allow_none=True)
    open_tasks = fields.List(fields.Nested(OpenTaskSchema))


class TaskSchema(Schema):
    """A task in a list."""

    id = fields.UUID(required=True)
    instance_id = fields.UUID(required=True)
    reference = fields.String(required=True, metadata=_REFERENCE)
    process_id = fields.String(required=True)
    element_id = fields.String(required=True)
    name = fields.String(required=True)
    roles = fields.List(fields.String())
    urgency = fields.String(allow_none=True)
    assignee = fields.String(attribute="assignee_name", allow_none=True)
    opened_at = fields.AwareDateTime(required=True)
    due_at = fields.AwareDateTime(allow_none=True)
    has_draft = fields.Boolean()
    escalated = fields.Boolean()


class TaskQuerySchema(_Strict):
    """Whose tasks, which of them, from where."""

    scope = fields.String(load_default="roles", validate=validate.OneOf(["mine", "roles"]))
    role = fields.String(load_default=None)
    urgency = fields.String(load_default=None)
    reference = fields.String(load_default=None)
    unclaimed = fields.Boolean(load_default=False)
    after = fields.String(load_default=None)
    limit = fields.Integer(load_default=25, validate=validate.Range(1, 100))


class TaskPageSchema(Schema):
    """A page of tasks, soonest due first; ``next`` is the ``after`` of the next page."""

    tasks = fields.List(fields.Nested(TaskSchema))
    next = fields.String(allow_none=True)


class FieldSchema(Schema):
    """A field of a form."""

    key = fields.String()
    label = fields.String()
    type = fields.String()


class TaskDetailSchema(Schema):
    """One task with its form and what is filled in already."""

    id = fields.UUID()
    instance_id = fields.UUID()
    reference = fields.String()
    process_id = fields.String()
    element_id = fields.String()
    name = fields.String()
    state = fields.String()
    roles = fields.List(fields.String())
    assignee = fields.String(attribute="assignee_name", allow_none=True)
    fields_ = fields.List(fields.Nested(FieldSchema), data_key="fields")
    draft = fields.Dict(keys=fields.String())


class AnswersSchema(_Strict):
    """The answers to a form, nested by namespace: ``{"triage": {"urgentie": "hoog"}}``."""

    answers = fields.Dict(keys=fields.String(), load_default=dict[str, Any])


class CompletedSchema(Schema):
    """How a completion went."""

    instance_id = fields.UUID()
    reference = fields.String()
    incident = fields.String(allow_none=True)
    ended = fields.Boolean()


class MessageSchema(_Strict):
    """A message to the cases that wait for it."""

    name = fields.String(required=True)
    correlation_key = fields.String(load_default=None)
    payload = fields.Dict(keys=fields.String(), load_default=dict[str, Any])


class DeliveredSchema(Schema):
    """The cases a message reached."""

    instances = fields.List(fields.UUID())
