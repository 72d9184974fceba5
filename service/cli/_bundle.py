"""Gathers what belongs together on disk: diagrams, the processes they call, and their tables."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from service.domain.errors import NotFound, Unreadable
from service.domain.findings import Finding, Severity
from service.domain.xml import read_xml


@dataclass(frozen=True, kw_only=True)
class Files:
    """The contents of a bundle by file name, and the processes that were asked for."""

    processes: dict[str, bytes] = field(default_factory=dict)
    decisions: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """Ids of the processes in the file or folder itself, without those that they call."""

    def process(self, wanted: str | None) -> str:
        """The process to run.

        Raises:
            NotFound: there is none, or more than one and none is chosen.
        """
        known = ", ".join(self.asked) or "geen"
        if wanted is not None:
            if wanted in self.asked:
                return wanted
            raise NotFound(f"Proces {wanted!r} staat hier niet; wel: {known}.")
        if len(self.asked) == 1:
            return self.asked[0]
        raise NotFound(f"Kies een proces met --process; hier staan: {known}.")


def gather(path: Path) -> Files:
    """A diagram, or all diagrams of a folder, with tables beside them and called processes.

    A called process is looked for in the same folder and in folders beside it.

    Raises:
        Unreadable: a file cannot be read.
    """
    files = Files()
    waiting = sorted(path.rglob("*.bpmn")) if path.is_dir() else [path]
    called: set[str] = set()
    for diagram in waiting:
        root = _add(diagram, files)
        files.asked.extend(_processes(root))
        called.update(_called(root))
    near = _neighbours(path)
    found = set(files.asked)
    while missing := {name for name in called if name not in found and name in near}:
        for name in sorted(missing):
            root = _add(near[name], files)
            found.update(_processes(root))
            called.update(_called(root))
    return files


def _add(diagram: Path, files: Files) -> etree._Element:
    content = _read(diagram)
    root = read_xml(content, file=str(diagram))
    files.processes[_name(diagram, files.processes)] = content
    for table in sorted(diagram.parent.glob("*.dmn")):
        content = _read(table)
        if content not in files.decisions.values():
            files.decisions[_name(table, files.decisions)] = content
    return root


def _name(path: Path, taken: dict[str, bytes]) -> str:
    return path.name if path.name not in taken else f"{path.parent.name}/{path.name}"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        finding = Finding(
            file=str(path),
            element_id=None,
            code="unreadable",
            severity=Severity.ERROR,
            reason=f"Het bestand is niet te lezen: {error.strerror}.",
            way_out="Kies een ander bestand.",
        )
        raise Unreadable(f"{path}: {finding.reason}", [finding]) from error


def _neighbours(path: Path) -> dict[str, Path]:
    """Every process in the same folder and in folders beside it, by id."""
    home = path if path.is_dir() else path.parent
    near: dict[str, Path] = {}
    for folder in (home, *sorted(item for item in home.resolve().parent.iterdir())):
        for diagram in sorted(folder.glob("*.bpmn")) if folder.is_dir() else ():
            for name in _ids_in(diagram):
                near.setdefault(name, diagram)
    return near


def _ids_in(diagram: Path) -> list[str]:
    try:
        return list(_processes(read_xml(_read(diagram), file=str(diagram))))
    except Unreadable:
        return []  # A neighbour that nobody calls need not be sound.


def _processes(root: etree._Element) -> Iterator[str]:
    for element in root.iterfind("{*}process"):
        if (name := element.get("id")) is not None:
            yield name


def _called(root: etree._Element) -> Iterator[str]:
    """The processes that call activities name, in either dialect."""
    for element in root.iterfind(".//{*}callActivity"):
        if (name := element.get("calledElement")) is not None:
            yield name
        for inner in element.iterfind(".//{*}calledElement"):
            if (name := inner.get("processId")) is not None:
                yield name
