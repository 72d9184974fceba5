"""The drawing: what runs can be seen, and stands somewhere on the canvas."""

import math

from lxml import etree

from service.engine.guard.known import Known
from service.engine.guard.model import Diagram
from service.engine.guard.registry import Remarks, rule, says, warning
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import BPMNDI, DC, DI

_NUMBERS = {
    f"{{{DC}}}Bounds": ("x", "y", "width", "height"),
    f"{{{DI}}}waypoint": ("x", "y"),
}
FARTHEST = 1_000_000


def _drawings(diagram: Diagram) -> list[etree._Element]:
    return list(diagram.root.iterchildren(f"{{{BPMNDI}}}BPMNDiagram"))


@rule({"coordinates": "a place on the canvas that is no number"})
def coordinates(diagram: Diagram, _known: Known) -> Remarks:
    """The order in which ways are tried may depend on the drawing, so it must be readable."""
    for drawing in _drawings(diagram):
        for element in drawing.iter(*_NUMBERS):
            wrong = [name for name in _NUMBERS[element.tag] if not _number(element.get(name))]
            if wrong:
                meant = diagram.one(_drawn(element))
                yield says(
                    "coordinates",
                    element if meant is None else meant,
                    f"heeft in de tekening geen leesbare plaats of maat ({', '.join(wrong)}).",
                    "Verschuif het onderdeel in de editor en bewaar opnieuw.",
                )


def _number(text: str | None) -> bool:
    try:
        value = float(text or "")
    except ValueError:
        return False
    return math.isfinite(value) and abs(value) <= FARTHEST


def _drawn(element: etree._Element) -> str:
    here: etree._Element | None = element
    while here is not None:
        if here.get("bpmnElement"):
            return here.get("bpmnElement", "")
        here = here.getparent()
    return ""


@warning({"not-drawn": "a node or flow of an executable process that is not drawn"})
def not_drawn(diagram: Diagram, _known: Known) -> Remarks:
    """What nobody can see, nobody has agreed to."""
    shown = {
        element.get("bpmnElement")
        for drawing in _drawings(diagram)
        for element in drawing.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge")
    }
    if not shown and diagram.nodes:
        yield says(
            "not-drawn",
            diagram.root,
            "heeft geen tekening; in de editor is niets te zien.",
            "Teken het proces in de editor.",
        )
        return
    for xml in [*(node.xml for node in diagram.nodes), *(flow.xml for flow in diagram.flows)]:
        if xml.get("id") and xml.get("id") not in shown:
            yield says(
                "not-drawn",
                xml,
                "wordt wel uitgevoerd maar is niet getekend.",
                "Teken het onderdeel opnieuw, of verwijder het.",
            )


@warning({"drawn-nothing": "a shape or line for an element that does not exist"})
def drawn_nothing(diagram: Diagram, _known: Known) -> Remarks:
    """A shape without meaning is left over from a deletion."""
    for drawing in _drawings(diagram):
        for element in drawing.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge"):
            key = element.get("bpmnElement", "")
            if diagram.one(key) is None:
                yield says(
                    "drawn-nothing",
                    element,
                    f"tekent {quoted(key)}, maar dat bestaat niet in het proces.",
                    "Verwijder de losse vorm in de editor.",
                )
