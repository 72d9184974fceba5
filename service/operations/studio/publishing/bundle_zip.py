"""Opens a bundle that was made elsewhere: one zip file, and nothing in it is believed."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from service.domain.errors import Unreadable
from service.domain.findings import Finding, Severity
from service.operations.bundle_files import MAX_FILES, MAX_UNPACKED
from service.operations.file_kinds import MAX_FILE, kind_of, require_readable

MAX_PACKED: Final = 20 * 1024 * 1024
"""Bytes of the zip file itself."""
_MOST_TOLD: Final = 20


def open_bundle(packed: bytes) -> dict[str, bytes]:
    """The files of a bundle, each at a place that a bundle knows and readable as what it is.

    Raises:
        Unreadable: no zip file, or one that holds something else; with a finding for each thing.
    """
    if len(packed) > MAX_PACKED:
        raise Unreadable(f"De bundel is groter dan {MAX_PACKED // 1024**2} MB; splits haar.")
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            entries = _entries(archive)
            return _read(archive, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise Unreadable(
            "De bundel is geen (heel) zip-bestand; haal haar opnieuw op of maak haar opnieuw."
        ) from error


def _entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    found = archive.infolist()
    if len(found) > MAX_FILES:
        raise Unreadable(f"De bundel heeft meer dan {MAX_FILES} bestanden; splits haar.")
    seen: set[str] = set()
    wrong: list[Finding] = []
    for entry in found:
        reasons = list(_faults(entry, seen))
        wrong += [_finding(entry.orig_filename, reason) for reason in reasons]
        seen.add(entry.filename)
    total = sum(entry.file_size for entry in found)
    if total > MAX_UNPACKED:
        wrong.append(
            _finding("", f"De bundel is uitgepakt groter dan {MAX_UNPACKED // 1024**2} MB.")
        )
    _refuse(wrong)
    return [entry for entry in found if not entry.is_dir()]


def _faults(entry: zipfile.ZipInfo, seen: set[str]) -> Iterator[str]:
    name = entry.orig_filename
    if entry.flag_bits & 0x1:
        yield "Dit bestand is versleuteld; maak de bundel zonder wachtwoord."
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        yield "Dit bestand is op een andere manier ingepakt; maak een gewoon zip-bestand."
    if entry.filename in seen:
        yield "Dit bestand staat er twee keer in."
    if stat.S_ISLNK(entry.external_attr >> 16):
        yield "Dit is een verwijzing naar een ander bestand."
    if entry.file_size > MAX_FILE:
        yield f"Dit bestand is groter dan {MAX_FILE // 1_000_000} MB."
    if "\0" in name or "\\" in name or name.startswith("/") or ".." in name.split("/"):
        yield "Dit pad wijst buiten de bundel."
    elif entry.is_dir():
        if name.split("/")[0] not in ("processes", "forms"):
            yield "Deze map hoort niet in een bundel."
    else:
        try:
            kind_of(name)
        except Unreadable as error:
            yield str(error)


def _read(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Every file, never more of it than it says to be."""
    found: dict[str, bytes] = {}
    wrong: list[Finding] = []
    for entry in entries:
        with archive.open(entry) as stream:
            body = stream.read(entry.file_size + 1)
        if len(body) != entry.file_size:
            wrong.append(_finding(entry.filename, "Dit bestand is groter dan het zegt te zijn."))
            continue
        try:
            require_readable(entry.filename, body)
        except Unreadable as error:
            wrong += error.findings or [_finding(entry.filename, str(error))]
        found[entry.filename] = body
    _refuse(wrong)
    if not found:
        raise Unreadable("De bundel is leeg.")
    return found


def _refuse(wrong: list[Finding]) -> None:
    if wrong:
        first = wrong[0]
        raise Unreadable(
            f"De bundel is geweigerd: {len(wrong)} fout(en). {first.file}: {first.reason}".strip(),
            wrong[:_MOST_TOLD],
        )


def _finding(path: str, reason: str) -> Finding:
    return Finding(
        file=path[:200].replace("\0", "?") or "bundle.zip",
        element_id=None,
        code="bundle-refused",
        severity=Severity.ERROR,
        reason=reason,
        way_out="Maak de bundel opnieuw, met alleen bestanden die erin horen.",
    )
