"""Files that come with the product, and a municipality's own versions of them."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
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


def own_versions(
    session: Session, municipality: str, *, number: int | None = None
) -> dict[str, OwnVersion]:
    """What is noted of the files of a municipality, by path; ``number``: of that publication."""
    until = () if number is None else (OwnVersion.number <= number,)
    rows = session.scalars(
        select(OwnVersion)
        .where(OwnVersion.municipality == municipality, *until)
        .ext(distinct_on(OwnVersion.path))
        .order_by(OwnVersion.path, OwnVersion.number.desc())
        .execution_options(populate_existing=True)
    )
    return {row.path: row for row in rows}


def _origin(body: bytes, shared: bytes | None, own: OwnVersion | None) -> Origin:
    if shared is None:
        return Origin.OWN
    if body == shared:
        return Origin.SHARED
    if own and (own.original == shared or own.declined == digest_of(shared)):
        return Origin.OWN
    return Origin.OWN_OUTDATED if own and own.original else Origin.OUTDATED


def digest_of(original: bytes) -> bytes:
    """How an original is recognised."""
    return hashlib.sha256(original).digest()


def decline(session: Session, *, municipality: str, path: str, now: datetime) -> None:
    """Notes that the newest original of a file is not wanted, whatever is published or taken back.

    The next one is announced again.
    """
    own, unwanted = own_versions(session, municipality).get(path), digest_of(shared_files()[path])
    if own:
        own.declined = unwanted
        return
    noted = {"number": 0, "original": None, "declined": unwanted, "since": now}
    session.add(OwnVersion(municipality=municipality, path=path, **noted))


def follow_publication(
    session: Session,
    *,
    municipality: str,
    number: int,
    before: bundle_files.Files,
    after: bundle_files.Files,
    followed: Collection[str],
    now: datetime,
) -> None:
    """Notes what has become the municipality's own by a publication, and what is shared again.

    ``followed``: the paths of which the newest original was taken in.
    """
    known = own_versions(session, municipality)
    originals = {path: own.original for path, own in known.items()}
    for path, shared in shared_files().items():
        if after.get(path) in (None, shared):
            originals[path] = None
        elif path in followed:
            originals[path] = shared
        elif originals.get(path) is None and path in before and before[path] != after[path]:
            originals[path] = before[path]
    _note(session, known, originals, municipality=municipality, number=number, now=now)


def follow_taking_back(
    session: Session, *, municipality: str, restored: int, number: int, now: datetime
) -> None:
    """Notes that publication ``number`` goes back to the originals that ``restored`` went back to.

    What was declined since stays declined.
    """
    known = own_versions(session, municipality)
    then = own_versions(session, municipality, number=restored)
    originals = {path: then[path].original if path in then else None for path in known}
    _note(session, known, originals, municipality=municipality, number=number, now=now)


def _note(
    session: Session,
    known: Mapping[str, OwnVersion],
    originals: Mapping[str, bytes | None],
    *,
    municipality: str,
    number: int,
    now: datetime,
) -> None:
    for path, original in originals.items():
        own = known.get(path)
        if original != (own.original if own else None):
            declined = own.declined if own else None
            told = {"original": original, "declined": declined, "since": now}
            session.add(OwnVersion(municipality=municipality, path=path, number=number, **told))
