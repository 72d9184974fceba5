"""The registers of the network: partners, agreements, shelter places and instruments."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask.views import MethodView
from marshmallow import Schema
from sqlalchemy.orm import Session

from service.api import request as asked
from service.api.resource import Resource, View
from service.api.schemas import registers as shapes
from service.operations.network.end_entry import end_entry, restore_entry
from service.operations.network.list_register import list_register
from service.operations.network.reading import EntryView
from service.operations.network.save_entry import save_entry
from service.operations.network.show_entry import show_entry

registers = Resource("registers", __name__, description="Het netwerk van de gemeente")


def changing(body: type[Schema], example: Mapping[str, Any]) -> Callable[[View], View]:
    """Declares a change of an entry; it gives the entry as it has become."""
    return registers.operation(
        shapes.EntryDetailSchema,
        example=shapes.DETAIL,
        body=body,
        body_example=example,
        errors=(403, 404, 409),
    )


@registers.route("/<register_id>")
class Register(MethodView):
    """One register: ``partners``, ``afspraken``, ``opvang`` or ``instrumenten``."""

    @registers.operation(
        shapes.RegisterPageSchema,
        example=shapes.ENTRIES,
        query=shapes.RegisterQuerySchema,
        errors=(404,),
    )
    def get(self, query: dict[str, Any], register_id: str) -> dict[str, Any]:
        """Its entries, by name."""
        with asked.transaction() as session:
            page = list_register(session, register_id=register_id, **_given(session), **query)
            return {
                "entries": [_entry(e, page.states.get(e.id, "")) for e in page.entries],
                "next": page.next_cursor,
            }

    @registers.operation(
        shapes.EntryDetailSchema,
        status=201,
        example=shapes.DETAIL,
        body=shapes.NewEntrySchema,
        body_example=shapes.NEW,
        errors=(403, 404),
    )
    def post(self, body: dict[str, Any], register_id: str) -> dict[str, Any]:
        """Add an entry; only for a role that keeps the network (``beheert_netwerk``)."""
        with asked.transaction() as session:
            saved = save_entry(
                session, register_id=register_id, raw=body["values"], **_given(session)
            )
            return _detail(session, register_id, saved.id)


@registers.route("/<register_id>/<uuid:entry_id>")
class Entry(MethodView):
    """One entry."""

    @registers.operation(shapes.EntryDetailSchema, example=shapes.DETAIL, errors=(404,))
    def get(self, register_id: str, entry_id: UUID) -> dict[str, Any]:
        """An entry, and who changed what in it."""
        with asked.transaction() as session:
            return _detail(session, register_id, entry_id)

    @changing(shapes.ChangedEntrySchema, shapes.CHANGED)
    def put(self, body: dict[str, Any], register_id: str, entry_id: UUID) -> dict[str, Any]:
        """Replace an entry; 409 when somebody changed it since you read it."""
        return _change(
            save_entry, register_id, entry_id, revision=body["revision"], raw=body["values"]
        )


@registers.route("/<register_id>/<uuid:entry_id>/end")
class End(MethodView):
    """Ending an entry."""

    @changing(shapes.EndSchema, shapes.END)
    def post(self, body: dict[str, Any], register_id: str, entry_id: UUID) -> dict[str, Any]:
        """Withdraw an agreement or take an entry off its list, as of today."""
        return _change(end_entry, register_id, entry_id, **body)


@registers.route("/<register_id>/<uuid:entry_id>/restore")
class Restore(MethodView):
    """Taking that back."""

    @changing(shapes.RestoreSchema, shapes.RESTORE)
    def post(self, body: dict[str, Any], register_id: str, entry_id: UUID) -> dict[str, Any]:
        """Let an ended entry count again."""
        return _change(restore_entry, register_id, entry_id, **body)


def _change(
    operation: Callable[..., Any], register_id: str, entry_id: UUID, **more: Any
) -> dict[str, Any]:
    with asked.transaction() as session:
        operation(session, register_id=register_id, entry_id=entry_id, **more, **_given(session))
        return _detail(session, register_id, entry_id)


def _given(session: Session) -> dict[str, Any]:
    """What every operation gets."""
    return {
        "collaborators": asked.application().collaborators,
        "actor": asked.caller(session),
        "now": asked.now(),
    }


def _detail(session: Session, register_id: str, entry_id: UUID) -> dict[str, Any]:
    page = show_entry(session, register_id=register_id, entry_id=entry_id, **_given(session))
    assert page.entry is not None  # noqa: S101 - one was asked for
    return {**_entry(page.entry, page.state), "history": page.history}


def _entry(entry: EntryView, state: str) -> dict[str, Any]:
    return {
        "id": entry.id,
        "name": entry.name,
        "revision": entry.revision,
        "values": entry.values,
        "state": state,
        "ended_on": entry.ended_on,
        "ended_why": entry.ended_why,
    }
