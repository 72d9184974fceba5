"""How a process runs."""

from typing import Any

from marshmallow import Schema, fields, validate

from service.api.schemas.common import Strict

_HIDDEN = "null: too small to show."
_NUMBER = validate.Range(1, 2**31 - 1, error="Kies het nummer van een publicatie.")


def _count(what: str) -> fields.Integer:
    return fields.Integer(
        required=True, allow_none=True, metadata={"description": f"{what} {_HIDDEN}"}
    )


def _length(what: str) -> fields.Float:
    told = f"{what} null: nothing was done, that is not known, or it is too little to show."
    return fields.Float(required=True, allow_none=True, metadata={"description": told})


class InsightQuerySchema(Strict):
    """Over which days."""

    first = fields.Date(required=True, data_key="from")
    last = fields.Date(
        required=True, data_key="to", metadata={"description": "This day counts too."}
    )
    publication = fields.Integer(
        load_default=None,
        validate=_NUMBER,
        metadata={"description": "Whose diagram the elements are laid over; else the current."},
    )


class StepFiguresSchema(Schema):
    """One step."""

    element_id = fields.String(required=True)
    name = fields.String(required=True)
    type = fields.String(required=True, metadata={"description": "The BPMN tag."})
    norms = fields.List(fields.String(), required=True)
    unit = fields.String(
        required=True,
        metadata={
            "description": "Of ``median`` and ``p90``: wd (working days), wu (working hours) or "
            "clock (hours, day and night)."
        },
    )
    waiting = _count("Cases that stand here now.")
    waiting_late = _count("Of those, past the norm time.")
    done = _count("How often it was completed in the period.")
    done_cases = _count("In how many cases.")
    timed = _count("Of how many of these the times tell: of others it was not kept yet.")
    timed_cases = _count("In how many cases.")
    median = _length("Half took no longer.")
    p90 = _length("Nine in ten took no longer.")
    median_hours = _length("In hours, day and night.")
    p90_hours = _length("In hours, day and night.")
    with_norm = _count("Completed tasks that had a norm time.")
    late = _count("Of those, completed after it.")
    late_share = _count("Per cent of those with a norm time;")


class PathFiguresSchema(Schema):
    """One sequence flow or event."""

    element_id = fields.String(required=True)
    name = fields.String(required=True)
    type = fields.String(required=True)
    source = fields.String(required=True)
    target = fields.String(required=True)
    choice = fields.Boolean(
        required=True, metadata={"description": "Whether more than one flow leaves its source."}
    )
    times = _count("How often it was taken, or happened, in the period.")
    cases = _count("In how many cases.")
    share = _count("Per cent of the times its source was done, at a choice;")


class InsightSchema(Schema):
    """The figures of a process."""

    process_id = fields.String(required=True)
    process_name = fields.String(required=True)
    publication = fields.Integer(required=True)
    exact = fields.Boolean(
        required=True,
        metadata={
            "description": "False: counts below ``threshold`` are null, others are rounded to it."
        },
    )
    threshold = fields.Integer(required=True)
    steps = fields.List(fields.Nested(StepFiguresSchema), required=True)
    paths = fields.List(fields.Nested(PathFiguresSchema), required=True)
    other_steps = fields.List(
        fields.Nested(StepFiguresSchema),
        required=True,
        metadata={"description": "Counted, but not in this diagram."},
    )
    other_paths = fields.List(fields.Nested(PathFiguresSchema), required=True)


INSIGHT: dict[str, Any] = {
    "process_id": "meldroute_signaal",
    "process_name": "Meldroute signaal",
    "publication": 3,
    "exact": True,
    "threshold": 5,
    "steps": [
        {
            "element_id": "triage",
            "name": "Triage",
            "type": "userTask",
            "norms": ["4wu", "2wd"],
            "unit": "wd",
            "waiting": 3,
            "waiting_late": 1,
            "done": 41,
            "done_cases": 40,
            "timed": 41,
            "timed_cases": 40,
            "median": 1.2,
            "p90": 2.6,
            "median_hours": 28.5,
            "p90_hours": 93.0,
            "with_norm": 41,
            "late": 6,
            "late_share": 15,
        }
    ],
    "paths": [
        {
            "element_id": "is_er_acuut_gevaar__triage",
            "name": "Nee",
            "type": "sequenceFlow",
            "source": "Is er acuut gevaar?",
            "target": "Triage",
            "choice": True,
            "times": 39,
            "cases": 39,
            "share": 93,
        }
    ],
    "other_steps": [],
    "other_paths": [],
}
