"""Publishing a draft: what it does, who approves it, and going through with it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import request
from flask.views import MethodView

from service.api import request as asked
from service.api.schemas import drafts as draft_shapes
from service.api.schemas import publishing as shapes
from service.api.v1.drafts import asking, drafts
from service.api.v1.moves import as_plans
from service.operations.moving.as_plain import plain_preview
from service.operations.moving.plans import MoveRequest
from service.operations.studio.publishing.approval import (
    Approval,
    approval_of,
    approve,
    withdraw_approval,
)
from service.operations.studio.publishing.bundle_zip import MAX_PACKED
from service.operations.studio.publishing.impact import ImpactPage, preview_impact
from service.operations.studio.publishing.publish_draft import (
    Done,
    ToPublish,
    publish_draft,
    warning_key,
)
from service.operations.studio.publishing.rebase import Rebased, rebase_draft
from service.operations.studio.publishing.show_publishing import PublishingPage, show_publishing
from service.operations.studio.publishing.upload_bundle import Uploaded, upload_bundle
from service.operations.studio.replaying.replay import replay


@drafts.route("/bundle")
class DraftsBundle(MethodView):
    """Bringing a bundle."""

    @drafts.operation(
        draft_shapes.BundleTakenInSchema,
        status=201,
        example=draft_shapes.TAKEN_IN,
        query=draft_shapes.BundleQuerySchema,
        zipped=f"A whole bundle, as ``GET /publications/…/bundle`` gives it; {MAX_PACKED} bytes.",
        errors=(404,),
    )
    def post(self, query: dict[str, Any]) -> Uploaded:
        """Take a bundle that was made elsewhere into a new draft; nothing is published yet."""
        with asked.transaction() as session:
            return upload_bundle(
                session,
                **asked.asking(session),
                name=query["name"],
                packed=request.stream.read(MAX_PACKED + 1),
                now=asked.now(),
            )


@drafts.route("/<uuid:draft_id>/impact")
class DraftImpact(MethodView):
    """A dry run."""

    @drafts.operation(
        shapes.ImpactSchema,
        example=shapes.IMPACT,
        query=shapes.ImpactQuerySchema,
        errors=(404,),
    )
    def get(self, query: dict[str, Any], draft_id: UUID) -> dict[str, Any]:
        """What would become of the open cases if they went along; nothing is written."""
        with asked.transaction() as session:
            page = preview_impact(session, **asking(session, draft_id), now=asked.now(), **query)
        return _impact(page)

    @drafts.operation(
        shapes.ImpactSchema,
        example=shapes.IMPACT,
        body=shapes.ToTrySchema,
        body_example=shapes.TO_TRY,
        errors=(404,),
    )
    def post(self, body: dict[str, Any], draft_id: UUID) -> dict[str, Any]:
        """The same, with plans of your own or for some cases only."""
        wanted = MoveRequest(target=0, plans=as_plans(body["plans"]), cases=body["cases"])
        with asked.transaction() as session:
            page = preview_impact(
                session,
                **asking(session, draft_id),
                now=asked.now(),
                request=wanted,
                after=body["after"],
                limit=body["limit"],
            )
        return _impact(page)


def _impact(page: ImpactPage) -> dict[str, Any]:
    return {
        "number": page.number,
        "digest": page.digest.hex(),
        "total": page.total,
        "cases": [plain_preview(case) for case in page.cases],
        "next": page.next_reference,
    }


@drafts.route("/<uuid:draft_id>/publish")
class DraftPublish(MethodView):
    """Publishing."""

    @drafts.operation(shapes.PublishingSchema, example=shapes.PUBLISHING, errors=(404,))
    def get(self, draft_id: UUID) -> dict[str, Any]:
        """What publishing asks for: warnings to accept, approval, plans for open cases."""
        with asked.transaction() as session:
            page = show_publishing(session, **asking(session, draft_id), now=asked.now())
            return _publishing(page)

    @drafts.operation(
        shapes.PublishedSchema,
        status=201,
        example=shapes.DONE,
        body=shapes.ToPublishSchema,
        body_example=shapes.TO_PUBLISH,
        errors=(403, 404, 409),
    )
    def post(self, body: dict[str, Any], draft_id: UUID) -> Done:
        """Publish the draft; with ``move`` the worker moves the open cases to it."""
        decision = ToPublish(
            **{
                **body,
                "digest": bytes.fromhex(body["digest"]),
                "plans": as_plans(body["plans"]),
            }
        )
        with asked.transaction() as session:
            return publish_draft(
                session, **asking(session, draft_id), decision=decision, now=asked.now()
            )


def _publishing(page: PublishingPage) -> dict[str, Any]:
    looked = page.looked
    return {
        "base": page.shown.base,
        "newest": page.shown.newest,
        "open_cases": page.open_cases,
        "unconfirmed": page.unconfirmed,
        "errors": page.errors,
        "warnings": [{**asdict(found), "key": warning_key(found)} for found in page.warnings],
        "approval": _approval(page.approval),
        "processes": looked.processes if looked else (),
        "sight": looked.sight if looked else (),
        "plans": [_plan(plan.as_json()) for plan in looked.plans] if looked else [],
    }


def _plan(told: Mapping[str, Any]) -> dict[str, Any]:
    return {"source": told["from"], "target": told["to"], "moves": told["moves"]}


def _approval(found: Approval) -> dict[str, Any]:
    return {**asdict(found), "digest": found.digest.hex()}


@drafts.route("/<uuid:draft_id>/approval")
class DraftApproval(MethodView):
    """The second pair of eyes."""

    @drafts.operation(shapes.ApprovalSchema, example=shapes.APPROVAL, errors=(404,))
    def get(self, draft_id: UUID) -> dict[str, Any]:
        """Where the approval stands."""
        with asked.transaction() as session:
            return _approval(approval_of(session, **asking(session, draft_id)))

    @drafts.operation(
        None,
        status=204,
        body=shapes.ToApproveSchema,
        body_example=shapes.TO_APPROVE,
        errors=(403, 404, 409),
    )
    def post(self, body: dict[str, Any], draft_id: UUID) -> None:
        """Approve exactly what you have seen; any change after this voids it."""
        with asked.transaction() as session:
            approve(
                session,
                **asking(session, draft_id),
                digest=bytes.fromhex(body["digest"]),
                now=asked.now(),
            )

    @drafts.operation(None, status=204, errors=(404, 409))
    def delete(self, draft_id: UUID) -> None:
        """Withdraw the approval."""
        with asked.transaction() as session:
            withdraw_approval(session, **asking(session, draft_id))


@drafts.route("/<uuid:draft_id>/replay")
class DraftReplay(MethodView):
    """Closed cases."""

    @drafts.operation(
        shapes.ReplaySchema,
        example=shapes.REPLAY,
        query=shapes.ReplayQuerySchema,
        errors=(404,),
    )
    def get(self, query: dict[str, Any], draft_id: UUID) -> dict[str, Any]:
        """What would have come of closed cases; each that is read is logged, none is named."""
        with asked.transaction() as session:
            page = replay(session, **asking(session, draft_id), now=asked.now(), **query)
        return {
            "processes": page.processes,
            "total": page.total,
            "cases": [{"number": one.number, **asdict(one.case)} for one in page.cases],
            "next": page.next_number,
        }


@drafts.route("/<uuid:draft_id>/rebase")
class DraftRebase(MethodView):
    """Catching up."""

    @drafts.operation(
        shapes.RebasedSchema,
        example=shapes.REBASED,
        body=shapes.ToRebaseSchema,
        body_example=shapes.TO_REBASE,
        errors=(404, 409),
    )
    def post(self, body: dict[str, Any], draft_id: UUID) -> Rebased:
        """Bring the draft onto what is published now; changes of both are merged."""
        with asked.transaction() as session:
            return rebase_draft(
                session, **asking(session, draft_id), prefer=body["prefer"], now=asked.now()
            )
