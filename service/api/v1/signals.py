"""Reporting a signal, with or without an account, and hearing how it is going."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import request
from flask.views import MethodView
from marshmallow import Schema
from sqlalchemy.exc import IntegrityError

from service.api import request as asked
from service.api.body import uploads
from service.api.form_fields import described, form_of
from service.api.resource import BY_ANYONE, BY_EITHER, Resource, View
from service.api.schemas import signals as shapes
from service.api.schemas.forms import FORM, FormSchema
from service.domain.errors import InvalidInput, NotFound
from service.operations.answer_by_code import answer_by_code, show_question
from service.operations.complete_task import Completed
from service.operations.list_cases import OwnSignal, own_signals, signal_by_code
from service.operations.report_signal import Reported, report_signal, reporting_form
from service.operations.reporter_says import add_information, withdraw

signals = Resource("signals", __name__, description="Signalen melden")


def answering(
    body: type[Schema], example: Mapping[str, Any], **more: Any
) -> Callable[[View], View]:
    """Declares what a reporter says in a signal; it gives the kenmerk."""
    return signals.operation(
        shapes.AnsweredSchema,
        example={"reference": shapes.REFERENCE_EXAMPLE},
        body=body,
        body_example=example,
        **more,
    )


@signals.route("")
class Signals(MethodView):
    """Signals."""

    @signals.operation(
        shapes.ReportedSchema,
        status=201,
        example=shapes.REPORTED,
        body=shapes.SignalSchema,
        body_example=shapes.SIGNAL,
        files="Files, each part named after its field: ``signaal.bijlagen``.",
        errors=(404,),
        access=BY_EITHER,
    )
    def post(self, body: dict[str, Any]) -> Reported:
        """Report a signal; without a token nothing that identifies you is kept."""
        try:
            return _report(body)
        except IntegrityError:  # the same submission came in twice at the same moment
            return _report(body)

    @signals.operation(shapes.FeedbackSchema(many=True), example=[shapes.FEEDBACK])
    def get(self) -> list[dict[str, Any]]:
        """Your own signals, with neutral feedback."""
        with asked.transaction() as session:
            own = own_signals(session, actor=asked.caller(session))
            return [{**_told(signal), "task_id": signal.open_task_id} for signal in own]


@signals.route("/form")
class SignalForm(MethodView):
    """The form of a signal."""

    @signals.operation(
        FormSchema,
        example=FORM,
        query=shapes.MunicipalityQuerySchema,
        errors=(404,),
        access=BY_EITHER,
    )
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """The questions that a signal answers; ``municipality`` is needed without a token."""
        with asked.transaction() as session:
            actor = asked.optional_caller(session)
            published, form = reporting_form(
                session,
                asked.application().collaborators,
                actor.municipality if actor else _named(query["municipality"]),
            )
            return described(
                form,
                values={},
                scope=published.scope({}),
                env=published.environment(asked.now()),
            )


@signals.route("/feedback")
class FeedbackByCode(MethodView):
    """Feedback to an anonymous reporter."""

    @signals.operation(
        shapes.FeedbackSchema,
        example=shapes.FEEDBACK,
        body=shapes.CodeSchema,
        body_example=shapes.CODE,
        errors=(404,),
        access=BY_ANYONE,
    )
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """How a signal is going, by its terugkoppelcode (in the body: addresses get logged)."""
        with asked.transaction() as session:
            collaborators = asked.application().collaborators
            return _told(signal_by_code(session, collaborators, code=body["code"]))


@signals.route("/question")
class QuestionByCode(MethodView):
    """A question to an anonymous reporter."""

    @signals.operation(
        FormSchema,
        example=FORM,
        body=shapes.CodeSchema,
        body_example=shapes.CODE,
        errors=(404,),
        access=BY_ANYONE,
    )
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """The question that stands open for an anonymous reporter; 404 when there is none."""
        with asked.transaction() as session:
            view = show_question(
                session,
                asked.application().collaborators,
                code=body["code"],
                now=asked.now(),
            )
            form = form_of(view)
            if form is None:
                raise NotFound("Er staat nu geen vraag voor u open.")
            return form


@signals.route("/answer")
class AnswerByCode(MethodView):
    """The answer of an anonymous reporter."""

    @answering(shapes.AnswerByCodeSchema, shapes.ANSWER_BY_CODE, errors=(404,), access=BY_ANYONE)
    def post(self, body: dict[str, Any]) -> Completed:
        """Answer the open question, still without a name."""
        with asked.transaction() as session:
            return answer_by_code(
                session,
                asked.application().collaborators,
                code=body["code"],
                answers=body["answers"],
                now=asked.now(),
            )


@signals.route("/addition")
class Addition(MethodView):
    """What a reporter adds by themselves."""

    @answering(shapes.AdditionSchema, shapes.ADDITION, errors=(404, 409), access=BY_EITHER)
    def post(self, body: dict[str, Any]) -> dict[str, str]:
        """Add to your own signal; without a token its code goes where the kenmerk stands."""
        return _say(add_information, body, text=body["text"])


@signals.route("/withdrawal")
class Withdrawal(MethodView):
    """A reporter who takes leave."""

    @answering(shapes.OwnSignalSchema, shapes.OWN_SIGNAL, errors=(404, 409), access=BY_EITHER)
    def post(self, body: dict[str, Any]) -> dict[str, str]:
        """Have your name and how to reach you wiped; what you told stays."""
        return _say(withdraw, body)


def _say(operation: Callable[..., str], body: dict[str, Any], **more: Any) -> dict[str, str]:
    """What reporters do in their own signal, with a token or by its code."""
    with asked.transaction() as session:
        reference = operation(
            session,
            asked.application().collaborators,
            actor=asked.optional_caller(session),
            reference_or_code=body["signal"],
            now=asked.now(),
            submission_id=body["submission_id"],
            **more,
        )
    return {"reference": reference}


def _report(body: dict[str, Any]) -> Reported:
    with asked.transaction() as session:
        actor = asked.optional_caller(session)
        return report_signal(
            session,
            asked.application().collaborators,
            actor=actor,
            municipality=actor.municipality if actor else _named(body["municipality"]),
            answers=body["answers"],
            submission_id=body["submission_id"],
            now=asked.now(),
            uploads=uploads(request),
        )


def _named(municipality: str | None) -> str:
    if municipality is None:
        raise InvalidInput("Zonder token is 'municipality' nodig: bij welke gemeente?")
    return municipality


def _told(own: OwnSignal) -> dict[str, Any]:
    return {
        "reference": own.reference,
        "reported_at": own.reported_at,
        "progress": own.progress,
        "feedback": [{"at": at, "text": text} for at, text in own.feedback],
        "question": own.open_task_id is not None,
        "takes_more": own.takes_more,
        "task_id": None,
    }
