"""What is published, whose each file is, and what is new in the product."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask.views import MethodView

from service.api import request as asked
from service.api.resource import Resource
from service.api.schemas import drafts as draft_shapes
from service.api.schemas import library as shapes
from service.api.v1.drafts import as_text, asking, drafts
from service.operations.studio.follow_original import decline_original, follow_original
from service.operations.studio.library import Shelf
from service.operations.studio.library import library as whole

library = Resource("library", __name__, description="Processen, tabellen en formulieren")


@library.route("")
class Library(MethodView):
    """All of it."""

    @library.operation(shapes.LibrarySchema, example=shapes.LIBRARY, errors=(404,))
    def get(self) -> dict[str, Any]:
        """What is published, with who uses what, and of which files a newer original came."""
        with asked.transaction() as session:
            found = whole(session, **asked.asking(session))
        return {
            "number": found.number,
            "processes": [_shelf(shelf) for shelf in found.shelves],
            "profile": found.profile,
        }


@library.route("/decline")
class LibraryDecline(MethodView):
    """Leaving it."""

    @library.operation(
        None,
        status=204,
        body=draft_shapes.FilePathSchema,
        body_example=shapes.TO_DECLINE,
        errors=(404,),
    )
    def post(self, body: dict[str, Any]) -> None:
        """Leave the newest original of a file; the next one is announced again."""
        with asked.transaction() as session:
            decline_original(session, **asked.asking(session), path=body["path"], now=asked.now())


@drafts.route("/<uuid:draft_id>/original")
class DraftOriginal(MethodView):
    """Following."""

    @drafts.operation(
        draft_shapes.FileSavedSchema,
        example=draft_shapes.SAVED,
        body=draft_shapes.OriginalToFollowSchema,
        body_example=draft_shapes.TO_FOLLOW,
        errors=(404, 409),
    )
    def post(self, body: dict[str, Any], draft_id: UUID) -> dict[str, Any]:
        """Take the newest original of a file into a draft, merged with what is your own."""
        with asked.transaction() as session:
            return as_text(
                follow_original(session, **asking(session, draft_id), **body, now=asked.now())
            )


def _shelf(shelf: Shelf) -> dict[str, Any]:
    return {
        "id": shelf.process_id,
        "name": shelf.name,
        "about": shelf.about,
        "diagram": shelf.diagram,
        "tables": shelf.tables,
        "forms": shelf.forms,
        "roles": shelf.roles,
        "calls": _named(shelf.calls),
        "called_by": _named(shelf.called_by),
    }


def _named(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"id": key, "name": name} for key, name in pairs]
