"""Which files a draft may hold, told apart by their place in the bundle."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

import orjson

from service import dmn, engine, forms
from service.domain.errors import Unreadable
from service.domain.findings import Finding, Severity
from service.domain.xml import read_xml
from service.operations.bundle_files import PROFILE

_ID = r"[a-z][a-z0-9_]{0,60}"
_PLACES = {
    "diagram": rf"processes/({_ID})/\1\.bpmn",
    "table": rf"processes/{_ID}/{_ID}\.dmn",
    "form": rf"forms/{_ID}/{_ID}\.form",
    "scenario": rf"processes/{_ID}/scenarios/{_ID}\.toml",
    "table_tests": rf"processes/{_ID}/toetsen/{_ID}\.toml",
    "profile": re.escape(PROFILE),
}
MAX_FILE = 2_000_000
"""Bytes."""


def kind_of(path: str) -> str:
    """``diagram``, ``table``, ``form``, ``scenario``, ``table_tests`` or ``profile``.

    Raises:
        Unreadable: no file of a bundle has such a path.
    """
    for kind, place in _PLACES.items():
        if re.fullmatch(place, path):
            return kind
    raise Unreadable(
        f"{path!r} is geen plaats voor een bestand van een bundel. Een diagram heet bijvoorbeeld "
        "processes/triage/triage.bpmn; kleine letters, cijfers en _."
    )


def strays(paths: Iterable[str]) -> Iterator[Finding]:
    """A finding for each file that a bundle has no place for: nothing would ever read it."""
    for path in paths:
        try:
            kind_of(path)
        except Unreadable as error:
            yield Finding(
                file=path,
                element_id=None,
                code="no-place",
                severity=Severity.ERROR,
                reason=str(error),
                way_out="Geef het bestand de goede plaats en naam, of laat het weg.",
            )


def name_of(path: str, content: bytes) -> str:
    """What people call a file; the end of its path when it does not say."""
    names = _NAMED.get(kind_of(path), _unnamed)(content)
    return ", ".join(name for name in names if name) or PurePosixPath(path).name


def _unnamed(_content: bytes) -> Iterable[str]:
    return ()


def _says(content: bytes) -> str:
    """The ``naam`` that a file of settings gives itself."""
    try:
        return str(tomllib.loads(content.decode()).get("naam", ""))
    except (ValueError, RecursionError):
        return ""


def require_readable(path: str, content: bytes) -> None:
    """Raises Unreadable, saying what and where, for what is no file of its kind at all."""
    kind = kind_of(path)
    if len(content) > MAX_FILE:
        raise Unreadable(f"{path} is groter dan {MAX_FILE // 1_000_000} MB; splits het bestand.")
    _READ[kind](content, path)


def _xml(content: bytes, path: str) -> None:
    read_xml(content, file=path)


def _json(content: bytes, path: str) -> None:
    try:
        read = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise Unreadable(
            f"{path} is geen JSON: regel {error.lineno}, teken {error.colno}. "
            "Kijk daar na of een komma, haakje of aanhalingsteken ontbreekt."
        ) from error
    if not isinstance(read, dict):
        raise Unreadable(f"{path} is geen formulier: het begint niet met een accolade.")


def _toml(content: bytes, path: str) -> None:
    try:
        tomllib.loads(content.decode())
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path} is geen tekst in UTF-8, vanaf byte {error.start}.") from error
    except (ValueError, RecursionError) as error:  # No TOML, or a number or nest without end.
        raise Unreadable(f"{path} is geen TOML: {error}.") from error


_Namer = Callable[[bytes], Iterable[str]]
_NAMED: Mapping[str, _Namer] = MappingProxyType(
    {
        "diagram": lambda content: engine.process_names(content).values(),
        "table": lambda content: dmn.decision_names(content).values(),
        "form": lambda content: (forms.title_of(content),),
        "scenario": lambda content: (_says(content),),
        "profile": lambda content: (f"Profiel van {_says(content) or 'de gemeente'}",),
    }
)
_Reader = Callable[[bytes, str], None]
_READ: Mapping[str, _Reader] = MappingProxyType(
    {
        "diagram": _xml,
        "table": _xml,
        "form": _json,
        "scenario": _toml,
        "table_tests": _toml,
        "profile": _toml,
    }
)
