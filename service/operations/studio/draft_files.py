"""The files of a draft: what is published, with what the draft changes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import InvalidInput, NotFound
from service.operations import bundle_files
from service.operations.collaborators import Collaborators
from service.operations.file_kinds import kind_of, require_readable
from service.operations.studio.drafts import draft_for, require_open
from service.operations.studio.merging import Merged, Prefer, merge
from service.storage import Draft, DraftFile, Publication

KEPT_REVISIONS = 100
"""How many savings of a file are kept, so that a late one can still be merged."""


@dataclass(frozen=True, kw_only=True)
class FileText:
    """A file as it reads in a draft."""

    path: str
    content: bytes | None
    """None when the draft takes it away."""
    revision: int
    """0 when the draft does not change it."""


@dataclass(frozen=True, kw_only=True)
class ToSave:
    """A file as somebody changed it."""

    path: str
    content: bytes
    revision: int
    """The revision from which it was changed."""
    prefer: Prefer | None = None
    """Whose change counts where both changed the same thing."""
    follows: bytes | None = None
    """SHA-256 of the original of the product that is taken in with it."""


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What became of a file that somebody saved."""

    saved: bool
    """False when a colleague changed the same thing: somebody has to choose."""
    revision: int
    content: bytes
    """How the file reads now; other than what was sent when it was merged."""
    conflicts: tuple[str, ...] = ()
    """What both changed, one Dutch sentence each."""
    colleagues: tuple[str, ...] = ()
    """Who else saved it since the revision from which it was changed."""


@dataclass(frozen=True, kw_only=True)
class DraftContent:
    """All files of a draft, read at once."""

    base: Mapping[str, bytes]
    """As they are published."""
    changed: Mapping[str, DraftFile]
    """The newest saving of each file that the draft changes."""

    @cached_property
    def files(self) -> dict[str, bytes]:
        """The bundle as it would be published."""
        found = {**self.base, **{path: row.content for path, row in self.changed.items()}}
        return {path: content for path, content in found.items() if content is not None}

    def revision(self, path: str) -> int:
        """From which revision the next saving of a file is made; 0 when none was saved yet."""
        return self.changed[path].revision if path in self.changed else 0

    def require(self, path: str) -> bytes:
        """A file that the draft has.

        Raises:
            NotFound: it has no such file, or takes it away.
        """
        if path not in self.files:
            raise NotFound(f"{path} staat niet in dit concept.")
        return self.files[path]


def content_of(session: Session, draft: Draft) -> DraftContent:
    """All files of a draft."""
    return DraftContent(base=base_of(session, draft), changed=changed_in(session, draft))


def base_of(session: Session, draft: Draft) -> dict[str, bytes]:
    """The files of the publication that a draft changes."""
    return bundle_files.unpack(session.get_one(Publication, draft.base_id).files)


def changed_in(session: Session, draft: Draft) -> dict[str, DraftFile]:
    """The newest saving of each file that a draft changes, by path."""
    rows = session.scalars(
        select(DraftFile)
        .where(DraftFile.draft_id == draft.id)
        .ext(distinct_on(DraftFile.path))
        .order_by(DraftFile.path, DraftFile.revision.desc())
    )
    return {row.path: row for row in rows}


def files_of(session: Session, draft: Draft) -> dict[str, bytes]:
    """The bundle as it would be published."""
    return content_of(session, draft).files


def read_file(
    session: Session, collaborators: Collaborators, *, draft_id: UUID, path: str, actor: Actor
) -> FileText:
    """A file as it reads in a draft.

    Raises:
        NotFound: there is no such draft for this actor, or no such file in it.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    newest = _revision(session, draft, path)
    if newest is not None:
        return FileText(path=path, content=newest.content, revision=newest.revision)
    content = base_of(session, draft).get(path)
    if content is None:
        raise NotFound(f"{path} staat niet in dit concept.")
    return FileText(path=path, content=content, revision=0)


def save_file(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    file: ToSave,
    actor: Actor,
    now: datetime,
) -> Saved:
    """Saves a file; merges it with what colleagues have saved since its revision.

    Where both changed the same thing nothing is saved, unless the file says whose change counts.

    Raises:
        NotFound: there is no such draft for this actor.
        Conflict: the draft has been published or thrown away.
        Unreadable: no file of its kind at all, or no place for one.
        InvalidInput: there is no such revision to go on from.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor, hold=True)
    require_open(draft)
    require_readable(file.path, file.content)
    newest = _revision(session, draft, file.path)
    at = newest.revision if newest else 0
    others = _others(session, draft, file, actor)
    merged = _merged(session, draft, file, newest)
    told = {"conflicts": merged.conflicts, "colleagues": others}
    if merged.conflicts and file.prefer is None:
        theirs = (newest.content if newest else None) or b""
        return Saved(saved=False, revision=at, content=theirs, **told)
    if newest is None or (newest.content or b"") != merged.content:
        saving = replace(file, content=merged.content, revision=at)
        at = put_file(session, draft, saving, actor=actor, now=now)
    return Saved(saved=True, revision=at, content=merged.content, **told)


