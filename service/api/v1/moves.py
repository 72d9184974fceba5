"""Moving running cases to a newer publication; for roles that publish."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask.views import MethodView

from service.api import request as asked
from service.api.resource import Resource
from service.api.schemas import moves as shapes
from service.operations.moving import batches
from service.operations.moving.as_plain import plain_preview
from service.operations.moving.plans import MoveRequest, suggest_plan
from service.operations.moving.preview_move import preview_move
from service.operations.moving.undo_move import undo_move

moves = Resource("moves", __name__, description="Lopende zaken overzetten")


@moves.route("/plan")
class MovePlan(MethodView):
    """The plan that is suggested."""

    @moves.operation(
        shapes.PlanSchema, example=shapes.PLAN, query=shapes.PlanQuerySchema, errors=(404,)
    )
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """Where each element would go; change ``to`` and send the plan along."""
        with asked.transaction() as session:
            plan = suggest_plan(
                session,
                asked.application().collaborators,
                actor=asked.caller(session),
                **query,
            )
            told = plan.as_json()
            return {"source": told["from"], "target": told["to"], "moves": told["moves"]}


@moves.route("/preview")
class MovePreview(MethodView):
    """A dry run."""

    @moves.operation(
        shapes.PreviewSchema,
        example=shapes.PREVIEW,
        body=shapes.ToPreviewSchema,
        body_example=shapes.TO_PREVIEW,
        errors=(404,),
    )
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """What would become of each case, without moving any."""
        with asked.transaction() as session:
            page = preview_move(
                session,
                asked.application().collaborators,
                request=_request(body),
                actor=asked.caller(session),
                now=asked.now(),
                after=body["after"],
                limit=body["limit"],
            )
            return {
                "cases": [plain_preview(case) for case in page.cases],
                "next": page.next_reference,
            }


@moves.route("")
class Moves(MethodView):
    """Batches."""

    @moves.operation(shapes.BatchesSchema, example=shapes.BATCHES, errors=(404,))
    def get(self) -> dict[str, Any]:
        """The latest batches and how they fare."""
        with asked.transaction() as session:
            return {
                "batches": batches.batches(
                    session, asked.application().collaborators, actor=asked.caller(session)
                )
            }

    @moves.operation(
        shapes.StartedSchema,
        status=201,
        example=shapes.STARTED,
        body=shapes.ToStartSchema,
        body_example=shapes.TO_START,
        errors=(404,),
    )
    def post(self, body: dict[str, Any]) -> dict[str, UUID]:
        """Begin to move cases; the worker does it, each case by itself."""
        with asked.transaction() as session:
            batch_id = batches.start_batch(
                session,
                asked.application().collaborators,
                request=_request(body),
                reason=body["reason"],
                actor=asked.caller(session),
                now=asked.now(),
            )
            return {"id": batch_id}


@moves.route("/<uuid:batch_id>")
class OneMove(MethodView):
    """One batch."""

    @moves.operation(shapes.BatchSchema, example=shapes.BATCH, errors=(404,))
    def get(self, batch_id: UUID) -> batches.Progress:
        """How a batch fares, and which cases were not moved and why."""
        with asked.transaction() as session:
            return batches.progress(
                session,
                asked.application().collaborators,
                batch_id=batch_id,
                actor=asked.caller(session),
            )


@moves.route("/<uuid:batch_id>/stop")
class MoveStop(MethodView):
    """Stopping."""

    @moves.operation(None, status=204, errors=(404, 409))
    def post(self, batch_id: UUID) -> None:
        """Stop after the case that is being moved now."""
        with asked.transaction() as session:
            batches.stop_batch(
                session,
                asked.application().collaborators,
                batch_id=batch_id,
                actor=asked.caller(session),
            )


@moves.route("/<uuid:batch_id>/resume")
class MoveResume(MethodView):
    """Going on."""

    @moves.operation(None, status=204, errors=(404, 409))
    def post(self, batch_id: UUID) -> None:
        """Go on with a batch that was stopped."""
        with asked.transaction() as session:
            batches.resume_batch(
                session,
                asked.application().collaborators,
                batch_id=batch_id,
                actor=asked.caller(session),
            )


@moves.route("/<uuid:batch_id>/undo")
class MoveUndo(MethodView):
    """Undoing."""

    @moves.operation(None, status=204, errors=(404, 409))
    def post(self, batch_id: UUID) -> None:
        """Put back every case that nobody has worked on since; the worker does it."""
        with asked.transaction() as session:
            batches.undo_batch(
                session,
                asked.application().collaborators,
                batch_id=batch_id,
                actor=asked.caller(session),
                now=asked.now(),
            )


@moves.route("/<uuid:batch_id>/instances/<uuid:instance_id>/undo")
class MoveUndoOne(MethodView):
    """Undoing one case."""

    @moves.operation(None, status=204, errors=(404, 409))
    def post(self, batch_id: UUID, instance_id: UUID) -> None:
        """Put one case back; 409 says who has worked on it since."""
        with asked.transaction() as session:
            undo_move(
                session,
                asked.application().collaborators,
                batch_id=batch_id,
                case=str(instance_id),
                actor=asked.caller(session),
                now=asked.now(),
            )


def _request(body: Mapping[str, Any]) -> MoveRequest:
    return MoveRequest(target=body["target"], plans=as_plans(body["plans"]), cases=body["cases"])


def as_plans(sent: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Plans as they were sent, in the form in which people keep them."""
    return [{"from": plan["source"], "to": plan["target"], "moves": plan["moves"]} for plan in sent]
