"""What changed between two versions of a bundle, file by file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal

from service.domain.errors import Unreadable
from service.operations.bundle_files import Files
from service.operations.comparing.around import Around
from service.operations.comparing.diagram_words import tell_diagram
from service.operations.comparing.form_words import tell_form
from service.operations.comparing.kinds import KINDS
from service.operations.comparing.table_words import tell_table
from service.operations.comparing.telling import Line, Telling
from service.operations.comparing.toml_words import tell_toml
from service.operations.comparing.whole import whole
from service.operations.file_kinds import kind_of, name_of

Mark = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True, kw_only=True)
class FileChange:
    """What changed in one file."""

    path: str
    kind: str
    """As ``file_kinds.kind_of`` names it."""
    name: str
    """What people call the file."""
    what: Literal["new", "changed", "gone"]
    lines: tuple[Line, ...]
    marks: Mapping[str, str] = field(default_factory=dict)
    """``added``, ``removed``, ``changed`` or ``moved``, by the id of an element."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """What changed, in words; never empty."""
        return tuple(line.text for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What changed between two bundles."""

    files: tuple[FileChange, ...]
    """Those that changed, by kind and name."""


def compare(before: Files, after: Files) -> Comparison:
    """What changed, so that nothing goes unmentioned."""
    around = (Around(files=before), Around(files=after))
    found = (
        _file(path, before.get(path), after.get(path), around)
        for path in sorted({*before, *after})
        if before.get(path) != after.get(path)
    )
    order = [*KINDS]
    return Comparison(
        files=tuple(sorted(found, key=lambda one: (order.index(one.kind), one.name.casefold())))
    )


def _file(
    path: str, before: bytes | None, after: bytes | None, around: tuple[Around, Around]
) -> FileChange:
    kind = _kind(path)
    if before is None or after is None:
        body, new = after or before or b"", before is None
        name = _name(path, body)
        return FileChange(
            path=path,
            kind=kind,
            name=name,
            what="new" if new else "gone",
            lines=(Line(text=whole(path, kind, name, body, new=new)),),
        )
    try:
        telling = _told(path, kind, before, after, around)
    except Unreadable as error:
        lines = [Line(text="Dit bestand is gewijzigd, en niet te lezen."), Line(text=str(error))]
        marks: Mapping[str, str] = {}
    else:
        lines, marks = telling.lines, telling.marks
    lines = lines or [Line(text="Alleen anders opgeschreven; wat dit bestand doet, is hetzelfde.")]
    return FileChange(
        path=path,
        kind=kind,
        name=_name(path, after),
        what="changed",
        lines=tuple(lines),
        marks=marks,
    )


def _kind(path: str) -> str:
    """What a file is; one in no place of a bundle, published from a folder, by its ending."""
    try:
        return kind_of(path)
    except Unreadable:
        return _ENDINGS.get(PurePosixPath(path).suffix, "scenario")


def _name(path: str, content: bytes) -> str:
    try:
        return name_of(path, content)
    except Unreadable:
        return PurePosixPath(path).name


def _told(
    path: str, name: str, before: bytes, after: bytes, around: tuple[Around, Around]
) -> Telling:
    kind = KINDS[name]
    old = kind.read(before, file=path)
    telling = Telling(kind=kind, before=old, after=kind.read(after, file=path, like=old))
    match name:
        case "diagram":
            tell_diagram(telling, *around)
        case "table":
            tell_table(telling)
        case "form":
            tell_form(telling, *around)
        case _:
            tell_toml(telling, *around)
    return telling


_ENDINGS: Mapping[str, str] = {".bpmn": "diagram", ".dmn": "table", ".form": "form"}
