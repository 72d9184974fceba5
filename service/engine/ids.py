"""The ids in a file, without compiling it."""

from service.domain.errors import Unreadable
from service.domain.xml import read_xml
from service.engine.problems import BPMN


def process_ids(content: bytes) -> tuple[str, ...]:
    """The ids of the processes in a file; none of a file that cannot be read."""
    try:
        root = read_xml(content, file="")
    except Unreadable:
        return ()
    return tuple(process.get("id", "") for process in root.iter(f"{BPMN}process"))
