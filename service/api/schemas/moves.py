"""Moving cases to a newer publication."""

from typing import Any

from marshmallow import Schema, fields, validate

from service.api.schemas.common import REFERENCE, Strict, choice, page_size, reason, text

MOST_PLANS = 100
MOST_MOVES = 10_000
MOST_CASES = 1_000
_NUMBER = validate.Range(1, 2**31 - 1, error="Kies het nummer van een publicatie.")
_STATES = "running, stopped, done, undoing or undone"
_CASE_STATES = "waiting, moved, skipped, failed, undone or kept"


def number(*, strict: bool = True, **more: Any) -> fields.Integer:
    """The number of a publication; in a query it is text."""
    return fields.Integer(required=True, strict=strict, validate=_NUMBER, **more)


class PlanQuerySchema(Strict):
    """From which publication to which."""

    source = number(strict=False, data_key="from")
    target = number(strict=False, data_key="to")


class MoveSchema(Strict):
    """Where one element goes; only ``to`` may be changed."""

    process = text(required=True)
    element = text(required=True)
    name = fields.String(load_default="")
    type = fields.String(load_default="")
    to = fields.String(
        required=True,
        allow_none=True,
        validate=validate.Length(max=200, error="Ten hoogste 200 tekens."),
        metadata={"description": "An element of the same kind; null: a case there cannot go."},
    )
    why = choice(
        "same",
        "form",
        "name",
        "gone",
        "changed",
        load_default="same",
        metadata={
            "description": "Why it is suggested: the same id and kind, the only one with this form "
            "or name; or why nothing is: gone, or of another kind now."
        },
    )


class PlanSchema(Strict):
    """A plan: as suggested, or as a person has changed it."""

    source = number(data_key="from")
    target = number(data_key="to")
    moves = fields.List(
        fields.Nested(MoveSchema),
        required=True,
        validate=validate.Length(max=MOST_MOVES, error=f"Ten hoogste {MOST_MOVES} regels."),
    )


def plans(description: str | None = None) -> fields.List[Any]:
    """Where the elements of older publications go."""
    return fields.List(
        fields.Nested(PlanSchema),
        load_default=list[Any],
        validate=validate.Length(max=MOST_PLANS, error=f"Ten hoogste {MOST_PLANS} plannen."),
        metadata={"description": description} if description else {},
    )


def cases(description: str) -> fields.List[Any]:
    """Some cases, or all."""
    return fields.List(
        text(),
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, MOST_CASES, error=f"Noem 1 tot en met {MOST_CASES} zaken."),
        metadata={"description": description},
    )


class ToMoveSchema(Strict):
    """Which cases are to go where, and how."""

    target = number(data_key="to")
    plans = plans("One for each publication that cases come from; else suggested.")
    cases = cases("Kenmerken or ids; without: all on an older publication.")


class ToPreviewSchema(ToMoveSchema):
    """What is to be previewed, from where."""

    after = text(load_default=None, metadata={"description": "The ``next`` of the page before."})
    limit = page_size(100, most=500)


class ToStartSchema(ToMoveSchema):
    """What is to be moved, and why."""

    reason = reason()


class ObstacleSchema(Schema):
    """Why a case cannot go."""

    element = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True)
    way_out = fields.String(required=True)


class LandingSchema(Schema):
    """Where one token goes."""

    process = fields.String(required=True)
    element = fields.String(required=True)
    name = fields.String(required=True)
    what = fields.String(required=True, metadata={"description": "stays, moves, dropped or armed."})
    to = fields.String(required=True, allow_none=True)
    due = fields.AwareDateTime(
        required=True, allow_none=True, metadata={"description": "Kept by what stays or moves."}
    )


class TaskChangeSchema(Schema):
    """What becomes of an open task."""

    id = fields.UUID(required=True)
    element = fields.String(required=True)
    name = fields.String(required=True)
    new_name = fields.String(required=True)
    gained = fields.List(
        fields.String(), required=True, metadata={"description": "Roles that will see it."}
    )
    lost = fields.List(
        fields.String(), required=True, metadata={"description": "Roles that will not any more."}
    )
    form = fields.String(required=True, allow_none=True)
    new_form = fields.String(required=True, allow_none=True)
    new_questions = fields.Boolean(required=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    new_due_at = fields.AwareDateTime(required=True, allow_none=True)
    taken_back = fields.Boolean(
        required=True, metadata={"description": "Whoever took it up may no longer do it."}
    )
    has_draft = fields.Boolean(required=True)
    questions_gone = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Answered in the draft and not asked any more; kept in the case."},
    )


