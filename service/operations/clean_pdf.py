"""Cleans a PDF of what tells who made it and of what would act by itself.

A PDF may be sent in by anybody, so it is taken apart in a process of its own: without our
environment, with little memory and time. Run as a program it is that process.
"""

import io
import resource
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pikepdf

from service.domain.errors import InvalidInput

MAX_MEMORY = 512 * 1024 * 1024
MAX_SECONDS = 20
_TELLS = ("/Metadata", "/PieceInfo", "/LastModified", "/CreationDate", "/AF", "/EF")
"""Entries of any object that say who, when and with what program, or hold a file of its own;
XMP lies in ``/Metadata``."""
_ACTS = ("/OpenAction", "/AA", "/AcroForm", "/Collection")
"""Entries of the root that do something when the file is opened."""
_OF_ANNOTATIONS = ("/T", "/NM", "/M", "/A", "/AA")
"""Who made a remark and when, and what it does when somebody clicks."""
_DEEPEST = 100
_IN_JPEG = {0xFE, *range(0xE1, 0xF0)} - {0xE2, 0xEE}
"""Segments that a camera adds: comments and APPn, but for colours (APP2, APP14)."""


def clean_pdf(content: bytes) -> bytes:
    """The PDF written anew: same pages, no author, no history, no scripts, no files inside.

    Raises:
        InvalidInput: it cannot be read within the bounds, or asks for a password.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own module, with nothing of the sender in it
            [sys.executable, "-m", __name__],
            input=content,
            capture_output=True,
            env={"PYTHONPATH": ":".join(filter(None, sys.path))},
            timeout=2 * MAX_SECONDS,
            check=True,
        )
    except subprocess.SubprocessError as error:
        raise InvalidInput("Deze pdf is niet te lezen, of heeft een wachtwoord.") from error
    return done.stdout


def cleaned(content: bytes) -> bytes:
    """What ``clean_pdf`` gives, in this process and without bounds."""
    with pikepdf.open(io.BytesIO(content), attempt_recovery=True) as pdf:
        if not len(pdf.pages):
            raise ValueError("a PDF without pages")
        _drop(pdf.trailer, "/Info")
        _drop(pdf.Root, *_ACTS)
        if "/Names" in pdf.Root:
            _drop(pdf.Root.Names, "/EmbeddedFiles", "/JavaScript")
        for thing in _dictionaries(pdf):
            _silence(thing)
        pdf.remove_unreferenced_resources()
        buffer = io.BytesIO()
        pdf.save(buffer, fix_metadata_version=False, deterministic_id=True)
        return buffer.getvalue()


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every object of the file that has entries, those that stand inside another too."""
    stack: list[tuple[Any, int]] = [(thing, 0) for thing in pdf.objects]
    while stack:
        thing, depth = stack.pop()
        if isinstance(thing, pikepdf.Array):
            inside: list[Any] = list(thing)
        elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            yield thing
            inside = [value for _, value in thing.items()]
        else:
            continue
        nested = [part for part in inside if not getattr(part, "is_indirect", True)]
        stack += [(part, depth + 1) for part in nested if depth < _DEEPEST]


def _silence(thing: Any) -> None:
    _drop(thing, *_TELLS)
    if "/Subtype" in thing and "/Rect" in thing:
        _drop(thing, *_OF_ANNOTATIONS)
    if thing.get("/S") == "/JavaScript":
        _drop(thing, "/JS")
    if isinstance(thing, pikepdf.Stream) and thing.get("/Filter") == "/DCTDecode":
        thing.write(_without_camera(thing.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)


def _drop(thing: Any, *keys: str) -> None:
    for key in keys:
        if key in thing:
            del thing[key]


def _without_camera(jpeg: bytes) -> bytes:
    """A JPEG without the segments that say where, when and by whom; the picture untouched."""
    kept, at = bytearray(jpeg[:2]), 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        length = 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] not in _IN_JPEG:
            kept += jpeg[at : at + length]
        at += length
    return bytes(kept + jpeg[at:])


def main() -> None:
    """Reads a PDF and writes it clean, within bounds."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    sys.stdout.buffer.write(cleaned(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
