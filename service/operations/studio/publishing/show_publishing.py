"""All that somebody must have seen before publishing a draft, but the cases themselves."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Refused
from service.domain.findings import Finding, errors_of
from service.operations.collaborators import Collaborators
from service.operations.comparing import FileChange, compare
from service.operations.moving.plans import MovePlan
from service.operations.published import Published
from service.operations.studio.draft_files import DraftContent, content_of
from service.operations.studio.drafts import draft_for
from service.operations.studio.publishing.approval import Approval, standing_of
from service.operations.studio.publishing.confirming import unconfirmed
from service.operations.studio.publishing.impact import open_cases, suggested_plans
from service.operations.studio.publishing.publish_draft import warnings_in
from service.operations.studio.publishing.ready import Ready, ready
from service.operations.studio.publishing.sight import SightChange, changed_sight
from service.operations.studio.replaying.affected import affected
from service.operations.studio.show_draft import DraftPage, draft_page
from service.storage import Draft


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What is only known of a draft that passes the checks."""

    bundle: Published
    processes: tuple[str, ...]
    """The ids of the processes that run otherwise."""
    sight: tuple[SightChange, ...]
    plans: tuple[MovePlan, ...]
    """As suggested, for each publication on which open cases run."""


@dataclass(frozen=True, kw_only=True)
class PublishingPage:
    """A draft as who publishes it sees it."""

    shown: DraftPage
    changes: tuple[FileChange, ...]
    """What the draft changes, in words."""
    approval: Approval
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    open_cases: int
    unconfirmed: tuple[int, ...]
    """Publications that took another back: somebody else confirms that first."""
    looked: Looked | None
    """None when the checks found errors."""

    @property
    def behind(self) -> bool:
        """Whether something else was published since the draft was begun."""
        return self.shown.base != self.shown.newest


def show_publishing(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    actor: Actor,
    now: datetime,
) -> PublishingPage:
    """A draft, its findings and approval, and what it changes.

    Raises:
        NotFound: there is no such draft for this actor.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    content = content_of(session, draft)
    made, findings = _made(session, collaborators, draft, content, now)
    shown = draft_page(session, collaborators, draft, content, findings=findings)
    return PublishingPage(
        shown=shown,
        changes=compare(content.base, content.files).files,
        approval=standing_of(session, collaborators, draft, content, actor),
        errors=tuple(errors_of(findings)),
        warnings=tuple(warnings_in(findings)),
        open_cases=open_cases(session, actor.municipality),
        unconfirmed=unconfirmed(session, actor.municipality),
        looked=_looked(session, collaborators, draft, content, made) if made else None,
    )


def _made(
    session: Session,
    collaborators: Collaborators,
    draft: Draft,
    content: DraftContent,
    now: datetime,
) -> tuple[Ready | None, tuple[Finding, ...]]:
    """The draft, compiled, when it passes the checks; and all that they say."""
    try:
        made = ready(session, collaborators, draft, content, now=now)
    except Refused as refused:
        return None, refused.findings
    return made, made.bundle.warnings


def _looked(
    session: Session,
    collaborators: Collaborators,
    draft: Draft,
    content: DraftContent,
    made: Ready,
) -> Looked:
    current = collaborators.publications.current(session, draft.municipality)
    return Looked(
        bundle=made.bundle,
        processes=affected(content.base, content.files, current),
        sight=tuple(changed_sight(current, made.bundle)),
        plans=suggested_plans(session, collaborators, draft, made.bundle),
    )
