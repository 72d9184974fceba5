"""What there is to choose from in a file of a draft."""

from typing import Any

from marshmallow import Schema, fields


class ChoiceSchema(Schema):
    """Something with an id and a name for people."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    path = fields.String(required=True, metadata={"description": "Empty when it is no file."})
    inputs = fields.List(fields.String(), required=True)
    outputs = fields.List(fields.String(), required=True)


class NormSchema(Schema):
    """A norm time of the municipality."""

    id = fields.String(required=True)
    value = fields.String(required=True)
    words = fields.String(required=True)


class ReadableVariableSchema(Schema):
    """What an expression can read."""

    path = fields.String(required=True)
    about = fields.String(required=True, metadata={"description": "Where it comes from."})
    element = fields.String(
        required=True, allow_none=True, metadata={"description": "The step that fills it."}
    )
    local = fields.Boolean(
        required=True, metadata={"description": "Whether only that step can read it."}
    )


class FunctionCallSchema(Schema):
    """One way to call a function in an expression."""

    name = fields.String(required=True)
    parameters = fields.List(fields.String(), required=True)
    about = fields.String(required=True)


class ChoicesSchema(Schema):
    """What can be chosen in one file of a draft."""

    roles = fields.List(fields.Nested(ChoiceSchema), required=True)
    forms = fields.List(fields.Nested(ChoiceSchema), required=True)
    decisions = fields.List(fields.Nested(ChoiceSchema), required=True)
    processes = fields.List(fields.Nested(ChoiceSchema), required=True)
    job_types = fields.List(fields.Nested(ChoiceSchema), required=True)
    messages = fields.List(fields.String(), required=True)
    norms = fields.List(fields.Nested(NormSchema), required=True)
    variables = fields.List(fields.Nested(ReadableVariableSchema), required=True)
    functions = fields.List(fields.Nested(FunctionCallSchema), required=True)


CHOICES: dict[str, Any] = {
    "roles": [{"id": "jz", "name": "Juridische zaken", "path": "", "inputs": [], "outputs": []}],
    "forms": [],
    "decisions": [],
    "processes": [],
    "job_types": [],
    "messages": ["advies_ontvangen"],
    "norms": [{"id": "triage", "value": "2wd", "words": "2 werkdagen"}],
    "variables": [
        {
            "path": "triage.urgentie",
            "about": "‘Hoe dringend is het?’, gevuld in stap ‘Triage’.",
            "element": "triage",
            "local": False,
        }
    ],
    "functions": [
        {
            "name": "is_werkdag",
            "parameters": ["datum"],
            "about": "Of de gemeente op deze dag open is.",
        }
    ],
}
