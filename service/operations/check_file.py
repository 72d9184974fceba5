"""Checks one diagram, table or form by itself, without publishing anything."""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from service import dmn, engine, forms
from service.domain.errors import InvalidInput, Refused
from service.domain.findings import Finding
from service.domain.xml import read_xml


def check_file(
    content: bytes, *, file: str, beside: Mapping[str, bytes] = MappingProxyType({})
) -> list[Finding]:
    """What is wrong with a file, by the end of its name; a file that cannot be read says so.

    ``beside`` are the decision models that it may import, by name.

    Raises:
        InvalidInput: its name does not end in .bpmn, .dmn or .form.
    """
    kind = PurePosixPath(file).suffix
    if kind not in _CHECKS:
        kinds = ", ".join(_CHECKS)
        raise InvalidInput(
            "Dit soort bestand wordt niet gecontroleerd.",
            fields={"file": [f"De naam eindigt op een van {kinds}."]},
        )
    try:
        return _CHECKS[kind](content, file, beside)
    except Refused as error:
        return list(error.findings)


def _check_diagram(content: bytes, file: str, _beside: Mapping[str, bytes]) -> list[Finding]:
    read_xml(content, file=file)
    return engine.check_bpmn(content, file=file)


def _check_table(content: bytes, file: str, beside: Mapping[str, bytes]) -> list[Finding]:
    return dmn.check_together({**beside, file: content}, only=[file])


def _check_form(content: bytes, file: str, _beside: Mapping[str, bytes]) -> list[Finding]:
    return forms.check_form(content, file=file)


_Check = Callable[[bytes, str, Mapping[str, bytes]], list[Finding]]
_CHECKS: Mapping[str, _Check] = MappingProxyType(
    {".bpmn": _check_diagram, ".dmn": _check_table, ".form": _check_form}
)
