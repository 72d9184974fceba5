"""Publishes a draft, for new cases only or with a batch that moves the open ones."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Conflict, Refused, WrongField, WrongProfile
from service.domain.findings import Finding, Severity
from service.domain.profile import read_profile
from service.operations import bundle_files, rights
from service.operations.collaborators import Collaborators
from service.operations.moving.batches import start_batch
from service.operations.moving.plans import MoveRequest
from service.operations.publish import PublicationResult, publish
from service.operations.said import said
from service.operations.scenario.kept import scenario_findings
from service.operations.studio.draft_files import content_of
from service.operations.studio.drafts import draft_for, require_open
from service.operations.studio.originals import digest_of, follow_publication, shared_files
from service.operations.studio.publishing.approval import require_approved, require_seen
from service.operations.studio.publishing.confirming import require_confirmed
from service.operations.studio.publishing.impact import open_cases
from service.operations.studio.publishing.ready import next_number
from service.storage import Draft, DraftFile, Municipality


@dataclass(frozen=True, kw_only=True)
class ToPublish:
    """What somebody decides when publishing."""

    digest: bytes
    """Of the content that they have seen."""
    reason: str
    accepted: Collection[str]
    """The keys (``warning_key``) of the warnings that they accept."""
    move: bool | None = False
    """Whether the open cases go along; None when nobody said so, and then nothing is published."""
    plans: Sequence[Mapping[str, Any]] = ()
    """How they go, where that is other than suggested; as ``MoveRequest`` has it."""


@dataclass(frozen=True, kw_only=True)
class Done:
    """What publishing brought about."""

    id: UUID
    number: int
    batch_id: UUID | None
    """The batch that moves the open cases, if it was asked for and there are any."""
    to_confirm: bool = False
    """Whether somebody else has yet to confirm it: it took a publication back."""


def warning_key(warning: Finding) -> str:
    """What a warning is called by who accepts it: the same as long as it says the same."""
    told = "\0".join((warning.file, warning.element_id or "", warning.code, warning.reason))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def publish_draft(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    decision: ToPublish,
    actor: Actor,
    now: datetime,
) -> Done:
    """Makes a draft what new cases start on.

    Raises:
        NotFound: there is no such draft for this actor.
        Conflict: it was published or thrown away, changed meanwhile, changes nothing, or is not
            on what is published now.
        WrongField: no reason, a warning that nobody accepted, or nothing said of the open cases.
        NotAllowed: the profile asks for an approval that is not there, or a publication was taken
            back and nobody else has confirmed that.
        Refused: it does not pass the checks; with the findings.
        InvalidInput: a plan names what is not there.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor, hold=True)
    require_open(draft)
    _require_newest_base(session, draft)
    require_confirmed(session, draft.municipality)
    whole = content_of(session, draft)
    content = whole.files
    _require_own_profile(content, actor)
    require_seen(whole, decision.digest)
    reason = decision.reason.strip()
    approver = _approver(session, collaborators, draft, decision, actor)
    _require_kept_scenarios(collaborators, content)
    result = publish(
        session,
        content=content,
        published_by=actor.name,
        reason=reason,
        now=now,
        approved_by=approver,
    )
    if not result.changed:
        raise Conflict("Dit concept verandert niets aan wat er gepubliceerd is.")
    _require_decided(result, decision, reason)
    draft.state, draft.publication_id, draft.changed_at = "published", result.id, now
    follow_publication(
        session,
        municipality=draft.municipality,
        number=result.number,
        before=whole.base,
        after=content,
        followed=_followed(session, draft),
        now=now,
    )
    rights.note_access(
        session, actor=actor, what="concept_gepubliceerd", now=now, thing=str(draft.id)
    )
    session.flush()
    batch = _moved(session, collaborators, result, decision, reason, actor=actor, now=now)
    return Done(id=result.id, number=result.number, batch_id=batch)


