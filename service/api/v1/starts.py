"""Processes that begin by themselves: what is planned, and what failed."""

from uuid import UUID

from flask.views import MethodView

from service.api import request as asked
from service.api.resource import Resource
from service.api.schemas.starts import STARTS, AutomaticStartSchema
from service.operations.list_starts import AutomaticStart, list_starts
from service.operations.retry_start import drop_start, retry_start

starts = Resource("starts", __name__, description="Starts die vanzelf gaan")


@starts.route("")
class Starts(MethodView):
    """What begins by itself."""

    @starts.operation(AutomaticStartSchema(many=True), example=STARTS, errors=(403, 404))
    def get(self) -> list[AutomaticStart]:
        """What begins by the clock and when, and starts that failed; those first."""
        with asked.transaction() as session:
            return list_starts(
                session, asked.application().collaborators, actor=asked.caller(session)
            )


@starts.route("/<uuid:start_id>/retry")
class RetryStart(MethodView):
    """A start that failed."""

    @starts.operation(None, status=204, errors=(403, 404, 409))
    def post(self, start_id: UUID) -> None:
        """Begin the case that should have begun; 409 when the start has not failed."""
        with asked.transaction() as session:
            retry_start(
                session,
                asked.application().collaborators,
                start_id=start_id,
                actor=asked.caller(session),
                now=asked.now(),
            )


@starts.route("/<uuid:start_id>/drop")
class DropStart(MethodView):
    """A start that need not be made up for."""

    @starts.operation(None, status=204, errors=(403, 404, 409))
    def post(self, start_id: UUID) -> None:
        """Let the case that should have begun be; 409 when none was missed. It is logged."""
        with asked.transaction() as session:
            drop_start(
                session,
                asked.application().collaborators,
                start_id=start_id,
                actor=asked.caller(session),
                now=asked.now(),
            )
