"""What a draft would do, its approval, and publishing it."""

from typing import Any

from marshmallow import Schema, fields, validate

from service.api.schemas.checks import CHECK, FindingSchema
from service.api.schemas.common import Strict, choice, page_size, reason, text
from service.api.schemas.moves import (
    PREVIEW,
    CasePreviewSchema,
    MoveSchema,
    cases,
    plans,
)

MOST_FILES = 2_000
_DIGEST = {"description": "SHA-256 of the content, in hexadecimal: what you have seen."}
_HEX = validate.Regexp(r"[0-9a-f]{64}\Z", error="Stuur 64 hexadecimale tekens.")


def _digest(**more: Any) -> fields.String:
    return fields.String(required=True, validate=_HEX, metadata=_DIGEST, **more)


class ImpactQuerySchema(Strict):
    """Which open cases, from where."""

    after = text(load_default=None, metadata={"description": "The ``next`` of the page before."})
    limit = page_size(100, most=250)


class ToTrySchema(ImpactQuerySchema):
    """The same with plans of your own."""

    plans = plans("As ``GET …/publish`` suggests them; change ``to`` of a move.")
    cases = cases("Kenmerken or ids; without: all open cases.")


class ImpactSchema(Schema):
    """A page of open cases, by kenmerk."""

    number = fields.Integer(
        required=True, metadata={"description": "What the publication would be numbered."}
    )
    digest = fields.String(required=True, metadata=_DIGEST)
    total = fields.Integer(required=True, metadata={"description": "Cases on all pages."})
    cases = fields.List(fields.Nested(CasePreviewSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class SightSchema(Schema):
    """What one role will see more and less."""

    role = fields.String(required=True)
    name = fields.String(required=True)
    domains_gained = fields.List(fields.String(), required=True)
    domains_lost = fields.List(fields.String(), required=True)
    questions_gained = fields.Integer(required=True)
    questions_lost = fields.Integer(required=True)
    rights_gained = fields.List(fields.String(), required=True)
    rights_lost = fields.List(fields.String(), required=True)


class SuggestedSchema(Schema):
    """A suggested plan; send it along with another ``to`` where you want that."""

    source = fields.Integer(required=True, data_key="from")
    target = fields.Integer(required=True, data_key="to")
    moves = fields.List(fields.Nested(MoveSchema), required=True)


class WarningSchema(FindingSchema):
    """A warning, with the key by which it is accepted."""

    key = fields.String(required=True)


class ApprovalSchema(Schema):
    """Where the second pair of eyes stands."""

    asked = fields.Boolean(
        required=True, metadata={"description": "Whether the profile asks for one."}
    )
    digest = fields.String(required=True, metadata=_DIGEST)
    by = fields.String(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True, allow_none=True)
    void = fields.Boolean(
        required=True, metadata={"description": "Whether something was changed since."}
    )
    own = fields.Boolean(
        required=True, metadata={"description": "Whether you made all of it: another approves."}
    )


class PublishingSchema(Schema):
    """All that publishing asks for."""

    base = fields.Integer(required=True)
    newest = fields.Integer(
        required=True, metadata={"description": "Other than ``base``: rebase the draft first."}
    )
    open_cases = fields.Integer(required=True)
    unconfirmed = fields.List(
        fields.Integer(),
        required=True,
        metadata={
            "description": "Publications that took another back: as long as no second person has "
            "confirmed them, nothing is published."
        },
    )
    errors = fields.List(fields.Nested(FindingSchema), required=True)
    warnings = fields.List(fields.Nested(WarningSchema), required=True)
    approval = fields.Nested(ApprovalSchema, required=True)
    processes = fields.List(
        fields.String(), required=True, metadata={"description": "Those that run otherwise."}
    )
    sight = fields.List(fields.Nested(SightSchema), required=True)
    plans = fields.List(fields.Nested(SuggestedSchema), required=True)


class ToPublishSchema(Strict):
    """What you decide."""

    digest = _digest()
    reason = reason()
    accepted = fields.List(
        text(),
        load_default=list,
        validate=validate.Length(max=MOST_FILES, error=f"Ten hoogste {MOST_FILES}."),
        metadata={"description": "The keys of the warnings that you accept: all of them."},
    )
    move = fields.Boolean(
        load_default=False, metadata={"description": "Whether the open cases go along."}
    )
    plans = plans()


class PublishedSchema(Schema):
    """What it became."""

    id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    batch = fields.UUID(
        required=True,
        allow_none=True,
        attribute="batch_id",
        metadata={"description": "The batch that moves cases; ``GET /moves/{batch}`` follows it."},
    )
    to_confirm = fields.Boolean(
        required=True,
        metadata={"description": "Whether it took another back and somebody else confirms that."},
    )


class ToApproveSchema(Strict):
    """What you have seen."""

    digest = _digest()


class ReplayQuerySchema(Strict):
    """Which closed cases."""

    after = fields.Integer(
        load_default=0,
        validate=validate.Range(0, 1_000, error="Kies 0 tot en met 1000."),
        metadata={"description": "The ``next`` of the page before."},
    )
    limit = page_size(10, most=50)


class ReplayedSchema(Schema):
    """One closed case; nothing tells which, or what it was about."""

    number = fields.Integer(required=True)
    what = fields.String(required=True, metadata={"description": "same, changed or unplayable."})
    ended_as = fields.String(required=True)
    would_end_as = fields.String(required=True, allow_none=True)
    stuck_at = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Steps for which nobody ever gave an answer."},
    )
    halted_at = fields.String(required=True)
    other_way_from = fields.String(required=True, allow_none=True)
    decisions = fields.List(fields.String(), required=True)
    days_before = fields.Integer(required=True, metadata={"description": "Working days."})
    days_after = fields.Integer(required=True)
    reason = fields.String(required=True, metadata={"description": "Why it cannot be replayed."})


class ReplaySchema(Schema):
    """Some of the last closed cases of the processes that the draft changes."""

    processes = fields.List(fields.String(), required=True)
    total = fields.Integer(required=True)
    cases = fields.List(fields.Nested(ReplayedSchema), required=True)
    next = fields.Integer(required=True, allow_none=True)


class ToRebaseSchema(Strict):
    """Whose change counts, by path, where both changed the same."""

    prefer = fields.Dict(keys=text(), values=choice("mine", "theirs"), load_default=dict[str, str])


class ClashSchema(Schema):
    """A file that both changed."""

    path = fields.String(required=True)
    sentences = fields.List(fields.String(), required=True)


class RebasedSchema(Schema):
    """What became of it."""

    done = fields.Boolean(
        required=True, metadata={"description": "False: choose for each clash; nothing changed."}
    )
    number = fields.Integer(required=True)
    clashes = fields.List(fields.Nested(ClashSchema), required=True)


DIGEST = "9f2c" * 16
BATCH = "0b5c7a0e-5f8c-4b0a-8f53-6f8d1f7f7a10"
MOVE = {
    "process": "meldroute_signaal",
    "element": "triage",
    "name": "Triage",
    "type": "userTask",
    "to": "triage",
    "why": "same",
}
IMPACT: dict[str, Any] = {"number": 4, "digest": DIGEST, "total": 40, **PREVIEW}
TO_TRY: dict[str, Any] = {
    "plans": [{"from": 3, "to": 4, "moves": [MOVE]}],
    "after": None,
    "limit": 100,
}
APPROVAL: dict[str, Any] = {
    "asked": True,
    "digest": DIGEST,
    "by": "P. van Proces",
    "at": "2026-03-02T09:30:00+01:00",
    "void": False,
    "own": False,
}
PUBLISHING: dict[str, Any] = {
    "base": 3,
    "newest": 3,
    "open_cases": 40,
    "unconfirmed": [],
    "errors": [],
    "warnings": [{**CHECK["findings"][0], "key": "2b6f0c91d2a4e871"}],
    "approval": APPROVAL,
    "processes": ["meldroute_signaal"],
    "sight": [
        {
            "role": "oov",
            "name": "Openbare orde en veiligheid",
            "domains_gained": [],
            "domains_lost": ["straf"],
            "questions_gained": 0,
            "questions_lost": 12,
            "rights_gained": [],
            "rights_lost": [],
        }
    ],
    "plans": [{"from": 3, "to": 4, "moves": [MOVE]}],
}
TO_PUBLISH: dict[str, Any] = {
    "digest": DIGEST,
    "reason": "Triage krijgt een dag langer.",
    "accepted": ["2b6f0c91d2a4e871"],
    "move": True,
    "plans": [],
}
DONE: dict[str, Any] = {
    "id": "c5a8f1de-5a8e-4dc0-a7f0-2f2c0c6b9c31",
    "number": 4,
    "batch": BATCH,
    "to_confirm": False,
}
TO_APPROVE = {"digest": DIGEST}
REPLAY: dict[str, Any] = {
    "processes": ["meldroute_signaal"],
    "total": 25,
    "cases": [
        {
            "number": 1,
            "what": "changed",
            "ended_as": "Signaal afgerond",
            "would_end_as": "Doorgeleid",
            "stuck_at": [],
            "halted_at": "",
            "other_way_from": "Triage",
            "decisions": ["Urgentie"],
            "days_before": 4,
            "days_after": 3,
            "reason": "",
        }
    ],
    "next": 10,
}
TO_REBASE = {"prefer": {"gemeente.toml": "mine"}}
REBASED: dict[str, Any] = {
    "done": False,
    "number": 4,
    "clashes": [
        {"path": "gemeente.toml", "sentences": ["gemeente.toml is door u beiden gewijzigd."]}
    ],
}
