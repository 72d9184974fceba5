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


class FileChangeSchema(Schema):
    """What changed in one file."""

    path = fields.String(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    what = choice("new", "changed", "gone", required=True)
    sentences = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "In Dutch; what stands between asterisks is a name."},
    )
    marks = fields.Dict(
        keys=fields.String(),
        values=choice("added", "removed", "changed", "moved"),
        required=True,
        metadata={"description": "By the id of an element of a diagram, table or form."},
    )


class ChangesSchema(Schema):
    """What a draft changes."""

    files = fields.List(fields.Nested(FileChangeSchema), required=True)


class TestResultSchema(Schema):
    """What became of one test row of a decision table."""

    name = fields.String(required=True)
    expected = fields.String(required=True, metadata={"description": "FEEL."})
    got = fields.String(
        required=True, metadata={"description": "FEEL; empty when it could not be played."}
    )
    passed = fields.Boolean(required=True)
    problem = fields.String(required=True, metadata={"description": "Why it could not be played."})
    rules = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Ids of the rules on which the outcome rests."},
    )


class ColleagueSchema(Schema):
    """A colleague at work in the draft."""

    name = fields.String(required=True)
    path = fields.String(required=True)


class ScenarioResultSchema(Schema):
    """How one kept scenario went on the draft."""

    path = fields.String(required=True)
    name = fields.String(required=True)
    passed = fields.Boolean(required=True)
    step = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "Where it went otherwise; null for its beginning or ending."},
    )
    line = fields.Integer(required=True, allow_none=True)
    reason = fields.String(required=True)
    expected = fields.String(required=True)
    found = fields.String(required=True)


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
UNSAVED_TABLE = {"path": "processes/meldroute_signaal/urgentie.dmn", "content": "<definitions…"}
TEST_RESULTS = [
    {
        "name": "Acuut gevaar gaat voor alles",
        "expected": '"acuut"',
        "got": '"acuut"',
        "passed": True,
        "problem": "",
        "rules": ["urgentie_regel_1"],
    }
]
PRESENT = [{"name": "P. van Proces", "path": "gemeente.toml"}]
CHANGES = {
    "files": [
        {
            "path": "gemeente.toml",
            "kind": "profile",
            "name": "gemeente.toml",
            "what": "changed",
            "sentences": ["Norm *triage*: van 2 naar 3 werkdagen (*Triage*)."],
            "marks": {"triage": "changed"},
        }
    ]
}
SCENARIOS = [
    {
        "path": "processes/meldroute_signaal/scenarios/triage_gaat_door.toml",
        "name": "Triage gaat door",
        "passed": False,
        "step": 3,
        "line": 28,
        "reason": "er staan andere taken open.",
        "expected": "verrijken",
        "found": "aanvulling_geven",
    }
]
SAVED: dict[str, Any] = {
    "saved": True,
    "revision": 3,
    "content": 'id = "rijswijk"\n…',
    "conflicts": [],
    "colleagues": ["P. van Proces"],
}
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
