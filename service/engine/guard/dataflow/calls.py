"""What calls in one file hand to the processes that they call."""

from collections.abc import Mapping

from service.domain.by_content import by_content
from service.domain.errors import Unreadable
from service.domain.xml import read_xml
from service.engine.guard.dataflow.writes import local_names
from service.engine.guard.model import Diagram, understand
from service.engine.guard.xmlnames import bpmn_children, zeebe_child


@by_content
def inputs_by_calls(content: bytes, *, file: str) -> Mapping[str, frozenset[str] | None]:
    """The variables that calls in this file hand on, by called process; for ``Known.inputs``.

    None for a process that some call hands everything it has. Never raises; a file that cannot
    be read calls nothing.
    """
    try:
        diagram = understand(read_xml(content, file=file), file=file)
    except Unreadable:
        return {}
    return _handed_on(diagram)


def _handed_on(diagram: Diagram) -> dict[str, frozenset[str] | None]:
    found: dict[str, frozenset[str] | None] = {}
    for node in diagram.tagged("callActivity"):
        called = zeebe_child(node.xml, "calledElement")
        key = "" if called is None else called.get("processId", "")
        everything = called is None or called.get("propagateAllParentVariables") != "false"
        before = found.get(key, frozenset())
        loops = bool(bpmn_children(node.xml, "multiInstanceLoopCharacteristics"))
        names = local_names(node) - (set() if loops else {"loopCounter"})
        found[key] = None if everything or before is None else before | names
    return found
