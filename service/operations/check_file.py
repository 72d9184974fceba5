"""Checks one diagram, table or form by itself, without publishing anything."""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from service import dmn, engine, forms
from service.domain.errors import InvalidInput, Refused
from service.domain.findings import Finding
from service.domain.xml import read_xml


def check_file(content: bytes, *, file: str) -> list[Finding]:
    """What is wrong with a file, by the end of its name; a file that cannot be read says so.

    Raises:
        InvalidInput: its name does not end in .bpmn, .dmn or .form.
    """
    check = _CHECKS.get(PurePosixPath(file).suffix)
    if check is None:
        kinds = ", ".join(_CHECKS)
        raise InvalidInput(
            "Dit soort bestand wordt niet gecontroleerd.",
            fields={"file": [f"De naam eindigt op een van {kinds}."]},
        )
    try:
        return check(content, file)
    except Refused as error:
        return list(error.findings)


def _check_diagram(content: bytes, file: str) -> list[Finding]:
    read_xml(content, file=file)
    return engine.check_bpmn(content, file=file)


def _check_table(content: bytes, file: str) -> list[Finding]:
    return dmn.check_dmn(content, file=file)


def _check_form(content: bytes, file: str) -> list[Finding]:
    return forms.check_form(content, file=file)


_CHECKS: Mapping[str, Callable[[bytes, str], list[Finding]]] = MappingProxyType(
    {".bpmn": _check_diagram, ".dmn": _check_table, ".form": _check_form}
)
