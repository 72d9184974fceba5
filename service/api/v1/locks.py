"""Extra locks, who looked at a case, and reading in an emergency."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from service.api import request as asked
from service.api.schemas import locks as shapes
from service.api.schemas import repairs
from service.api.v1.instances import instances
from service.domain.errors import NotFound
from service.operations.lock_extra import lock_extra
from service.operations.read_in_emergency import Reading, read_in_emergency
from service.operations.show_lock import LockView, show_lock
from service.operations.unlock_extra import unlock_extra
from service.operations.viewers_of import viewers_of


@instances.route("/emergency")
class Emergency(MethodView):
    """Reading in an emergency."""

    @instances.operation(
        shapes.ReadingSchema,
        status=201,
        example=shapes.READING,
        body=shapes.EmergencySchema,
        body_example=shapes.EMERGENCY,
        errors=(404, 409),
    )
    def post(self, body: dict[str, Any]) -> Reading:
        """Read a case that you do not see, for a while; somebody else judges it afterwards.

        A try with a kenmerk that nobody has is logged too. Only for who works for the municipality.
        """
        with asked.transaction() as session:
            found = read_in_emergency(
                session,
                asked.application().collaborators,
                actor=asked.caller(session),
                now=asked.now(),
                **body,
            )
        if found is None:
            raise NotFound("Een zaak met dit kenmerk is er niet; controleer of het klopt.")
        return found


@instances.route("/<uuid:instance_id>/lock")
class Lock(MethodView):
    """The extra lock of a case."""

    @instances.operation(shapes.LockSchema, example=shapes.LOCK, errors=(404,))
    def get(self, instance_id: UUID) -> LockView:
        """For whom a case is locked extra; only for who may change that."""
        with asked.transaction() as session:
            return show_lock(
                session,
                asked.application().collaborators,
                instance_id=instance_id,
                actor=asked.caller(session),
            )

    @instances.operation(
        None,
        status=204,
        body=shapes.LockingSchema,
        body_example=shapes.LOCKING,
        errors=(404,),
    )
    def post(self, body: dict[str, Any], instance_id: UUID) -> None:
        """Lock a case to all who coordinate but you and who you name; again, it renames."""
        with asked.transaction() as session:
            lock_extra(
                session,
                asked.application().collaborators,
                instance_id=instance_id,
                actor=asked.caller(session),
                now=asked.now(),
                **body,
            )


@instances.route("/<uuid:instance_id>/unlock")
class Unlock(MethodView):
    """Taking the lock off."""

    @instances.operation(
        None,
        status=204,
        body=repairs.BecauseSchema,
        body_example=repairs.BECAUSE,
        errors=(404, 409),
    )
    def post(self, body: dict[str, Any], instance_id: UUID) -> None:
        """Let everybody who coordinates see the case again; 409 when it is not locked."""
        with asked.transaction() as session:
            unlock_extra(
                session,
                asked.application().collaborators,
                instance_id=instance_id,
                actor=asked.caller(session),
                now=asked.now(),
                **body,
            )


@instances.route("/<uuid:instance_id>/viewers")
class Viewers(MethodView):
    """Who looked at a case."""

    @instances.operation(shapes.ViewersSchema, example=shapes.VIEWERS, errors=(404,))
    def get(self, instance_id: UUID) -> dict[str, Any]:
        """Who looked at a case, emergency reading marked; only for who coordinates it."""
        with asked.transaction() as session:
            viewers = viewers_of(
                session,
                asked.application().collaborators,
                instance_id=instance_id,
                actor=asked.caller(session),
            )
        return {"viewers": viewers}
