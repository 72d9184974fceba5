"""The pictures of the diagrams in the handleiding: where they are, and of which diagram."""

import hashlib
from pathlib import Path

ROOT = Path(__file__).parents[3]
PICTURES = ROOT / "docs" / "images" / "processen"


def diagrams() -> list[Path]:
    """Every diagram there is."""
    return sorted((ROOT / "processes").glob("*/*.bpmn"))


def picture_of(diagram: Path) -> Path:
    """Where the picture of a diagram belongs."""
    return PICTURES / f"{diagram.stem}.svg"


def mark_of(diagram: Path) -> str:
    """What a picture says of the diagram that it was drawn from."""
    digest = hashlib.sha256(diagram.read_bytes()).hexdigest()[:16]
    return f"<!-- {diagram.name} {digest} -->"


def is_fresh(diagram: Path) -> bool:
    """Whether the picture is of this diagram as it is now."""
    picture = picture_of(diagram)
    return picture.is_file() and mark_of(diagram) in picture.read_text(encoding="utf-8")
