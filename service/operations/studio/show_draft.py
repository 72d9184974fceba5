"""What a draft changes, file by file, and what is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.findings import Finding
from service.operations.check_bundle import check_bundle
from service.operations.collaborators import Collaborators
from service.operations.file_kinds import kind_of, name_of
from service.operations.studio.draft_files import DraftContent, content_of
from service.operations.studio.drafts import draft_for
from service.storage import Draft, Publication


@dataclass(frozen=True, kw_only=True)
class ChangedFile:
    """One file that a draft changes."""

    path: str
    kind: str
    name: str
    """What people call it."""
    what: str
    """``new``, ``changed``, ``gone``, or ``same`` when the change was taken back by hand."""
    changed_by_name: str
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class DraftPage:
    """A draft as its page shows it."""

    draft: Draft
    base: int
    """The number of the publication that it changes."""
    newest: int
    """The number of what is published now."""
    files: tuple[ChangedFile, ...]
    findings: tuple[Finding, ...]


def show_draft(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    actor: Actor,
    now: datetime,
) -> DraftPage:
    """A draft with its changes and findings.

    Raises:
        NotFound: there is no such draft for this actor.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    content = content_of(session, draft)
    findings = check_bundle(content.files, now=now)
    return draft_page(session, collaborators, draft, content, findings=findings)


def draft_page(
    session: Session,
    collaborators: Collaborators,
    draft: Draft,
    content: DraftContent,
    *,
    findings: Iterable[Finding],
) -> DraftPage:
    """The same, of a draft that was read and checked already."""
    base = content.base
    return DraftPage(
        draft=draft,
        base=session.get_one(Publication, draft.base_id).number,
        newest=collaborators.publications.current(session, draft.municipality).number,
        files=tuple(
            ChangedFile(
                path=path,
                kind=kind_of(path),
                name=name_of(path, row.content or base.get(path, b"")),
                what=_what(base.get(path), row.content),
                changed_by_name=row.changed_by_name,
                changed_at=row.changed_at,
            )
            for path, row in content.changed.items()
        ),
        findings=tuple(findings),
    )


def _what(before: bytes | None, after: bytes | None) -> str:
    if before == after:
        return "same"
    if after is None:
        return "gone"
    return "new" if before is None else "changed"
