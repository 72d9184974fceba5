"""Reporting a signal, with or without an account, and asking how it is going."""

from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from service.api import request as asked
from service.api.schemas import CodeSchema, FeedbackSchema, ReportedSchema, SignalSchema
from service.domain.errors import InvalidInput
from service.operations.list_cases import OwnSignal, own_signals, signal_by_code
from service.operations.report_signal import Reported, report_signal

signals = Blueprint(
    "signals", __name__, url_prefix="/api/v1/signals", description="Signalen melden"
)


@signals.route("")
class Signals(MethodView):
    """Signals."""

    @signals.arguments(SignalSchema)
    @signals.response(201, ReportedSchema)
    @signals.doc(security=[{"token": []}, {}])
    def post(self, body: dict[str, Any]) -> Reported:
        """Report a signal; without a token nothing that identifies you is kept."""
        with asked.transaction() as session:
            actor = asked.optional_caller(session)
            municipality = actor.municipality if actor else body["municipality"]
            if municipality is None:
                raise InvalidInput("Zonder token is 'municipality' nodig: bij welke gemeente?")
            return report_signal(
                session,
                asked.application().collaborators,
                actor=actor,
                municipality=municipality,
                answers=body["answers"],
                submission_id=body["submission_id"],
                now=asked.now(),
            )

    @signals.response(200, FeedbackSchema(many=True))
    def get(self) -> list[dict[str, Any]]:
        """One's own signals, with neutral feedback."""
        with asked.transaction() as session:
            return [_told(own) for own in own_signals(session, actor=asked.caller(session))]


@signals.route("/feedback")
class FeedbackByCode(MethodView):
    """Feedback to an anonymous reporter."""

    @signals.arguments(CodeSchema)
    @signals.response(200, FeedbackSchema)
    @signals.doc(security=[{}])
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """How a signal is going, by its terugkoppelcode (in the body: addresses get logged)."""
        with asked.transaction() as session:
            collaborators = asked.application().collaborators
            return _told(signal_by_code(session, collaborators, code=body["code"]))


def _told(own: OwnSignal) -> dict[str, Any]:
    return {
        "reference": own.reference,
        "progress": own.progress,
        "feedback": [{"at": at, "text": text} for at, text in own.feedback],
    }
