"""Drafts of process owners, and the files in them."""

from typing import Any

from marshmallow import Schema, fields, validate

from service.api.schemas.checks import CHECK, LONGEST_FILE, FindingSchema
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


class ChangedFileSchema(Schema):
    """A file that a draft changes."""

    path = fields.String(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    what = choice(
        "new",
        "changed",
        "gone",
        "same",
        required=True,
        metadata={"description": "``same``: the change was taken back by hand."},
    )
    changed_by_name = fields.String(required=True)
    changed_at = fields.AwareDateTime(required=True)


class DraftSchema(Schema):
    """A draft with what it changes."""

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    state = choice("open", "published", "discarded", required=True)
    base = fields.Integer(
        required=True, metadata={"description": "The number of the publication that it changes."}
    )
    newest = fields.Integer(
        required=True, metadata={"description": "Other than ``base``: rebase the draft first."}
    )
    made_by_name = fields.String(required=True)
    changed_at = fields.AwareDateTime(required=True)
    files = fields.List(fields.Nested(ChangedFileSchema), required=True)
    findings = fields.List(fields.Nested(FindingSchema), required=True)


class DraftToOpenSchema(Strict):
    """A title for a draft."""

    title = text(required=True, metadata={"description": "What is going to change."})


class DraftOpenedSchema(Schema):
    """Which draft it became."""

    id = fields.UUID(required=True)


class BundleQuerySchema(Strict):
    """What the bundle is called."""

    name = text(
        load_default="bundle.zip", metadata={"description": "Comes back in the title of the draft."}
    )


class BundleTakenInSchema(Schema):
    """What became of a bundle."""

    id = fields.UUID(required=True, attribute="draft_id")
    files = fields.Integer(
        required=True, metadata={"description": "How many files the draft changes."}
    )
    profile_of = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Whose profile was left out, because it is not yours; else null."},
    )


class FilePathSchema(Strict):
    """One file."""

    path = text(required=True, metadata=PATH)


def _revision(**more: Any) -> fields.Integer:
    """One of the savings of a file; 0 is how it was published."""
    return fields.Integer(
        validate=validate.Range(0, 2**31 - 1, error="Kies een versie uit de lijst."),
        **more,
    )


class FileQuerySchema(FilePathSchema):
    """One file, and which version of it."""

    revision = _revision(
        load_default=None,
        metadata={"description": "As it was at that saving; leave out for how it reads now."},
    )


class VersionToBringBackSchema(FilePathSchema):
    """Which saving of which file."""

    revision = _revision(required=True, strict=True)


class VersionSchema(Schema):
    """How a file was at some moment."""

    revision = fields.Integer(required=True, metadata={"description": "0: as it is published."})
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    gone = fields.Boolean(
        required=True, metadata={"description": "Whether it was left out of the draft then."}
    )


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


class OriginalToFollowSchema(FilePathSchema):
    """Of which file the newest original is taken in."""

    prefer = choice(
        "mine",
        "theirs",
        load_default=None,
        metadata={
            "description": "Whose change counts where both changed the same: ``mine`` is yours, "
            "``theirs`` the one that came with Meldroute."
        },
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
DRAFT: dict[str, Any] = {
    **DRAFTS[0],
    "newest": 3,
    "files": [
        {
            "path": "gemeente.toml",
            "kind": "profile",
            "name": "gemeente.toml",
            "what": "changed",
            "changed_by_name": "F. de Beheerder",
            "changed_at": "2026-03-02T09:30:00+01:00",
        }
    ],
    **CHECK,
}
TO_OPEN = {"title": "Triage krijgt een dag langer"}
OPENED = {"id": ID}
TAKEN_IN: dict[str, Any] = {"id": ID, "files": 3, "profile_of": None}
TO_FOLLOW: dict[str, Any] = {"path": "processes/overleg/overleg.bpmn", "prefer": None}
VERSIONS = [
    {
        "revision": 1,
        "by": "F. de Beheerder",
        "at": "2026-03-02T09:30:00+01:00",
        "gone": False,
    }
]
TO_BRING_BACK = {"path": "gemeente.toml", "revision": 1}
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