def take_away_file(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    path: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Leaves a file out of the bundle that the draft would publish.

    Raises:
        NotFound: there is no such draft for this actor, or no such file in it.
        Conflict: the draft has been published or thrown away.
        InvalidInput: it is the profile, without which there is no bundle.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor, hold=True)
    require_open(draft)
    if kind_of(path) == "profile":
        raise InvalidInput("Het profiel kan niet weg: zonder profiel is er geen gemeente.")
    here = read_file(session, collaborators, draft_id=draft_id, path=path, actor=actor)
    if here.content is not None:
        put_file(session, draft, replace(here, content=None), actor=actor, now=now)


def restore_file(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    path: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Lets a file read again as it is published; the draft no longer changes it.

    Raises:
        NotFound: there is no such draft for this actor.
        Conflict: the draft has been published or thrown away.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor, hold=True)
    require_open(draft)
    session.execute(delete(DraftFile).where(DraftFile.draft_id == draft.id, DraftFile.path == path))
    draft.changed_at = now


def _revision(session: Session, draft: Draft, path: str) -> DraftFile | None:
    return session.scalars(
        select(DraftFile)
        .where(DraftFile.draft_id == draft.id, DraftFile.path == path)
        .order_by(DraftFile.revision.desc())
        .limit(1)
    ).one_or_none()


def _others(session: Session, draft: Draft, file: ToSave, actor: Actor) -> tuple[str, ...]:
    later = (
        DraftFile.draft_id == draft.id,
        DraftFile.path == file.path,
        DraftFile.revision > file.revision,
        DraftFile.changed_by != actor.user_id,
    )
    names = select(DraftFile.changed_by_name).where(*later).distinct()
    return tuple(sorted(session.scalars(names)))


def _merged(session: Session, draft: Draft, file: ToSave, newest: DraftFile | None) -> Merged:
    if file.revision == (newest.revision if newest else 0):
        return Merged(content=file.content)
    before = content_at(session, draft, file.path, file.revision)
    return merge(
        file.path,
        base=before or b"",
        mine=file.content,
        theirs=(newest.content if newest else None) or b"",
        prefer=file.prefer,
    )


def content_at(session: Session, draft: Draft, path: str, revision: int) -> bytes | None:
    """What was in a file at a revision; None when it was not there then.

    Raises:
        InvalidInput: that saving is no longer kept.
    """
    if revision == 0:
        return base_of(session, draft).get(path)
    row = session.get(DraftFile, (draft.id, path, revision))
    if row is None:
        raise InvalidInput(
            f"Versie {revision} van {path} is er niet meer; haal het bestand op en voeg uw "
            "wijziging daaraan toe."
        )
    return row.content


def put_file(
    session: Session, draft: Draft, file: ToSave | FileText, *, actor: Actor, now: datetime
) -> int:
    """Writes the revision after ``file.revision``, and drops what is long past."""
    revision = file.revision + 1
    session.add(
        DraftFile(
            draft_id=draft.id,
            path=file.path,
            revision=revision,
            municipality=draft.municipality,
            content=file.content,
            follows=file.follows if isinstance(file, ToSave) else None,
            changed_by=actor.user_id,
            changed_by_name=actor.name,
            changed_at=now,
        )
    )
    session.execute(
        delete(DraftFile).where(
            DraftFile.draft_id == draft.id,
            DraftFile.path == file.path,
            DraftFile.revision <= revision - KEPT_REVISIONS,
        )
    )
    draft.changed_at = now
    session.flush()
    return revision
