"""On which line of a TOML file something stands; the parser of Python does not tell."""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

Path = tuple[str | int, ...]
"""Keys and, inside ``[[…]]``, positions: ``("overleggen", 2, "voorzitter")``."""


def lines_of(text: str) -> dict[Path, int]:
    """The line of every table and key of a valid TOML file, counted from 1.

    What stands inside an array or an inline table has the line of its key.
    """
    found: dict[Path, int] = {}
    table: Path = ()
    counts: dict[Path, int] = {}
    for line, statement in statements(text):
        parsed = tomllib.loads(statement)
        if not statement.lstrip().startswith("["):
            for path in _keys(parsed):
                found.setdefault(table + path, line)
            continue
        table = _header(parsed, counts)
        for length in range(1, len(table) + 1):
            found.setdefault(table[:length], line)
    return found


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """The line of what is nearest to ``path``: itself, else the table in which it should be."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1


def statements(text: str) -> Iterator[tuple[int, str]]:
    """Each header and each key with its value, with the line on which it begins."""
    begin, gathered = 1, ""
    for number, line in enumerate(text.split("\n"), start=1):
        gathered += f"{line}\n"
        try:
            parsed = tomllib.loads(gathered)
        except tomllib.TOMLDecodeError:
            continue  # An array or a text that goes on.
        if parsed:
            yield begin, gathered
        begin, gathered = number + 1, ""


def _header(parsed: dict[str, Any], counts: dict[Path, int]) -> Path:
    """The path of ``[a.b]`` or ``[[a.b]]``; a repeated table gets the next position."""
    path: Path = ()
    inside: Any = parsed
    while inside:
        [(key, inside)] = inside.items()
        path += (key,)
        if isinstance(inside, list):
            counts[path] = counts.get(path, -1) + 1
            return (*path, counts[path])
        if path in counts:
            path += (counts[path],)
    return path


def _keys(parsed: Mapping[str, Any]) -> Iterator[Path]:
    """The paths of one statement, ``a.b = 1`` too."""
    for key, value in parsed.items():
        yield (key,)
        if isinstance(value, Mapping):
            yield from ((key, *path) for path in _keys(value))
