"""The file with test rows of a decision table: what goes in, and what should come out.

``processes/<process>/toetsen/<table>.toml``; each value is FEEL, written as in a cell::

    [[toets]]
    naam = "Acuut gevaar gaat voor alles"
    beslissing = "urgentie"                            # only where the file has more than one
    invoer = { "signaal.acuut_gevaar" = '"ja"' }
    verwacht = '"acuut"'
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final

from service.domain.errors import Refused, Unreadable
from service.domain.findings import Finding, Severity

FOLDER: Final = "toetsen"
MOST_ROWS: Final = 500
_HEAD = re.compile(r"^\s*\[\[\s*toets\s*\]\]", re.MULTILINE)
_KEYS: Final = ("naam", "beslissing", "invoer", "verwacht")
_REQUIRED: Final = frozenset({"naam", "verwacht"})
_WAY_OUT: Final = "Verbeter deze regel in het bestand met toetsen."


@dataclass(frozen=True, kw_only=True)
class TableTest:
    """One test row."""

    name: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    """FEEL by the path of what the table reads; what is not there is null."""
    expected: str
    """FEEL."""
    decision: str = ""
    """Id of the decision; "" for the only one, or the one that is called like the file."""
    line: int | None = None


def path_of_tests(table: str) -> str:
    """Where the test rows of ``processes/<process>/<table>.dmn`` are kept."""
    path = PurePosixPath(table)
    return str(path.parent / FOLDER / f"{path.stem}.toml")


def table_path(tests: str) -> str:
    """The table of which these are the test rows."""
    path = PurePosixPath(tests)
    return str(path.parent.parent / f"{path.stem}.dmn")


def read_table_tests(content: bytes, *, file: str) -> tuple[TableTest, ...]:
    """The test rows, in their order.

    Raises:
        Unreadable: no TOML.
        Refused: with everything that is wrong, by line.
    """
    try:
        text = content.decode()
        raw = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = f"Dit is geen leesbaar TOML: {error}."
        raise Unreadable(f"{file}: {reason}", [_finding(file, "not-toml", reason, None)]) from error
    lines = _Lines(text)
    wrong = [_finding(file, "wrong-test", reason, line) for reason, line in _problems(raw, lines)]
    if wrong:
        raise Refused(f"{file}: {wrong[0].reason}", wrong)
    return tuple(
        TableTest(
            name=row["naam"],
            inputs=row.get("invoer", {}),
            expected=row["verwacht"],
            decision=row.get("beslissing", ""),
            line=lines.of(number),
        )
        for number, row in enumerate(raw.get("toets", ()))
    )


def write_table_tests(tests: Iterable[TableTest]) -> bytes:
    """The file with these rows."""
    return "\n".join(_written(test) for test in tests).encode()


class _Lines:
    """Where each row and each of its keys stands."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._heads = [text.count("\n", 0, match.end()) + 1 for match in _HEAD.finditer(text)]

    def of(self, number: int, key: str = "") -> int | None:
        """The line of a key of a row, or of the row itself; None when that cannot be told."""
        if number >= len(self._heads):
            return None
        start = self._heads[number]
        later = self._heads[number + 1] - 1 if number + 1 < len(self._heads) else None
        for offset, line in enumerate(self._lines[start:later]):
            if key and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*[=.]""", line):
                return start + offset + 1
        return start

    def at(self, key: str) -> int | None:
        """The first line that has this key."""
        pattern = re.compile(rf"""\s*\[*["']?{re.escape(key)}\b""")
        found = (number for number, line in enumerate(self._lines, 1) if pattern.match(line))
        return next(found, None)


def _problems(raw: Mapping[str, Any], lines: _Lines) -> Iterator[tuple[str, int | None]]:
    for key in sorted(set(raw) - {"toets"}):
        yield f"{key!r} bestaat hier niet; alleen [[toets]] kan hier staan.", lines.at(key)
    rows = raw.get("toets", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        yield "Schrijf elke toets onder een eigen [[toets]].", lines.at("toets")
        return
    if len(rows) > MOST_ROWS:
        yield f"Er zijn meer dan {MOST_ROWS} toetsen.", lines.of(MOST_ROWS)
        return
    for number, row in enumerate(rows):
        for reason, key in _row_problems(row):
            yield f"Toets {number + 1}: {reason}", lines.of(number, key)


def _row_problems(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in sorted(set(row) - set(_KEYS)):
        yield f"{key!r} bestaat hier niet; wel: {', '.join(_KEYS)}.", key
    for key in _KEYS:
        value = row.get(key)
        if value is None:
            if key in _REQUIRED:
                yield f"{key!r} ontbreekt.", ""
        elif key == "invoer":
            if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
                yield 'invoer is geen tabel met teksten: { "pad" = \'"waarde"\' }.', key
        elif not isinstance(value, str) or not value.strip():
            yield f"{key!r} is geen tekst, of leeg.", key


def _finding(file: str, code: str, reason: str, line: int | None) -> Finding:
    return Finding(
        file=file,
        element_id=None,
        code=code,
        severity=Severity.ERROR,
        reason=reason,
        way_out=_WAY_OUT,
        line=line,
    )


def _written(test: TableTest) -> str:
    inputs = ", ".join(f"{_text(path)} = {_text(value)}" for path, value in test.inputs.items())
    lines = ["[[toets]]", f"naam = {_text(test.name)}"]
    if test.decision:
        lines.append(f"beslissing = {_text(test.decision)}")
    if inputs:
        lines.append(f"invoer = {{ {inputs} }}")
    return "\n".join([*lines, f"verwacht = {_text(test.expected)}", ""])


def _text(value: str) -> str:
    """A TOML string: as it is where that can be, so that FEEL stays easy to read."""
    if "'" in value or not value.isprintable():
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"'{value}'" if '"' in value or "\\" in value else f'"{value}"'