def _require_newest_base(session: Session, draft: Draft) -> None:
    """Holds the municipality, so that of two who publish at once the second finds the first."""
    current = session.scalar(
        select(Municipality.publication_id)
        .where(Municipality.id == draft.municipality)
        .with_for_update()
    )
    if current != draft.base_id:
        number = next_number(session, draft.municipality) - 1
        raise Conflict(
            f"Er is intussen iets anders gepubliceerd (publicatie {number}). Werk het concept "
            "eerst bij; daarna kunt u publiceren."
        )


def _approver(
    session: Session,
    collaborators: Collaborators,
    draft: Draft,
    decision: ToPublish,
    actor: Actor,
) -> str | None:
    """Who approved it; what is published now says whether that is asked for."""
    profile = collaborators.publications.current(session, draft.municipality).profile
    if profile.four_eyes:
        return require_approved(draft, decision.digest, actor)
    fits = draft.approved_digest == decision.digest and draft.approved_by != actor.user_id
    return draft.approved_by_name if fits else None


def _require_kept_scenarios(collaborators: Collaborators, content: bundle_files.Files) -> None:
    if failed := scenario_findings(content, compiled=collaborators.publications.draft):
        raise Refused(
            f"Niet gepubliceerd: {len(failed)} bewaarde toets(en) gaan anders dan afgesproken.",
            failed,
        )


def _require_own_profile(content: bundle_files.Files, actor: Actor) -> None:
    """Nobody publishes for another municipality, or shuts everybody out of publishing."""
    try:
        profile = read_profile(content[bundle_files.PROFILE], file=bundle_files.PROFILE)
    except WrongProfile:
        return  # The checks of publishing say all that is wrong with it.
    if profile.id != actor.municipality:
        raise Refused(
            f"Niet gepubliceerd: het profiel is van {profile.id!r}. Zet `id` in gemeente.toml "
            f"terug op {actor.municipality!r}."
        )
    if not any(role.publishes for role in profile.roles.values()):
        raise Refused(
            "Niet gepubliceerd: geen enkele rol in gemeente.toml publiceert nog; dan kan niemand "
            "dit terugdraaien. Geef een rol `publiceert = true`."
        )


def _require_decided(result: PublicationResult, decision: ToPublish, reason: str) -> None:
    """Raises WrongField for all that was left open at once."""
    wrong: dict[str, Sequence[str]] = {}
    if decision.move is None:
        wrong["move"] = ["Kies wat er met de lopende zaken gebeurt."]
    try:
        said(reason)
    except WrongField as error:
        wrong.update(error.fields)
    if left := [w for w in result.warnings if warning_key(w) not in decision.accepted]:
        wrong["accepted"] = [f"{w.file}: {w.reason}" for w in left]
    if wrong:
        raise WrongField(
            "Niet gepubliceerd: schrijf op waarom, kies wat er met de lopende zaken gebeurt, en "
            "accepteer elke waarschuwing of los haar op.",
            wrong,
        )


def _followed(session: Session, draft: Draft) -> set[str]:
    """The paths of which the draft took in the newest original."""
    rows = session.execute(
        select(DraftFile.path, DraftFile.follows).where(
            DraftFile.draft_id == draft.id, DraftFile.follows.is_not(None)
        )
    )
    newest = {path: digest_of(body) for path, body in shared_files().items()}
    return {path for path, follows in rows if follows == newest.get(path)}


def _moved(
    session: Session,
    collaborators: Collaborators,
    result: PublicationResult,
    decision: ToPublish,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
) -> UUID | None:
    if not decision.move or not open_cases(session, actor.municipality):
        return None
    return start_batch(
        session,
        collaborators,
        request=MoveRequest(target=result.number, plans=decision.plans),
        reason=reason,
        actor=actor,
        now=now,
    )


def warnings_in(findings: Collection[Finding]) -> list[Finding]:
    """What has to be accepted by who publishes."""
    return [finding for finding in findings if finding.severity is Severity.WARNING]