class CasePreviewSchema(Schema):
    """One case."""

    id = fields.UUID(required=True)
    reference = fields.String(required=True, metadata=REFERENCE)
    process_id = fields.String(required=True)
    source = fields.Integer(required=True, data_key="from")
    fits = fields.Boolean(required=True)
    obstacles = fields.List(fields.Nested(ObstacleSchema), required=True)
    landings = fields.List(fields.Nested(LandingSchema), required=True)
    tasks = fields.List(fields.Nested(TaskChangeSchema), required=True)


class PreviewSchema(Schema):
    """A page of cases, by kenmerk."""

    cases = fields.List(fields.Nested(CasePreviewSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class StartedSchema(Schema):
    """The batch that was begun."""

    id = fields.UUID(required=True)


class ToldSchema(Schema):
    """A case with something to tell."""

    id = fields.UUID(required=True, attribute="instance_id")
    reference = fields.String(required=True, metadata=REFERENCE)
    state = fields.String(required=True, metadata={"description": "skipped, failed or kept."})
    reason = fields.String(required=True)


class BatchSchema(Schema):
    """How a batch fares."""

    id = fields.UUID(required=True)
    target = fields.Integer(required=True, data_key="to")
    state = fields.String(required=True, metadata={"description": f"{_STATES}."})
    reason = fields.String(required=True)
    started_at = fields.AwareDateTime(required=True)
    started_by = fields.String(required=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)
    counts = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        required=True,
        metadata={"description": f"Cases by {_CASE_STATES}; ``kept`` cannot be put back."},
    )
    told = fields.List(
        fields.Nested(ToldSchema),
        required=True,
        metadata={"description": "The first hundred that were not moved or not put back."},
    )


class BatchesSchema(Schema):
    """The latest batches, newest first; ``told`` is left empty."""

    batches = fields.List(fields.Nested(BatchSchema), required=True)


_ID = "3c9d1f52-64c0-4a86-9f0c-0e5a3d7b2a11"
_CASE = "0d9a4c1e-6a43-4f5f-9b84-2a4f0d0f7b11"
PLAN: dict[str, Any] = {
    "from": 3,
    "to": 4,
    "moves": [
        {
            "process": "meldroute_signaal",
            "element": "triage",
            "name": "Triage",
            "type": "userTask",
            "to": "signaal_beoordelen",
            "why": "form",
        }
    ],
}
TO_PREVIEW: dict[str, Any] = {"to": 4, "plans": [PLAN], "cases": ["2026-K7QF-3XDM"]}
TO_START: dict[str, Any] = {"to": 4, "plans": [PLAN], "reason": "Triage heet voortaan anders."}
PREVIEW: dict[str, Any] = {
    "cases": [
        {
            "id": _CASE,
            "reference": "2026-K7QF-3XDM",
            "process_id": "meldroute_signaal",
            "from": 3,
            "fits": True,
            "obstacles": [],
            "landings": [
                {
                    "process": "meldroute_signaal",
                    "element": "triage",
                    "name": "Triage",
                    "what": "moves",
                    "to": "signaal_beoordelen",
                    "due": None,
                }
            ],
            "tasks": [
                {
                    "id": "7b1f8f0a-2f07-4f6e-8b0a-7d0f0a3c9b55",
                    "element": "triage",
                    "name": "Triage",
                    "new_name": "Signaal beoordelen",
                    "gained": ["af-veiligheid"],
                    "lost": ["af-zorg"],
                    "form": "triage",
                    "new_form": "triage",
                    "new_questions": False,
                    "due_at": "2026-03-04T16:00:00+00:00",
                    "new_due_at": "2026-03-05T16:00:00+00:00",
                    "taken_back": True,
                    "has_draft": True,
                    "questions_gone": [],
                }
            ],
        }
    ],
    "next": None,
}
STARTED: dict[str, Any] = {"id": _ID}
BATCH: dict[str, Any] = {
    "id": _ID,
    "to": 4,
    "state": "running",
    "reason": "Triage heet voortaan anders.",
    "started_at": "2026-03-02T08:30:00+00:00",
    "started_by": "Bea Voorbeeld",
    "finished_at": None,
    "counts": {"waiting": 312, "moved": 87, "failed": 1},
    "told": [
        {
            "id": _CASE,
            "reference": "2026-K7QF-3XDM",
            "state": "failed",
            "reason": "De zaak staat bij Nabellen; dat heeft geen plek meer. "
            "Kies een andere stap in het plan, of rond deze stap eerst af.",
        }
    ],
}
BATCHES: dict[str, Any] = {"batches": [{**BATCH, "told": []}]}
