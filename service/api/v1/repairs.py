"""Repairing cases, for a role of the profile that may."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask.views import MethodView
from marshmallow import Schema

from service.api import request as asked
from service.api.resource import View
from service.api.schemas import instances as cases
from service.api.schemas import repairs as shapes
from service.api.v1.instances import instances
from service.operations.cancel_instance import cancel_instance
from service.operations.list_repairs import list_repairs
from service.operations.move_token import move_token
from service.operations.redo_element import redo_element
from service.operations.resume_instance import resume_instance
from service.operations.retry_incident import NewValue, retry_with
from service.operations.set_variable import set_variable
from service.operations.show_repair import Place, RepairView, show_repair
from service.operations.skip_token import skip_token
from service.operations.suspend_instance import suspend_instance


def repairing(body: type[Schema], example: Mapping[str, Any]) -> Callable[[View], View]:
    """Declares a repair: it asks a body, and gives nothing back."""
    return instances.operation(None, status=204, body=body, body_example=example, errors=(404, 409))


@instances.route("/to-repair")
class ToRepair(MethodView):
    """Cases that stand still."""

    @instances.operation(
        shapes.ToRepairSchema,
        example=cases.INSTANCES,
        query=shapes.ToRepairQuerySchema,
        errors=(404,),
    )
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """Cases with an incident and suspended ones, or one by its kenmerk; only who repairs."""
        with asked.transaction() as session:
            page = list_repairs(
                session, asked.application().collaborators, actor=asked.caller(session), **query
            )
            return {"instances": page.cases, "next": page.next_cursor}


@instances.route("/<uuid:instance_id>/repair")
class Repair(MethodView):
    """A case as who repairs it sees it."""

    @instances.operation(shapes.RepairSchema, example=shapes.REPAIR, errors=(404,))
    def get(self, instance_id: UUID) -> dict[str, Any]:
        """Where a case stands and what can be done, without its content; the look is logged."""
        with asked.transaction() as session:
            return _view(
                show_repair(
                    session,
                    asked.application().collaborators,
                    instance_id=instance_id,
                    actor=asked.caller(session),
                    now=asked.now(),
                )
            )


@instances.route("/<uuid:instance_id>/suspend")
class Suspend(MethodView):
    """Suspending."""

    @repairing(shapes.BecauseSchema, shapes.BECAUSE)
    def post(self, body: dict[str, Any], instance_id: UUID) -> None:
        """Have everything in a case wait; norm times go on."""
        _do(suspend_instance, instance_id, **body)


@instances.route("/<uuid:instance_id>/resume")
class Resume(MethodView):
    """Resuming."""

    @repairing(shapes.BecauseSchema, shapes.BECAUSE)
    def post(self, body: dict[str, Any], instance_id: UUID) -> None:
        """Have a suspended case go on; what waited happens now, once."""
        _do(resume_instance, instance_id, **body)


@instances.route("/<uuid:instance_id>/cancel")
class Cancel(MethodView):
    """Cancelling."""

    @repairing(shapes.BecauseSchema, shapes.BECAUSE)
    def post(self, body: dict[str, Any], instance_id: UUID) -> None:
        """End a case where it stands; this cannot be undone."""
        _do(cancel_instance, instance_id, **body)


@instances.route("/<uuid:instance_id>/move")
class MoveToken(MethodView):
    """Moving."""

    @repairing(shapes.MoveTokenSchema, shapes.MOVE)
    def post(self, body: dict[str, Any], instance_id: UUID) -> None:
        """Leave one step and begin another; 409 says what must be confirmed."""
        _do(move_token, instance_id, **body)


@instances.route("/<uuid:instance_id>/skip")
class Skip(MethodView):
    """Skipping."""

    @repairing(shapes.SkipSchema, shapes.SKIP)
    def post(self, body: dict[str, Any], instance_id: UUID) -> None:
        """Go on as if a step were done; 409 says what must be confirmed."""
        _do(skip_token, instance_id, **body)


@instances.route("/<uuid:instance_id>/redo")
class Redo(MethodView):
    """Doing a step once more."""

    @repairing(shapes.RedoSchema, shapes.REDO)
    def post(self, body: dict[str, Any], instance_id: UUID) -> None:
        """Begin a step once more beside what runs; 409 says what must be confirmed."""
        _do(redo_element, instance_id, **body)


@instances.route("/<uuid:instance_id>/variable")
class Variable(MethodView):
    """Setting a variable."""

    @repairing(shapes.VariableSchema, shapes.VARIABLE)
    def put(self, body: dict[str, Any], instance_id: UUID) -> None:
        """Set a variable of a case; what it held is not told."""
        _do(set_variable, instance_id, **body)


@instances.route("/<uuid:instance_id>/retry-with")
class RetryWith(MethodView):
    """A case that stands still for want of a right value."""

    @repairing(shapes.VariableSchema, shapes.VARIABLE)
    def post(self, body: dict[str, Any], instance_id: UUID) -> None:
        """Set a variable and try again, in one go; 409 when the case does not stand still."""
        new = NewValue(path=body["path"], value=body["value"])
        _do(retry_with, instance_id, new=new, reason=body["reason"])


def _do(operation: Callable[..., None], instance_id: UUID, **more: Any) -> None:
    with asked.transaction() as session:
        operation(
            session,
            asked.application().collaborators,
            instance_id=instance_id,
            actor=asked.caller(session),
            now=asked.now(),
            **more,
        )


def _view(view: RepairView) -> dict[str, Any]:
    instance = view.case.instance
    names = ("id", "reference", "process_id", "status", "incident", "suspended_at", "suspended_by")
    shown: dict[str, Any] = {name: getattr(instance, name) for name in names}
    return {
        **shown,
        "held_messages": view.held_messages,
        "places": [_place(place) for place in view.places],
        "variables": view.variables,
        "repairs": view.repairs,
    }


def _place(place: Place) -> dict[str, Any]:
    names = ("token_id", "element_id", "element_type", "name", "scope", "roles", "assignee")
    shown: dict[str, Any] = {name: getattr(place, name) for name in names}
    steps = [{"element_id": key, "name": name} for key, name in place.can_go_to]
    return {**shown, "due": place.due, "armed": place.armed, "can_go_to": steps}
