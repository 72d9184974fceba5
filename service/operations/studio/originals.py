"""Files that come with the product, and a municipality's own versions of them."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from service.operations import bundle_files
from service.storage import OwnVersion


class Origin(StrEnum):
    """Whose file it is."""

    SHARED = "shared"
    """As it comes with the product."""
    OUTDATED = "outdated"
    """As it came with the product once; there is a newer one, not declined."""
    OWN = "own"
    """The municipality's own."""
    OWN_OUTDATED = "own_outdated"
    """The municipality's own version of something of which there is a newer one, not declined."""


@cache
def shared_files() -> Mapping[str, bytes]:
    """The processes, tables and forms that come with the product."""
    return MappingProxyType(bundle_files.read_shared())


def origins(session: Session, *, municipality: str, files: bundle_files.Files) -> dict[str, Origin]:
    """Whose each file of a bundle is."""
    own = own_versions(session, municipality)
    return {
        path: _origin(body, shared_files().get(path), own.get(path)) for path, body in files.items()
    }


def own_versions(session: Session, municipality: str) -> dict[str, OwnVersion]:
    """The own versions of a municipality, by path."""
    rows = session.scalars(select(OwnVersion).where(OwnVersion.municipality == municipality))
    return {row.path: row for row in rows}


def _origin(body: bytes, shared: bytes | None, own: OwnVersion | None) -> Origin:
    if shared is None:
        return Origin.OWN
    if body == shared:
        return Origin.SHARED
    if own is None:
        return Origin.OUTDATED
    declined = own.declined == digest_of(shared)
    return Origin.OWN if own.original == shared or declined else Origin.OWN_OUTDATED


def digest_of(original: bytes) -> bytes:
    """How an original is recognised."""
    return hashlib.sha256(original).digest()


def note_own_version(
    session: Session,
    *,
    municipality: str,
    path: str,
    original: bytes,
    now: datetime,
    declined: bytes | None = None,
) -> None:
    """Notes which original a file goes back to, and which newer one is not wanted."""
    told = {"original": original, "declined": declined, "since": now}
    session.execute(
        insert(OwnVersion)
        .values(municipality=municipality, path=path, **told)
        .on_conflict_do_update(index_elements=["municipality", "path"], set_=told)
    )


def follow_publication(
    session: Session,
    *,
    municipality: str,
    before: bundle_files.Files,
    after: bundle_files.Files,
    followed: Collection[str],
    now: datetime,
) -> None:
    """Notes what has become the municipality's own by a publication, and what is shared again.

    ``followed``: the paths of which the newest original was taken in.
    """
    own = own_versions(session, municipality)
    for path, shared in shared_files().items():
        if after.get(path) in (None, shared):
            gone = (OwnVersion.municipality == municipality, OwnVersion.path == path)
            session.execute(delete(OwnVersion).where(*gone))
        elif path in followed:
            note_own_version(
                session, municipality=municipality, path=path, original=shared, now=now
            )
        elif path in before and path not in own and before[path] != after[path]:
            note_own_version(
                session, municipality=municipality, path=path, original=before[path], now=now
            )
