"""Four eyes on a draft: somebody else approves exactly this content; any change voids it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict, NotAllowed
from service.operations import bundle_files, rights
from service.operations.collaborators import Collaborators
from service.operations.studio.draft_files import DraftContent, content_of
from service.operations.studio.drafts import draft_for, require_open
from service.operations.studio.publishing.ready import ready
from service.storage import Draft


@dataclass(frozen=True, kw_only=True)
class Approval:
    """Where the approval of a draft stands."""

    asked: bool
    """Whether the profile asks for one."""
    digest: bytes
    """Of the content as it is now."""
    by: str | None = None
    """Who approved it, also when that no longer counts."""
    at: datetime | None = None
    void: bool = False
    """Whether something was changed after the approval."""
    own: bool = False
    """Whether the actor made all of it, or approved it: then somebody else must do the rest."""


def approval_of(
    session: Session, collaborators: Collaborators, *, draft_id: UUID, actor: Actor
) -> Approval:
    """Where the approval of a draft stands.

    Raises:
        NotFound: there is no such draft for this actor.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    return standing_of(session, collaborators, draft, content_of(session, draft), actor)


def standing_of(
    session: Session,
    collaborators: Collaborators,
    draft: Draft,
    content: DraftContent,
    actor: Actor,
) -> Approval:
    """The same, of a draft that was read already."""
    profile = collaborators.publications.current(session, draft.municipality).profile
    digest = bundle_files.digest(content.files)
    given = draft.approved_digest is not None
    return Approval(
        asked=profile.four_eyes,
        digest=digest,
        by=draft.approved_by_name,
        at=draft.approved_at,
        void=given and draft.approved_digest != digest,
        own=_made_alone(draft, content, actor),
    )


def approve(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    digest: bytes,
    actor: Actor,
    now: datetime,
) -> None:
    """Approves a draft; ``digest`` is of the content that the actor has seen.

    Raises:
        NotFound: there is no such draft for this actor.
        Conflict: it has been published or thrown away, or a colleague changed it meanwhile.
        NotAllowed: the actor made all of it.
        Refused: it does not pass the checks.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor, hold=True)
    require_open(draft)
    content = content_of(session, draft)
    require_seen(content, digest)
    if _made_alone(draft, content, actor):
        raise NotAllowed(
            "U hebt dit concept zelf gemaakt; vraag een collega die ook publiceert om het goed "
            "te keuren."
        )
    ready(session, collaborators, draft, content, now=now)
    draft.approved_digest, draft.approved_at = digest, now
    draft.approved_by, draft.approved_by_name = actor.user_id, actor.name
    rights.note_access(
        session, actor=actor, what="concept_goedgekeurd", now=now, thing=str(draft.id)
    )


def withdraw_approval(
    session: Session, collaborators: Collaborators, *, draft_id: UUID, actor: Actor
) -> None:
    """Takes the approval away, whoever gave it.

    Raises:
        NotFound: there is no such draft for this actor.
        Conflict: it has been published or thrown away.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor, hold=True)
    require_open(draft)
    draft.approved_digest = draft.approved_by = None
    draft.approved_by_name = draft.approved_at = None


def require_seen(content: DraftContent, digest: bytes) -> None:
    """Raises Conflict, saying who changed what, when the content is other than was looked at."""
    if bundle_files.digest(content.files) == digest:
        return
    last = max(content.changed.values(), key=lambda row: row.changed_at, default=None)
    who = (
        f"{last.changed_by_name} heeft {last.path} gewijzigd, om {rights.clock(last.changed_at)}."
        if last
        else "Het concept is bijgewerkt."
    )
    raise Conflict(f"Het concept is veranderd sinds u het bekeek. {who} Bekijk het opnieuw.")


def require_approved(draft: Draft, digest: bytes, actor: Actor) -> str:
    """The name of who approved exactly this.

    Raises:
        NotAllowed: nobody has, it was changed since, or the actor did so themselves.
    """
    if draft.approved_digest is None or draft.approved_by_name is None:
        raise NotAllowed(
            "Dit concept is nog niet goedgekeurd. Vraag een collega die ook publiceert om het te "
            "bekijken."
        )
    if draft.approved_digest != digest:
        raise NotAllowed(
            f"De goedkeuring van {draft.approved_by_name} is vervallen: het concept is daarna "
            "gewijzigd. Vraag haar opnieuw."
        )
    if draft.approved_by == actor.user_id:
        raise NotAllowed("U hebt dit concept zelf goedgekeurd; een ander moet het publiceren.")
    return draft.approved_by_name


def _made_alone(draft: Draft, content: DraftContent, actor: Actor) -> bool:
    """Whether nobody else has a hand in what the draft changes."""
    writers = {
        row.changed_by
        for path, row in content.changed.items()
        if row.content != content.base.get(path)
    }
    return (writers or {draft.made_by}) == {actor.user_id}
