"""The decision models beside a file, which it may import."""

from pathlib import Path

from service.dmn import Definitions, imports_others, read_together


def models_beside(file: Path, content: bytes) -> list[Definitions]:
    """The models in the folder of ``file``, if it imports any; broken ones are left out."""
    if not imports_others(content):
        return []
    others = {
        other.name: other.read_bytes()
        for other in sorted(file.parent.glob("*.dmn"))
        if other.name != file.name
    }
    return read_together(others, strict=False, refused=lambda _error: None)
