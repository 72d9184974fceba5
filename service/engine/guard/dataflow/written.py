"""The variables of a process, with the step that fills each; for who writes an expression."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from service.domain.by_content import by_content
from service.domain.errors import Unreadable
from service.domain.xml import read_xml
from service.engine.guard.dataflow.writes import given, local_names, writes
from service.engine.guard.known import Known
from service.engine.guard.model import Diagram, understand


@dataclass(frozen=True, kw_only=True)
class Written:
    """A variable, or an entry of one, that a diagram fills."""

    path: str
    """``triage.urgentie``."""
    element_id: str | None
    """The step that fills it; None when the case begins with it."""
    element_name: str
    local: bool = False
    """Whether only the step itself, and what stands in it, can read it."""


def variables_written(content: bytes, *, file: str, known: Known) -> tuple[Written, ...]:
    """What the steps of a file fill, in its order; a step that fills anything names nothing.

    Never raises; a file that cannot be read fills nothing.
    """
    try:
        diagram = understand(read_xml(content, file=file), file=file)
    except Unreadable:
        return ()
    return tuple(dict.fromkeys(_all(diagram, known)))


@by_content
def message_names(content: bytes) -> tuple[str, ...]:
    """The names of the messages in a file; none of a file that cannot be read."""
    try:
        root = read_xml(content, file="")
    except Unreadable:
        return ()
    names = (found.get("name", "") for found in root.iter("{*}message"))
    return tuple(name for name in names if name and not name.startswith("="))


def _all(diagram: Diagram, known: Known) -> Iterator[Written]:
    for scope in diagram.scopes:
        if scope.parent is None:
            for write in given(scope.xml.get("id", ""), known):
                if write.path:
                    yield Written(path=".".join(write.path), element_id=None, element_name="")
    for node in diagram.nodes:
        for write in writes(node, known):
            if write.path:
                yield _written(node.xml, ".".join(write.path))
        for name in sorted(local_names(node)):
            if name:
                yield _written(node.xml, name, local=True)


def _written(element: etree._Element, path: str, *, local: bool = False) -> Written:
    key = element.get("id", "")
    name = " ".join(element.get("name", "").split())
    return Written(path=path, element_id=key, element_name=name or key, local=local)
