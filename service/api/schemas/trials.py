"""Trials: made-up cases that walk through a draft."""

from typing import Any

from marshmallow import Schema, fields, validate

from service.api.schemas.common import Strict, Values, choice, text
from service.api.schemas.forms import FORM, FormSchema

LONGEST_VALUES = 20_000
_TYPED = {"description": 'A line for each value: ``signaal.vorm = "arbeid"``.'}
_OUTCOMES = 200


def _typed() -> fields.String:
    """What a case begins with or a message carries, as process owners type it."""
    words = f"Ten hoogste {LONGEST_VALUES} tekens."
    return fields.String(
        load_default="",
        validate=validate.Length(max=LONGEST_VALUES, error=words),
        metadata=_TYPED,
    )


class TrialLineSchema(Schema):
    """A trial in a list."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    process_id = fields.String(required=True)
    steps = fields.Integer(required=True)
    made_by_name = fields.String(required=True)
    changed_at = fields.AwareDateTime(required=True)


class TrialNameSchema(Strict):
    """What a trial is called."""

    name = text(required=True)


class TrialToBeginSchema(TrialNameSchema):
    """What to try, from when, and how the case begins."""

    process_id = text(required=True)
    begin = text(
        required=True,
        metadata={"description": "The first moment, ISO 8601; Dutch time when it has no zone."},
    )
    way = choice("hand", "message", "signal", "timer", load_default="hand")
    what = text(
        load_default="",
        metadata={"description": "The message, the signal, or the id of the timer start event."},
    )
    values = _typed()


class TrialBegunSchema(Schema):
    """Which trial it became."""

    id = fields.UUID(required=True)


class ScenarioPathSchema(Strict):
    """One scenario, of the draft or of the product."""

    path = text(required=True)


class TrialStepSchema(Strict):
    """A step, and where the trial stood when somebody chose it."""

    after = fields.Integer(
        load_default=None,
        validate=validate.Range(0, 2**31 - 1, error="Stuur het aantal stappen dat u zag."),
        metadata={"description": "The ``steps`` that you saw; 409 when a colleague went on."},
    )


class TrialAnswerSchema(TrialStepSchema):
    """The answers of a task, nested by namespace, and who gives them."""

    role = text(required=True, metadata={"description": "One of the ``roles`` of the task."})
    answers = Values(keys=fields.String(), load_default=dict[str, Any])


class TrialWaitSchema(TrialStepSchema):
    """How long."""

    span = text(
        load_default=None,
        metadata={"description": "``2wd``, ``4wu``, ``PT48H``; null: until the next timer."},
    )


class TrialMessageSchema(TrialStepSchema):
    """Which message or signal comes in, and what it carries."""

    element_id = text(required=True, metadata={"description": "Where the case waits for it."})
    values = _typed()


class TrialResultSchema(TrialStepSchema):
    """What else a service task that was done should have given."""

    type = text(required=True)
    visit = fields.Integer(required=True)
    values = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={"description": "By path, as typed: ``3``, ``true``, a text; empty for nothing."},
    )


class TrialBackSchema(TrialStepSchema):
    """How far back."""

    steps = fields.Integer(
        required=True, metadata={"description": "How many steps stay; 0 to begin again."}
    )


class TrialToKeepSchema(TrialStepSchema):
    """How a trial is kept as a scenario."""

    name = text(required=True)
    outcome = fields.List(
        fields.String(),
        load_default=list[str],
        validate=validate.Length(max=_OUTCOMES, error=f"Ten hoogste {_OUTCOMES}."),
        metadata={"description": "The paths, of ``outcomes``, that must come out the same."},
    )
    replace = fields.Boolean(
        load_default=False,
        metadata={"description": "Whether it may take the place of one with this name."},
    )


class TrialTaskSchema(Schema):
    """A task that is open in a trial."""

    element_id = fields.String(required=True)
    number = fields.Integer(
        required=True, metadata={"description": "Which of the open ones with this id, from 1."}
    )
    name = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    due = fields.AwareDateTime(required=True, allow_none=True)


class TrialWaitsSchema(Schema):
    """A message or signal for which a trial waits."""

    element_id = fields.String(required=True)
    name = fields.String(required=True)


class TrialWorkSchema(Schema):
    """A service task that was done."""

    name = fields.String(required=True)
    type = fields.String(required=True)
    visit = fields.Integer(required=True)
    values = Values(keys=fields.String(), required=True, metadata={"description": "By path."})
    source = choice(
        "chosen",
        "known",
        "made_up",
        required=True,
        metadata={"description": "Chosen in this trial, fixed by the product, or the usual one."},
    )


class TrialHappenedSchema(Schema):
    """One step and what it brought about."""

    number = fields.Integer(required=True, metadata={"description": "0 for the beginning."})
    what = choice("begin", "task", "wait", "message", "check", required=True)
    detail = fields.String(
        required=True, metadata={"description": "The task, the time that passed or the message."}
    )
    role = fields.String(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True)
    opened = fields.List(fields.String(), required=True)
    ends = fields.List(fields.String(), required=True)
    sent = fields.List(
        fields.String(), required=True, metadata={"description": "What would have been sent."}
    )
    work = fields.List(fields.Nested(TrialWorkSchema), required=True)


class TrialMisfitSchema(Schema):
    """The step that does not fit the draft any more."""

    number = fields.Integer(required=True)
    reason = fields.String(required=True)
    after = fields.Integer(required=True, metadata={"description": "How many steps come after it."})


class TrialSchema(Schema):
    """A trial, walked on the draft as it is now, as far as it goes."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    process_id = fields.String(required=True)
    steps = fields.Integer(required=True, metadata={"description": "For ``after``."})
    begun = fields.Boolean(required=True)
    now = fields.AwareDateTime(required=True, metadata={"description": "The clock of the trial."})
    next_due = fields.AwareDateTime(required=True, allow_none=True)
    ended = fields.String(required=True, allow_none=True)
    tasks = fields.List(fields.Nested(TrialTaskSchema), required=True)
    waiting = fields.List(fields.Nested(TrialWaitsSchema), required=True)
    history = fields.List(
        fields.Nested(TrialHappenedSchema), required=True, metadata={"description": "In order."}
    )
    variables = Values(keys=fields.String(), required=True)
    outcomes = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Paths of what came out: a scenario can ask for the same."},
    )
    misfit = fields.Nested(TrialMisfitSchema, required=True, allow_none=True)


