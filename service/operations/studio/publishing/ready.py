"""A draft as it would run: checked, compiled once for each content, and not published."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.domain.errors import Refused
from service.domain.findings import Finding, errors_of
from service.operations import bundle_files
from service.operations.check_bundle import check_bundle
from service.operations.collaborators import Collaborators
from service.operations.published import Published, compile_files
from service.operations.scenario.kept import scenario_findings
from service.operations.studio.draft_files import DraftContent
from service.storage import Draft, Publication


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A draft that passes the checks."""

    digest: bytes
    bundle: Published
    """With the number that it would get."""


def ready(
    session: Session,
    collaborators: Collaborators,
    draft: Draft,
    content: DraftContent,
    *,
    now: datetime,
) -> Ready:
    """The draft, compiled.

    Checking takes a second; what passed is remembered for the hour, because a moment that a
    diagram names can come to lie in the past. Publishing checks anew.

    Raises:
        Refused: it does not pass; with all findings.
    """
    digest = bundle_files.digest(content.files)
    key = _key(digest, now)
    bundle = collaborators.publications.kept(key)
    if bundle is None:
        warnings = _checked(collaborators, content.files, now)
        compiled = compile_files(content.files, id=key, number=0)
        bundle = collaborators.publications.keep(replace(compiled, warnings=warnings))
    number = next_number(session, draft.municipality)
    return Ready(digest=digest, bundle=replace(bundle, number=number))


def _key(digest: bytes, now: datetime) -> UUID:
    hour = now.astimezone(UTC).strftime("%Y-%m-%dT%H").encode()
    return UUID(bytes=hashlib.sha256(digest + hour).digest()[:16])


def _checked(
    collaborators: Collaborators, content: bundle_files.Files, now: datetime
) -> tuple[Finding, ...]:
    """The warnings of a bundle without errors, in which the kept scenarios go as they should."""
    findings = check_bundle(content, now=now)
    findings += scenario_findings(content, compiled=collaborators.publications.draft)
    if wrong := errors_of(findings):
        raise Refused(
            f"Dit concept kan nog niet worden gepubliceerd: {len(wrong)} bevinding(en) die eerst "
            "opgelost moeten worden.",
            findings,
        )
    return tuple(findings)


def next_number(session: Session, municipality: str) -> int:
    """The number of the next publication of a municipality."""
    newest = session.scalar(
        select(func.max(Publication.number)).where(Publication.municipality == municipality)
    )
    return (newest or 0) + 1
