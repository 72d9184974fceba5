"""Files that come with the product, and a municipality's own versions of them."""

import hashlib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from sqlalchemy import select
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
    return MappingProxyType(bundle_files.read_folder(bundle_files.content_root()))


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
    declined = own.declined == hashlib.sha256(shared).digest()
    return Origin.OWN if own.original == shared or declined else Origin.OWN_OUTDATED
