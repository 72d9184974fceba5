"""A form, for a program that asks its questions itself."""

from typing import Any

from marshmallow import Schema, fields


class OptionSchema(Schema):
    """One possible answer."""

    value = fields.String(required=True)
    label = fields.String(required=True)


class QuestionSchema(Schema):
    """One question, or one list of questions that repeat.

    Conditions are FEEL (``=…``) over the answers given so far and the case.
    """

    key = fields.String(
        required=True, metadata={"description": "Where the answer goes: ``triage.urgentie``."}
    )
    label = fields.String(required=True)
    type = fields.String(required=True, metadata={"description": "As in form-js."})
    subtype = fields.String(metadata={"description": "date, time or datetime."}, allow_none=True)
    description = fields.String()
    required = fields.Boolean()
    required_when = fields.String(allow_none=True)
    hidden_when = fields.List(
        fields.String(), metadata={"description": "Hidden as soon as one of these is true."}
    )
    one_of = fields.List(
        fields.String(), metadata={"description": "At least one of these must be answered."}
    )
    readonly = fields.Boolean()
    options = fields.List(fields.Nested(OptionSchema))
    limits = fields.Dict(
        metadata={
            "description": "minimum, maximum, min_length, max_length, pattern, format, "
            "min_rows, max_rows."
        }
    )
    value = fields.Raw(
        allow_none=True, metadata={"description": "The draft, or what the case knows already."}
    )
    proposal = fields.Raw(allow_none=True, metadata={"description": "What a table proposes."})
    fields_ = fields.List(
        fields.Nested("QuestionSchema"),
        attribute="fields",
        data_key="fields",
        metadata={"description": "The questions of one row of a list."},
    )


class FormSchema(Schema):
    """The questions of a task, in order."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    fields_ = fields.List(
        fields.Nested(QuestionSchema), attribute="fields", data_key="fields", required=True
    )


FORM: dict[str, Any] = {
    "id": "triage",
    "title": "Triage",
    "fields": [
        {
            "key": "triage.urgentie",
            "label": "Hoe snel moet er gehandeld worden?",
            "type": "radio",
            "description": "",
            "required": True,
            "required_when": None,
            "hidden_when": [],
            "readonly": False,
            "options": [
                {"value": "acuut", "label": "Acuut"},
                {"value": "normaal", "label": "Normaal"},
            ],
            "limits": {},
            "subtype": None,
            "value": None,
            "proposal": "normaal",
        }
    ],
}
