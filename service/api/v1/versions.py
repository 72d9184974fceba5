"""Earlier savings of a file of a draft."""

from typing import Any
from uuid import UUID

from flask.views import MethodView

from service.api import request as asked
from service.api.schemas import drafts as shapes
from service.api.v1.drafts import asking, drafts
from service.operations.studio.versions import Version, bring_back, versions_of


@drafts.route("/<uuid:draft_id>/versions")
class DraftVersions(MethodView):
    """How a file was."""

    @drafts.operation(
        shapes.VersionSchema(many=True),
        example=shapes.VERSIONS,
        query=shapes.FilePathSchema,
        errors=(404,),
    )
    def get(self, query: dict[str, Any], draft_id: UUID) -> list[Version]:
        """The savings of a file that are kept, the newest first; the last is as published."""
        with asked.transaction() as session:
            return list(versions_of(session, **asking(session, draft_id), **query).kept)

    @drafts.operation(
        None,
        status=204,
        body=shapes.VersionToBringBackSchema,
        body_example=shapes.TO_BRING_BACK,
        errors=(404, 409),
    )
    def post(self, body: dict[str, Any], draft_id: UUID) -> None:
        """Let a file read again as it did; that is one more saving, so it can be taken back."""
        with asked.transaction() as session:
            bring_back(session, **asking(session, draft_id), **body, now=asked.now())
