"""Names of XML: the namespaces that a diagram may use, and how to read an element's own name."""

from collections.abc import Iterator
from functools import lru_cache
from typing import cast

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"

DRAWING = frozenset({BPMNDI, DC, DI})
"""Where shapes and lines stand on the canvas."""

EDITOR = frozenset(
    {
        "http://camunda.org/schema/modeler/1.0",
        "http://bpmn.io/schema/bpmn/biocolor/1.0",
        "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
    }
)
"""Notes that an editor keeps for itself and colours: they carry no behaviour."""


_SHORT = 200
"""Names that are longer are nobody's; they are not kept."""


def _split(name: str) -> tuple[str, str]:
    own, _, last = name.rpartition("}")
    return own[1:], last


_kept = lru_cache(maxsize=1024)(_split)


def _parts(name: str) -> tuple[str, str]:
    return _kept(name) if len(name) <= _SHORT else _split(name)


def namespace(name: str) -> str:
    """The namespace of ``{namespace}local``; empty when it has none."""
    return _parts(name)[0]


def local(element: etree._Element) -> str:
    """The tag of an element without its namespace."""
    return _parts(element.tag)[1]


def is_bpmn(element: etree._Element, *tags: str) -> bool:
    """Whether the element is in the BPMN namespace and, when given, one of ``tags``."""
    space, last = _parts(element.tag)
    return space == BPMN and (not tags or last in tags)


def elements(parent: etree._Element) -> Iterator[etree._Element]:
    """The child elements, without comments and processing instructions."""
    return parent.iterchildren(tag="*")


def bpmn_children(parent: etree._Element, *tags: str) -> list[etree._Element]:
    """The child elements in the BPMN namespace with one of ``tags``, in document order."""
    return [child for child in elements(parent) if is_bpmn(child, *tags)]


def zeebe_children(parent: etree._Element, *tags: str) -> list[etree._Element]:
    """The extension elements of ``parent`` in the zeebe namespace with one of ``tags``."""
    return [
        child
        for box in bpmn_children(parent, "extensionElements")
        for child in elements(box)
        if namespace(child.tag) == ZEEBE and local(child) in tags
    ]


def zeebe_child(parent: etree._Element, tag: str) -> etree._Element | None:
    """The first such extension element (a second one is a finding of its own)."""
    return next(iter(zeebe_children(parent, tag)), None)


def text_of(element: etree._Element | None) -> str:
    """The stripped text directly inside an element, comments left out."""
    if element is None:
        return ""
    return "".join([element.text or "", *(child.tail or "" for child in element)]).strip()


def line_of(element: etree._Element) -> int | None:
    """The line of the file on which the element begins."""
    return cast("int | None", element.sourceline)
