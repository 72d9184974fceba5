"""Finds the files that the front-end build made: hashed names, looked up by plain ones."""

import json
import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"
_DIST = "dist"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Asset:
    """What one entry of the build needs, as paths below the static folder."""

    js: str | None = None
    css: str | None = None
    preload: tuple[str, ...] = ()
    """Scripts that ``js`` imports, worth fetching at once."""


def asset(name: str) -> Asset:
    """The built files of an entry (``base``, ``case-diagram``).

    Without a build every entry is empty: pages stay usable, only unstyled.
    """
    return manifest(STATIC).get(name, Asset())


@lru_cache
def manifest(static: Path) -> dict[str, Asset]:
    """Every entry by name, read once for the life of the process."""
    try:
        raw = json.loads((static / _DIST / "manifest.json").read_bytes())
    except FileNotFoundError:
        _log.warning("De voorkant is niet gebouwd; draai 'pip install -e .' met Node.js of 'make'.")
        return {}
    return {name: _entry(files) for name, files in raw.items()}


def _entry(files: dict[str, object]) -> Asset:
    js, css, preload = files.get("js"), files.get("css"), files.get("preload")
    return Asset(
        js=f"{_DIST}/{js}" if js else None,
        css=f"{_DIST}/{css}" if css else None,
        preload=tuple(f"{_DIST}/{file}" for file in preload) if isinstance(preload, list) else (),
    )
