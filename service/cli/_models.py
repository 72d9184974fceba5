"""The decision models that a file may import: beside it, or named on the command line."""

from collections.abc import Iterable
from pathlib import Path

from service.dmn import Definitions, imports_others, read_together


def models_for(file: Path, content: bytes, named: Iterable[Path] = ()) -> list[Definitions]:
    """The models that ``file`` may import, if it imports any; broken ones are left out."""
    return read_together(
        contents_for(file, content, named), strict=False, refused=lambda _error: None
    )


def contents_for(file: Path, content: bytes, named: Iterable[Path] = ()) -> dict[str, bytes]:
    """The files beside ``file`` and those that are named, if it imports any; without itself."""
    if not imports_others(content):
        return {}
    others = {*file.parent.glob("*.dmn"), *(inner for path in named for inner in _files(path))}
    return {
        str(other): other.read_bytes()
        for other in sorted(others, key=str)
        if other.is_file() and not other.samefile(file)
    }


def _files(path: Path) -> Iterable[Path]:
    return path.rglob("*.dmn") if path.is_dir() else [path]
