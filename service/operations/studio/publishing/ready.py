"""A draft as it would run: checked, compiled once for each content, and not published."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.domain.errors import Refused
from service.domain.findings import errors_of
from service.operations import bundle_files
from service.operations.check_bundle import check_bundle
from service.operations.collaborators import Collaborators
from service.operations.published import Published, compile_files
from service.operations.studio.draft_files import files_of
from service.storage import Draft, Publication


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A draft that passes the checks."""

    content: dict[str, bytes]
    digest: bytes
    bundle: Published
    """With the number that it would get."""


def ready(
    session: Session,
    collaborators: Collaborators,
    draft: Draft,
    *,
    now: datetime,
    checked: bool = False,
) -> Ready:
    """The draft, compiled; ``checked`` says that it has just passed the checks.

    Raises:
        Refused: it does not pass; with the findings.
    """
    content = files_of(session, draft)
    digest = bundle_files.digest(content)
    key = UUID(bytes=digest[:16])
    bundle = collaborators.publications.kept(key)
    if bundle is None:
        if not checked:
            require_sound(content, now=now)
        bundle = collaborators.publications.keep(compile_files(content, id=key, number=0))
    number = next_number(session, draft.municipality)
    return Ready(content=content, digest=digest, bundle=replace(bundle, number=number))


def require_sound(content: bundle_files.Files, *, now: datetime) -> None:
    """Raises Refused, with all findings, unless the bundle may be published."""
    findings = check_bundle(content, now=now)
    if wrong := errors_of(findings):
        raise Refused(
            f"Dit concept kan nog niet worden gepubliceerd: {len(wrong)} bevinding(en) die eerst "
            "opgelost moeten worden.",
            findings,
        )


def next_number(session: Session, municipality: str) -> int:
    """The number of the next publication of a municipality."""
    newest = session.scalar(
        select(func.max(Publication.number)).where(Publication.municipality == municipality)
    )
    return (newest or 0) + 1