class TrialFormSchema(Schema):
    """An open task with its form."""

    element_id = fields.String(required=True)
    number = fields.Integer(required=True)
    roles = fields.List(fields.String(), required=True)
    form = fields.Nested(FormSchema, required=True, allow_none=True)


ID = "2d1f0c6e-9f5b-4b3e-8a53-0f6f5e1c7a20"
TRIALS: list[dict[str, Any]] = [
    {
        "id": ID,
        "name": "De melder belt zelf",
        "process_id": "meldroute_signaal",
        "steps": 1,
        "made_by_name": "F. de Beheerder",
        "changed_at": "2026-03-02T09:30:00+01:00",
    }
]
TO_BEGIN: dict[str, Any] = {
    "name": "De melder belt zelf",
    "process_id": "meldroute_signaal",
    "begin": "2026-03-02T09:30",
    "way": "hand",
    "what": "",
    "values": "",
}
BEGUN = {"id": ID}
TO_FOLLOW = {"path": "processes/meldroute_signaal/scenarios/triage_gaat_door.toml"}
TO_RENAME = {"name": "De melder belt zelf"}
TO_ANSWER: dict[str, Any] = {
    "after": 1,
    "role": "af-zorg",
    "answers": {"triage": {"urgentie": "normaal", "bruikbaar": "ja"}},
}
TO_WAIT: dict[str, Any] = {"after": 1, "span": "2wd"}
TO_TELL: dict[str, Any] = {
    "after": 1,
    "element_id": "aanvulling_ontvangen",
    "values": 'aanvulling.tekst = "Het busje was wit."',
}
TO_CHOOSE: dict[str, Any] = {
    "after": 1,
    "type": "registreren",
    "visit": 1,
    "values": {"registratie.kenmerk": "2026-K7QF-3XDM"},
}
TO_GO_BACK: dict[str, Any] = {"after": 2, "steps": 1}
TO_KEEP: dict[str, Any] = {
    "after": 1,
    "name": "De melder belt zelf",
    "outcome": [],
    "replace": False,
}
KEPT = {"path": "processes/meldroute_signaal/scenarios/de_melder_belt_zelf.toml"}
TASK: dict[str, Any] = {
    "element_id": "triage",
    "number": 1,
    "name": "Triage",
    "roles": ["af-zorg"],
    "due": "2026-03-04T09:30:00+01:00",
}
TASK_FORM: dict[str, Any] = {
    "element_id": "triage",
    "number": 1,
    "roles": ["af-zorg"],
    "form": FORM,
}
TRIAL: dict[str, Any] = {
    "id": ID,
    "name": "De melder belt zelf",
    "process_id": "meldroute_signaal",
    "steps": 1,
    "begun": True,
    "now": "2026-03-02T09:30:00+01:00",
    "next_due": None,
    "ended": None,
    "tasks": [TASK],
    "waiting": [],
    "history": [
        {
            "number": 1,
            "what": "task",
            "detail": "signaal_indienen",
            "role": "melder",
            "at": "2026-03-02T09:30:00+01:00",
            "opened": ["Triage"],
            "ends": [],
            "sent": [],
            "work": [],
        }
    ],
    "variables": {"signaal": {"vorm": "arbeid"}},
    "outcomes": [],
    "misfit": None,
}
