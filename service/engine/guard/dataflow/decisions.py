"""What the decision tables of one file read, for the steps that ask them."""

from collections.abc import Iterator, Mapping

from lxml import etree

from service.domain.by_content import by_content
from service.domain.errors import Unreadable
from service.domain.xml import read_xml
from service.engine.guard.dataflow.reads import paths_of
from service.engine.guard.xmlnames import elements, local, text_of

_DMN = "omg.org/spec/DMN/"
_NAMED = frozenset(
    {"decision", "inputData", "businessKnowledgeModel", "decisionService", "import", "variable"}
)


@by_content
def inputs_of_decisions(content: bytes, *, file: str) -> Mapping[str, frozenset[str]]:
    """The paths that the input columns of each decision read; for ``Known.decision_inputs``.

    Without what another decision, input or function of the file, or an imported model, gives it.
    Never raises; a file that cannot be read decides nothing.
    """
    try:
        root = read_xml(content, file=file)
    except Unreadable:
        return {}
    if _DMN not in root.tag:
        return {}
    own = {name for element in root.iter("*") for name in _named(element)}
    if any(local(element) == "import" and not element.get("name") for element in root):
        return {}  # What it imports has its own names here, which this file does not tell.
    return {
        decision.get("id", ""): frozenset(".".join(path) for path in _reads(decision, own))
        for decision in elements(root)
        if local(decision) == "decision"
    }


def _named(element: etree._Element) -> Iterator[str]:
    """What a part of the file is called by others."""
    if local(element) in _NAMED:
        yield element.get("name", "")


def _reads(decision: etree._Element, own: set[str]) -> Iterator[tuple[str, ...]]:
    for table in elements(decision):
        for column in elements(table) if local(table) == "decisionTable" else ():
            for expression in elements(column) if local(column) == "input" else ():
                for text in elements(expression):
                    if local(expression) == "inputExpression" and local(text) == "text":
                        yield from (path for path in paths_of(text_of(text)) if path[0] not in own)
