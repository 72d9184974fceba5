"""Trials of a draft: a made-up case, walked step by step; nothing is sent or kept in a case."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask.views import MethodView

from service.api import request as asked
from service.api.form_fields import described
from service.api.schemas import trials as shapes
from service.api.v1.drafts import asking, drafts
from service.operations.scenario.script import DoTask, Expect, Step, Tell, Wait
from service.operations.studio.trial.begin import Start, ToBegin, begin_from, begin_trial
from service.operations.studio.trial.keep_as_test import ToKeep, keep_as_test, outcomes
from service.operations.studio.trial.manage import (
    TrialLine,
    delete_trial,
    rename_trial,
    trials_of,
)
from service.operations.studio.trial.show import Happened, TrialPage, show_task, show_trial
from service.operations.studio.trial.steps import (
    Answered,
    Where,
    answer_task,
    back_to,
    choose_result,
    tell,
    wait,
    wait_for_timer,
)

Body = dict[str, Any]


@drafts.route("/<uuid:draft_id>/trials")
class Trials(MethodView):
    """All trials of a draft."""

    @drafts.operation(shapes.TrialLineSchema(many=True), example=shapes.TRIALS, errors=(404,))
    def get(self, draft_id: UUID) -> list[TrialLine]:
        """The trials of a draft, the last changed first."""
        with asked.transaction() as session:
            return list(trials_of(session, **asking(session, draft_id)))

    @drafts.operation(
        shapes.TrialBegunSchema,
        status=201,
        example=shapes.BEGUN,
        body=shapes.TrialToBeginSchema,
        body_example=shapes.TO_BEGIN,
        errors=(404, 409),
    )
    def post(self, body: Body, draft_id: UUID) -> dict[str, UUID]:
        """Begin a trial: a made-up case on the draft as it is now."""
        start = Start(way=body.pop("way"), what=body.pop("what"))
        wanted = ToBegin(start=start, **body)
        with asked.transaction() as session:
            whose = asking(session, draft_id)
            return {"id": begin_trial(session, **whose, wanted=wanted, now=asked.now())}


@drafts.route("/<uuid:draft_id>/trials/follow")
class TrialsFollow(MethodView):
    """Going on from a scenario."""

    @drafts.operation(
        shapes.TrialBegunSchema,
        status=201,
        example=shapes.BEGUN,
        body=shapes.ScenarioPathSchema,
        body_example=shapes.TO_FOLLOW,
        errors=(404, 409),
    )
    def post(self, body: Body, draft_id: UUID) -> dict[str, UUID]:
        """Begin a trial with all steps of a scenario, of the draft or of the product."""
        with asked.transaction() as session:
            return {"id": begin_from(session, **asking(session, draft_id), **body, now=asked.now())}


@drafts.route("/<uuid:draft_id>/trials/<uuid:trial_id>")
class OneTrial(MethodView):
    """One trial."""

    @drafts.operation(shapes.TrialSchema, example=shapes.TRIAL, errors=(404,))
    def get(self, draft_id: UUID, trial_id: UUID) -> dict[str, Any]:
        """Where a trial stands, how it came there, and what it waits for."""
        with asked.transaction() as session:
            return _shown(show_trial(session, **_of(session, draft_id, trial_id)))

    @drafts.operation(
        None,
        status=204,
        body=shapes.TrialNameSchema,
        body_example=shapes.TO_RENAME,
        errors=(404,),
    )
    def put(self, body: Body, draft_id: UUID, trial_id: UUID) -> None:
        """Give a trial another name."""
        with asked.transaction() as session:
            whose = asking(session, draft_id)
            rename_trial(session, **whose, trial_id=trial_id, **body, now=asked.now())

    @drafts.operation(None, status=204, errors=(404,))
    def delete(self, draft_id: UUID, trial_id: UUID) -> None:
        """Throw a trial away; a scenario that was kept of it stays."""
        with asked.transaction() as session:
            delete_trial(session, **asking(session, draft_id), trial_id=trial_id)


@drafts.route("/<uuid:draft_id>/trials/<uuid:trial_id>/tasks/<element_id>/<int:number>")
class TrialTask(MethodView):
    """An open task."""

    @drafts.operation(shapes.TrialFormSchema, example=shapes.TASK_FORM, errors=(404, 409))
    def get(self, draft_id: UUID, trial_id: UUID, element_id: str, number: int) -> dict[str, Any]:
        """An open task with its form, and what was answered when that no longer fits."""
        with asked.transaction() as session:
            task = show_task(
                session,
                **_of(session, draft_id, trial_id),
                element_id=element_id,
                number=number,
            )
        return {
            "element_id": element_id,
            "number": number,
            "roles": task.roles,
            "form": task.form
            and described(task.form, values=task.typed, scope=task.variables, env=task.environment),
        }

    @drafts.operation(
        shapes.TrialSchema,
        example=shapes.TRIAL,
        body=shapes.TrialAnswerSchema,
        body_example=shapes.TO_ANSWER,
        errors=(404, 409),
    )
    def post(
        self, body: Body, draft_id: UUID, trial_id: UUID, element_id: str, number: int
    ) -> dict[str, Any]:
        """Do an open task, in one of its roles; 422 names the fields."""
        answered = Answered(
            task=element_id, number=number, role=body["role"], answers=body["answers"]
        )
        return _stepped(answer_task, draft_id, trial_id, body["after"], answered=answered)


@drafts.route("/<uuid:draft_id>/trials/<uuid:trial_id>/wait")
class TrialWait(MethodView):
    """The clock."""

    @drafts.operation(
        shapes.TrialSchema,
        example=shapes.TRIAL,
        body=shapes.TrialWaitSchema,
        body_example=shapes.TO_WAIT,
        errors=(404, 409),
    )
    def post(self, body: Body, draft_id: UUID, trial_id: UUID) -> dict[str, Any]:
        """Let time pass, or go to the next timer."""
        span, after = body["span"], body["after"]
        if span is None:
            return _stepped(wait_for_timer, draft_id, trial_id, after)
        return _stepped(wait, draft_id, trial_id, after, span=span)


@drafts.route("/<uuid:draft_id>/trials/<uuid:trial_id>/message")
class TrialMessage(MethodView):
    """Messages."""

    @drafts.operation(
        shapes.TrialSchema,
        example=shapes.TRIAL,
        body=shapes.TrialMessageSchema,
        body_example=shapes.TO_TELL,
        errors=(404, 409),
    )
    def post(self, body: Body, draft_id: UUID, trial_id: UUID) -> dict[str, Any]:
        """Bring the message or signal for which the trial waits at an element."""
        return _stepped(tell, draft_id, trial_id, **body)


@drafts.route("/<uuid:draft_id>/trials/<uuid:trial_id>/result")
class TrialResult(MethodView):
    """Service tasks."""

    @drafts.operation(
        shapes.TrialSchema,
        example=shapes.TRIAL,
        body=shapes.TrialResultSchema,
        body_example=shapes.TO_CHOOSE,
        errors=(404, 409),
    )
    def post(self, body: Body, draft_id: UUID, trial_id: UUID) -> dict[str, Any]:
        """Give a service task that was done another result; what came after is walked again."""
        return _stepped(choose_result, draft_id, trial_id, kind=body.pop("type"), **body)


@drafts.route("/<uuid:draft_id>/trials/<uuid:trial_id>/back")
class TrialBack(MethodView):
    """Going back."""

    @drafts.operation(
        shapes.TrialSchema,
        example=shapes.TRIAL,
        body=shapes.TrialBackSchema,
        body_example=shapes.TO_GO_BACK,
        errors=(404, 409),
    )
    def post(self, body: Body, draft_id: UUID, trial_id: UUID) -> dict[str, Any]:
        """Drop every step after this many."""
        return _stepped(back_to, draft_id, trial_id, **body)


@drafts.route("/<uuid:draft_id>/trials/<uuid:trial_id>/scenario")
class TrialScenario(MethodView):
    """Keeping it."""

    @drafts.operation(
        shapes.ScenarioPathSchema,
        status=201,
        example=shapes.KEPT,
        body=shapes.TrialToKeepSchema,
        body_example=shapes.TO_KEEP,
        errors=(404, 409),
    )
    def post(self, body: Body, draft_id: UUID, trial_id: UUID) -> dict[str, str]:
        """Keep a trial as a scenario in the draft: from then on every change must pass it."""
        after = body.pop("after")
        with asked.transaction() as session:
            whose = _of(session, draft_id, trial_id, after)
            path = keep_as_test(session, **whose, wanted=ToKeep(**body), now=asked.now())
        return {"path": path}


def _of(session: Any, draft_id: UUID, trial_id: UUID, after: int | None = None) -> dict[str, Any]:
    """Which trial as somebody saw it, and who asks."""
    where = Where(draft_id=draft_id, trial_id=trial_id, after=after)
    return {**asked.asking(session), "where": where}


def _stepped(
    step: Callable[..., object],
    draft_id: UUID,
    trial_id: UUID,
    after: int | None,
    **more: Any,
) -> dict[str, Any]:
    """Takes a step; where the trial stands then."""
    with asked.transaction() as session:
        whose = _of(session, draft_id, trial_id, after)
        step(session, **whose, **more, now=asked.now())
        return _shown(show_trial(session, **whose))


def _shown(page: TrialPage) -> dict[str, Any]:
    scenario = page.scenario
    return {
        "id": page.trial_id,
        "name": scenario.name,
        "process_id": scenario.process_id,
        "steps": len(scenario.steps),
        "begun": page.begun,
        "now": page.now,
        "next_due": page.next_due,
        "ended": page.ended,
        "tasks": page.tasks,
        "waiting": page.waiting,
        "history": [_happened(line) for line in page.history],
        "variables": page.variables,
        "outcomes": list(outcomes(page.variables, scenario.steps)),
        "misfit": page.misfit,
    }


def _happened(line: Happened) -> dict[str, Any]:
    what, detail = _told(line.step)
    return {
        "number": line.number,
        "what": what,
        "detail": detail,
        "role": line.step.role if isinstance(line.step, DoTask) else None,
        "at": line.at,
        "opened": line.opened,
        "ends": line.ends,
        "sent": line.sent,
        "work": line.work,
    }


def _told(step: Step | None) -> tuple[str, str]:
    match step:
        case DoTask():
            return "task", step.task
        case Wait():
            return "wait", step.span
        case Tell():
            return "message", step.message
        case Expect():
            return "check", ", ".join(step.open)
    return "begin", ""
