"""Drafts of process owners, and the files in them."""

from typing import Any

from marshmallow import Schema, fields, validate

from service.api.schemas.checks import LONGEST_FILE
from service.api.schemas.common import Strict, choice, text

PATH = {"description": "The place in the bundle: ``processes/triage/triage.bpmn``."}


class DraftLineSchema(Schema):
    """A draft that is being worked on."""

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    state = fields.String(required=True)
    base = fields.Integer(
        required=True, metadata={"description": "The number of the publication that it changes."}
    )
    made_by_name = fields.String(required=True)
    changed_at = fields.AwareDateTime(required=True)
    files = fields.Integer(required=True)


class DraftToOpenSchema(Strict):
    """A new draft."""

    title = text(required=True, metadata={"description": "What is going to change."})


class DraftOpenedSchema(Schema):
    """Which draft it became."""

    id = fields.UUID(required=True)


class FilePathSchema(Strict):
    """One file."""

    path = text(required=True, metadata=PATH)


class DraftFileSchema(Schema):
    """A file as it reads in a draft."""

    path = fields.String(required=True)
    content = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "The whole text; null when the draft takes the file away."},
    )
    revision = fields.Integer(
        required=True, metadata={"description": "0 when the draft does not change it."}
    )


class UnsavedFileSchema(Strict):
    """A file as it stands in an editor."""

    path = text(required=True, metadata=PATH)
    content = fields.String(
        required=True,
        validate=validate.Length(max=LONGEST_FILE, error=f"Ten hoogste {LONGEST_FILE} tekens."),
        metadata={"description": "The whole text."},
    )


class FileToSaveSchema(UnsavedFileSchema):
    """A file to save."""

    revision = fields.Integer(
        required=True, metadata={"description": "The revision from which it was changed."}
    )
    prefer = choice(
        "mine",
        "theirs",
        load_default=None,
        metadata={"description": "Whose change counts where both changed the same thing."},
    )


class FileSavedSchema(Schema):
    """What became of it."""

    saved = fields.Boolean(
        required=True,
        metadata={"description": "False when a colleague changed the same thing: choose first."},
    )
    revision = fields.Integer(required=True)
    content = fields.String(
        required=True, metadata={"description": "How the file reads now, changes of others too."}
    )
    conflicts = fields.List(fields.String(), required=True)
    colleagues = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Who else saved it since the revision it was changed from."},
    )


class ColleagueSchema(Schema):
    """A colleague at work in the draft."""

    name = fields.String(required=True)
    path = fields.String(required=True)


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


ID = "5f0e8f9c-3d36-4a0c-9a52-5a2f1c0b8e11"
DRAFTS: list[dict[str, Any]] = [
    {
        "id": ID,
        "title": "Triage krijgt een dag langer",
        "state": "open",
        "base": 3,
        "made_by_name": "F. de Beheerder",
        "changed_at": "2026-03-02T09:30:00+01:00",
        "files": 2,
    }
]
TO_OPEN = {"title": "Triage krijgt een dag langer"}
OPENED = {"id": ID}
FILE = {"path": "gemeente.toml", "content": 'id = "rijswijk"\n…', "revision": 2}
UNSAVED = {"path": "gemeente.toml", "content": 'id = "rijswijk"\n…'}
TO_SAVE = {**UNSAVED, "revision": 2, "prefer": None}
SAVED: dict[str, Any] = {
    "saved": True,
    "revision": 3,
    "content": 'id = "rijswijk"\n…',
    "conflicts": [],
    "colleagues": ["P. van Proces"],
}
PRESENT = [{"name": "P. van Proces", "path": "gemeente.toml"}]
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
