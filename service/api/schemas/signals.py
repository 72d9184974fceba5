"""Reporting a signal and hearing back."""

from typing import Any

from marshmallow import Schema, fields, validate

from service.api.schemas.common import REFERENCE, Strict, Values, text


class MunicipalityQuerySchema(Strict):
    """Which municipality."""

    municipality = text(load_default=None)


class SignalSchema(Strict):
    """A signal; ``municipality`` is needed only without a token."""

    municipality = text(load_default=None)
    submission_id = fields.UUID(
        required=True, metadata={"description": "Your own; sending it twice starts one case."}
    )
    answers = Values(keys=fields.String(), required=True)


class ReportedSchema(Schema):
    """What a reporter gets."""

    reference = fields.String(required=True, metadata=REFERENCE)
    code = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "The terugkoppelcode of who reported without a name."},
    )
    acute = fields.Boolean(required=True, metadata={"description": "Call 112 first."})


class CodeSchema(Strict):
    """A terugkoppelcode."""

    code = fields.String(
        required=True, validate=validate.Length(max=60, error="Een code is korter dan dit.")
    )


class AnswerByCodeSchema(CodeSchema):
    """A terugkoppelcode, and the answers to the question that stands open."""

    answers = Values(keys=fields.String(), required=True)


class OwnSignalSchema(Strict):
    """One's own signal: its kenmerk with a token, its terugkoppelcode without."""

    signal = fields.String(
        required=True, validate=validate.Length(max=60, error="Een kenmerk is korter dan dit.")
    )
    submission_id = fields.UUID(
        required=True, metadata={"description": "Your own; sending it twice changes nothing more."}
    )


class AdditionSchema(OwnSignalSchema):
    """What a reporter adds by themselves."""

    text = fields.String(required=True)


class AnsweredSchema(Schema):
    """That an answer has arrived."""

    reference = fields.String(required=True, metadata=REFERENCE)


class FeedbackLineSchema(Schema):
    """One neutral message."""

    at = fields.AwareDateTime(required=True)
    text = fields.String(required=True)


class FeedbackSchema(Schema):
    """All a reporter learns."""

    reference = fields.String(required=True, metadata=REFERENCE)
    reported_at = fields.AwareDateTime(required=True)
    progress = fields.String(
        required=True, validate=validate.OneOf(["ontvangen", "bekeken", "afgerond"])
    )
    feedback = fields.List(fields.Nested(FeedbackLineSchema), required=True)
    question = fields.Boolean(
        required=True, metadata={"description": "Whether a question to the reporter stands open."}
    )
    takes_more = fields.Boolean(
        required=True,
        metadata={"description": "Whether the reporter may still add something, or withdraw."},
    )
    task_id = fields.UUID(
        allow_none=True,
        metadata={"description": "The task of that question, for who reported with an account."},
    )


REFERENCE_EXAMPLE = "2026-K7QF-3XDM"
SIGNAL: dict[str, Any] = {
    "municipality": "midden-delfland",
    "submission_id": "6f1f1a52-3c1d-4a53-8f0e-5b1c7b8f2d11",
    "answers": {
        "signaal": {
            "acuut_gevaar": "nee",
            "omschrijving": "Zes mensen op één adres; één man houdt alle paspoorten.",
            "adres": "Dorpsstraat 1, Voorbeelddorp",
            "gaat_over": ["slachtoffer"],
            "vorm": "arbeid",
            "minderjarig": "nee",
            "hoedanigheid": "anoniem",
            "anoniem": "ja",
            "terugkoppeling_gewenst": "ja",
        }
    },
}
REPORTED = {"reference": REFERENCE_EXAMPLE, "code": "K7QF-3XDM-9TPA-HWC2", "acute": False}
CODE = {"code": "K7QF-3XDM-9TPA-HWC2"}
ANSWER_BY_CODE = {**CODE, "answers": {"aanvulling": {"tekst": "Het busje was wit."}}}
FEEDBACK: dict[str, Any] = {
    "reference": REFERENCE_EXAMPLE,
    "reported_at": "2026-03-02T08:00:00+00:00",
    "progress": "bekeken",
    "feedback": [{"at": "2026-03-04T10:12:00+00:00", "text": "Uw signaal is bekeken."}],
    "question": False,
    "takes_more": True,
    "task_id": None,
}
OWN_SIGNAL = {
    "signal": REFERENCE_EXAMPLE,
    "submission_id": "6f1f1a52-3c1d-4a53-8f0e-5b1c7b8f2d12",
}
ADDITION = {**OWN_SIGNAL, "text": "Het busje is wit, met een blauwe streep."}
