"""Takes a bundle that was made elsewhere into a new draft, so that it goes through every gate."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import WrongProfile
from service.domain.profile import read_profile
from service.operations import bundle_files, rights
from service.operations.collaborators import Collaborators
from service.operations.studio.draft_files import FileText, base_of, put_file
from service.operations.studio.drafts import LONGEST_TITLE, draft_for, open_draft, require_owner
from service.operations.studio.publishing.bundle_zip import open_bundle


@dataclass(frozen=True, kw_only=True)
class Uploaded:
    """What became of a bundle."""

    draft_id: UUID
    files: int
    """How many files the draft changes."""
    profile_of: str | None
    """Whose profile was left out, because it is not the actor's municipality's; else None."""


def upload_bundle(
    session: Session,
    collaborators: Collaborators,
    *,
    name: str,
    packed: bytes,
    actor: Actor,
    now: datetime,
) -> Uploaded:
    """A new draft that would make what is published equal to a bundle.

    What the bundle leaves out, the draft takes away; but the profile of the own municipality
    stays when the bundle has none, or that of another.

    Raises:
        NotFound: the actor's role does not publish.
        Unreadable: the bundle is damaged or hostile; with a finding for each thing.
    """
    require_owner(session, collaborators, actor)
    content: dict[str, bytes] = open_bundle(packed)
    stranger = _stranger(content, actor)
    if stranger is not None:
        del content[bundle_files.PROFILE]
    title = f"Elders gemaakt: {name}"[:LONGEST_TITLE]
    draft_id = open_draft(session, collaborators, title=title, actor=actor, now=now)
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor, hold=True)
    base = base_of(session, draft)
    wanted: dict[str, bytes | None] = dict.fromkeys(base)
    wanted |= {bundle_files.PROFILE: base[bundle_files.PROFILE], **content}
    changed = {path: body for path, body in wanted.items() if body != base.get(path)}
    for path, body in sorted(changed.items()):
        put_file(
            session,
            draft,
            FileText(path=path, content=body, revision=0),
            actor=actor,
            now=now,
        )
    rights.note_access(session, actor=actor, what="bundel_opgenomen", now=now, thing=str(draft_id))
    return Uploaded(draft_id=draft_id, files=len(changed), profile_of=stranger)


def _stranger(content: bundle_files.Files, actor: Actor) -> str | None:
    """The municipality of the profile in a bundle, when it is another."""
    body = content.get(bundle_files.PROFILE)
    if body is None:
        return None
    try:
        found = read_profile(body, file=bundle_files.PROFILE).id
    except WrongProfile:
        return None  # The checks of the draft say what is wrong with it.
    return None if found == actor.municipality else found
