"""``meldroute check``: what would be refused at publication, without a database."""

import json
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import click

from service.cli._findings import print_findings
from service.domain.errors import Unreadable, WrongProfile
from service.domain.findings import Finding, Severity, errors_of
from service.domain.xml import read_xml


def _check_bpmn(content: bytes, file: str) -> list[Finding]:
    read_xml(content, file=file)
    from service.engine import check_bpmn  # noqa: PLC0415  # the engine loads slowly

    return check_bpmn(content, file=file)


def _check_dmn(content: bytes, file: str, given: Iterable[Path]) -> list[Finding]:
    read_xml(content, file=file)
    from service.cli._models import contents_for  # noqa: PLC0415  # only what a file needs
    from service.dmn import check_together  # noqa: PLC0415  # idem

    others = contents_for(Path(file), content, given)
    return check_together({file: content, **others}, only=[file])


def _check_form(content: bytes, file: str) -> list[Finding]:
    try:
        json.loads(content)
    except ValueError as error:
        raise _unreadable(file, "not-json", f"Dit is geen leesbaar JSON: {error}.") from error
    from service.forms import check_form  # noqa: PLC0415  # only what a file needs is loaded

    return check_form(content, file=file)


def _check_profile(content: bytes, file: str) -> list[Finding]:
    from service.domain.profile import read_profile  # noqa: PLC0415  # idem

    try:
        tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _unreadable(file, "not-toml", f"Dit is geen leesbaar TOML: {error}.") from error
    try:
        read_profile(content, file=file)
    except WrongProfile as error:
        return list(error.findings)
    return []


def _check_scenario(content: bytes, file: str) -> list[Finding]:
    from service.operations.scenario.read import check_scenario  # noqa: PLC0415  # idem

    return check_scenario(content, file=file)


def _check_table_tests(content: bytes, file: str) -> list[Finding]:
    """The test rows, played against the table beside them."""
    from service.operations.table_test_file import table_path  # noqa: PLC0415  # idem
    from service.operations.table_tests import table_test_findings  # noqa: PLC0415  # idem

    table = Path(table_path(file))
    beside = {str(path): path.read_bytes() for path in table.parent.glob("*.dmn")}
    return table_test_findings({file: content, **beside})


def _check_toml(content: bytes, file: str) -> list[Finding]:
    """A scenario or test rows beside a diagram, else a profile."""
    check = _BESIDE_DIAGRAM.get(Path(file).parent.name, _check_profile)
    return check(content, file)


_BESIDE_DIAGRAM: Mapping[str, Callable[[bytes, str], list[Finding]]] = MappingProxyType(
    {"scenarios": _check_scenario, "toetsen": _check_table_tests}
)


_CHECKS: Mapping[str, Callable[[bytes, str], list[Finding]]] = MappingProxyType(
    {
        ".bpmn": _check_bpmn,
        ".form": _check_form,
        ".toml": _check_toml,
    }
)
_TABLE = ".dmn"
_SUFFIXES = frozenset({*_CHECKS, _TABLE})


@click.command(name="check")
@click.argument(
    "paths", metavar="BESTAND…", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--json", "machine", is_flag=True, help="Schrijf de bevindingen als JSON.")
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], *, machine: bool) -> None:
    """Controleer diagrammen, tabellen, formulieren, gemeenteprofielen, scenario's en toetsen.

    Een map wordt met alles daaronder gecontroleerd. Afsluitcode 0: geen fouten, 1: fouten,
    2: een bestand is niet te lezen.
    """
    findings: list[Finding] = []
    unreadable = False
    files = list(_files(paths))
    findings += _strays(paths)
    for path in files:
        try:
            findings += _check(path, [other for other in files if other.suffix == _TABLE])
        except Unreadable as error:
            findings += error.findings
            unreadable = True
    print_findings(findings, machine=machine)
    if not findings and not machine:
        click.echo("Geen bevindingen.")
    ctx.exit(2 if unreadable else 1 if errors_of(findings) else 0)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(item for item in path.rglob("*") if item.suffix in _SUFFIXES)
        else:
            yield path


def _strays(paths: Iterable[Path]) -> Iterator[Finding]:
    """Files in a bundle that have no place in it; a folder with ``processes/`` is a bundle."""
    from service.operations.bundle_files import read_folder  # noqa: PLC0415  # idem
    from service.operations.file_kinds import strays  # noqa: PLC0415  # idem

    for folder in paths:
        if (folder / "processes").is_dir():
            for finding in strays(read_folder(folder)):
                yield replace(finding, file=str(folder / finding.file))


def _check(path: Path, tables: Iterable[Path]) -> list[Finding]:
    """What is wrong with a file; a decision model may import any of ``tables``."""
    if path.suffix not in _SUFFIXES:
        raise _unreadable(
            str(path), "unknown-kind", "Dit is geen .bpmn-, .dmn-, .form- of .toml-bestand."
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = f"Het bestand is niet te lezen: {error.strerror}."
        raise _unreadable(str(path), "unreadable", reason) from error
    if path.suffix == _TABLE:
        return _check_dmn(content, str(path), tables)
    return _CHECKS[path.suffix](content, str(path))


def _unreadable(file: str, code: str, reason: str) -> Unreadable:
    finding = _finding(file, code, reason, "Kies een ander bestand.")
    return Unreadable(f"{file}: {reason}", [finding])


def _finding(file: str, code: str, reason: str, way_out: str) -> Finding:
    return Finding(
        file=file,
        element_id=None,
        code=code,
        severity=Severity.ERROR,
        reason=reason,
        way_out=way_out,
    )
