"""The findings of a draft, of the whole of it or of one file that somebody is typing in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import Unreadable
from service.domain.findings import Finding
from service.operations.check_bundle import check_bundle
from service.operations.collaborators import Collaborators
from service.operations.file_kinds import require_readable
from service.operations.studio.draft_files import files_of
from service.operations.studio.drafts import draft_for


@dataclass(frozen=True, kw_only=True)
class Unsaved:
    """A file as it stands in an editor."""

    path: str
    content: bytes


def check_draft(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    actor: Actor,
    now: datetime,
    unsaved: Unsaved | None = None,
) -> list[Finding]:
    """What is wrong with a draft; with ``unsaved``, with that file alone, amid all others.

    Raises:
        NotFound: there is no such draft for this actor.
        Unreadable: what is in the editor is no file of its kind at all.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    content = files_of(session, draft)
    if unsaved is None:
        return check_bundle(content, now=now)
    try:
        require_readable(unsaved.path, unsaved.content)
    except Unreadable as error:
        if error.findings:
            return list(error.findings)
        raise
    content[unsaved.path] = unsaved.content
    return check_bundle(content, now=now, only={unsaved.path})
