"""The files of a bundle: read from a folder, packed for a publication, told apart by place.

A bundle is a mapping of a path to its content:
``processes/<process>/<process>.bpmn``, ``processes/<process>/<decision>.dmn``, beside these
``scenarios/<name>.toml`` and ``toetsen/<decision>.toml``, ``forms/<process>/<user task>.form`` and
``gemeente.toml``. ``studio.file_kinds`` tells one from the other.
"""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from service.domain.errors import NotFound, Refused

PROFILE = "gemeente.toml"
_PROFILES = ("processes", "gemeenten")
MAX_UNPACKED = 50 * 1024 * 1024
MAX_FILES = 2_000
_EPOCH = (2020, 1, 1, 0, 0, 0)

Files = Mapping[str, bytes]


def content_root() -> Path:
    """Where the processes and forms that come with the product lie: the wheel or the checkout."""
    package = Path(str(files("service")))
    packed = package / "_content"
    return packed if packed.is_dir() else package.parent


def bundled_profiles() -> tuple[str, ...]:
    """The municipalities whose profile comes with the product."""
    folder = content_root() / "processes" / "gemeenten"
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def read_bundled(municipality: str) -> dict[str, bytes]:
    """The bundle that comes with the product, with the profile of one municipality.

    Raises:
        NotFound: no profile of that name comes with the product.
    """
    root = content_root()
    profile = root / "processes" / "gemeenten" / f"{municipality}.toml"
    if municipality not in bundled_profiles():
        raise NotFound(
            f"Er is geen profiel {municipality!r}; bekend zijn: {', '.join(bundled_profiles())}."
        )
    return {**read_shared(), PROFILE: profile.read_bytes()}


def read_shared() -> dict[str, bytes]:
    """The processes, tables and forms that come with the product, without its scenarios.

    Those test the product. Kept with the processes of a municipality, they would forbid it to
    have a route of its own.
    """
    found = read_folder(content_root())
    return {path: body for path, body in found.items() if "/scenarios/" not in path}


def read_folder(folder: Path) -> dict[str, bytes]:
    """The diagrams, tables, forms, scenarios, tests and profile below a folder.

    Of a folder with the house's own layout (``processes/``, ``forms/``) everything in it is read,
    so that the check can name what has no place; of any other folder each ``.bpmn`` and ``.dmn``
    is taken as a process of its own, and forms are looked for in ``forms/``.
    """
    found: dict[str, bytes] = {}
    house = folder / "processes"
    if house.is_dir():
        found |= _everything(folder, house)
    else:
        for path in sorted([*folder.rglob("*.bpmn"), *folder.rglob("*.dmn")]):
            relative = path.relative_to(folder)
            place = relative if len(relative.parts) > 1 else Path(path.stem, path.name)
            found[f"processes/{place.as_posix()}"] = path.read_bytes()
    found |= _everything(folder, folder / "forms")
    if (folder / PROFILE).is_file():
        found[PROFILE] = (folder / PROFILE).read_bytes()
    return found


def _everything(root: Path, folder: Path) -> dict[str, bytes]:
    """Every file below a folder but hidden ones and the profiles, which are of no bundle yet."""
    found = (path.relative_to(root) for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.as_posix(): (root / path).read_bytes()
        for path in found
        if path.parts[:2] != _PROFILES and not any(part.startswith(".") for part in path.parts)
    }


def pack(content: Files) -> bytes:
    """The bundle as a zip archive; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(content):
            archive.writestr(zipfile.ZipInfo(path, _EPOCH), content[path])
    return buffer.getvalue()


def unpack(packed: bytes) -> dict[str, bytes]:
    """What ``pack`` packed.

    Raises:
        Refused: no zip archive, or one that unpacks to more than a bundle can be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_FILES or sum(e.file_size for e in entries) > MAX_UNPACKED:
                raise Refused(f"De bundel is groter dan {MAX_UNPACKED // 1024**2} MB; splits haar.")
            return {entry.filename: archive.read(entry) for entry in entries}
    except zipfile.BadZipFile as error:
        raise Refused("De bundel is geen zip-bestand; maak haar opnieuw.") from error


def digest(content: Files) -> bytes:
    """SHA-256 over paths and contents."""
    total = hashlib.sha256()
    for path in sorted(content):
        total.update(hashlib.sha256(path.encode()).digest())
        total.update(hashlib.sha256(content[path]).digest())
    return total.digest()


def with_suffix(content: Files, suffix: str) -> dict[str, bytes]:
    """The files whose path ends on ``suffix``."""
    return {path: body for path, body in content.items() if path.endswith(suffix)}
