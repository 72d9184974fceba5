"""What was published, by whom and why; fetching it and taking it back."""

from typing import Any

from flask import Response
from flask.views import MethodView

from service.api import request as asked
from service.api.resource import Resource
from service.api.schemas import drafts as draft_shapes
from service.api.schemas import publications as shapes
from service.api.schemas.publishing import PublishedSchema
from service.operations.comparing import Comparison
from service.operations.studio.publishing.confirm_take_back import confirm_take_back
from service.operations.studio.publishing.publications import PublicationLine, download
from service.operations.studio.publishing.publications import publications as listed
from service.operations.studio.publishing.publish_draft import Done
from service.operations.studio.publishing.take_back import take_back
from service.operations.studio.show_changes import changes_between

publications = Resource("publications", __name__, description="Publicaties van de gemeente")


@publications.route("")
class Publications(MethodView):
    """All publications."""

    @publications.operation(
        shapes.PublicationSchema(many=True), example=shapes.PUBLICATIONS, errors=(404,)
    )
    def get(self) -> list[PublicationLine]:
        """All publications, the newest first."""
        with asked.transaction() as session:
            return list(listed(session, **asked.asking(session)))


@publications.route("/<int:number>/bundle")
class PublicationBundle(MethodView):
    """The files."""

    @publications.doc(responses={200: {"content": {"application/zip": {"schema": {}}}}})
    @publications.operation(None, errors=(404,))
    def get(self, number: int) -> Response:
        """The whole bundle as a zip file, for ``meldroute publish``; always the same bytes."""
        with asked.transaction() as session:
            bundle = download(session, **asked.asking(session), number=number, now=asked.now())
        response = Response(bundle.content, mimetype="application/zip")
        name = f"{bundle.municipality}-{bundle.number}.zip"
        response.headers.set("Content-Disposition", "attachment", filename=name)
        return response


@publications.route("/<int:number>/changes")
class PublicationChanges(MethodView):
    """What changed."""

    @publications.operation(
        draft_shapes.ChangesSchema,
        example=draft_shapes.CHANGES,
        query=shapes.ChangesQuerySchema,
        errors=(404,),
    )
    def get(self, query: dict[str, Any], number: int) -> Comparison:
        """What is other in a publication than in another one, in Dutch sentences."""
        with asked.transaction() as session:
            changes = changes_between(
                session, **asked.asking(session), number=query["source"], other=number
            )
        return changes.comparison


@publications.route("/<int:number>/undo")
class PublicationUndo(MethodView):
    """Taking back."""

    @publications.operation(
        PublishedSchema,
        status=201,
        example=shapes.UNDONE,
        body=shapes.ToUndoSchema,
        body_example=shapes.TO_UNDO,
        errors=(404, 409),
    )
    def post(self, body: dict[str, Any], number: int) -> Done:
        """Publish what was there before again, and put back cases that nobody worked on."""
        with asked.transaction() as session:
            return take_back(
                session,
                **asked.asking(session),
                number=number,
                reason=body["reason"],
                now=asked.now(),
            )


@publications.route("/<int:number>/confirm")
class PublicationConfirm(MethodView):
    """The second pair of eyes, afterwards."""

    @publications.operation(None, status=204, errors=(403, 404, 409))
    def post(self, number: int) -> None:
        """Confirm that this publication rightly took another one back; not who took it back."""
        with asked.transaction() as session:
            confirm_take_back(session, **asked.asking(session), number=number, now=asked.now())
