"""The ids in a file, without compiling it."""

from collections.abc import Iterable

from lxml import etree

from service.domain.by_content import by_content
from service.domain.errors import Unreadable
from service.domain.xml import read_xml
from service.engine.problems import BPMN


@by_content
def process_ids(content: bytes) -> tuple[str, ...]:
    """The ids of the processes in a file; none of a file that cannot be read."""
    return tuple(process.get("id", "") for process in _processes(content))


def process_names(content: bytes) -> dict[str, str]:
    """What the processes in a file are called, by id; none of a file that cannot be read."""
    return {process.get("id", ""): process.get("name", "") for process in _processes(content)}


def _processes(content: bytes) -> Iterable[etree._Element]:
    try:
        root = read_xml(content, file="")
    except Unreadable:
        return ()
    return root.iter(f"{BPMN}process")
