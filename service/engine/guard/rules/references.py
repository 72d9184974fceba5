"""References inside the file: whatever names another element names one that exists and fits."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from service.engine.guard.known import Known
from service.engine.guard.model import ACTIVITIES, Diagram, Flow, Node
from service.engine.guard.panel import attribute, box, part
from service.engine.guard.registry import Remark, Remarks, rule, says, warning
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import ZEEBE, bpmn_children, is_bpmn, local, text_of


@dataclass(frozen=True, kw_only=True)
class _Reference:
    """An attribute that names another element."""

    attribute: str
    to: tuple[str, ...] = ()
    """Tags that it may name; none means any element."""


_REFERENCES: Mapping[str, tuple[_Reference, ...]] = {
    "participant": (_Reference(attribute="processRef", to=("process",)),),
    "messageFlow": (
        _Reference(attribute="sourceRef"),
        _Reference(attribute="targetRef"),
        _Reference(attribute="messageRef", to=("message",)),
    ),
    "association": (_Reference(attribute="sourceRef"), _Reference(attribute="targetRef")),
    "sendTask": (_Reference(attribute="messageRef", to=("message",)),),
    "receiveTask": (_Reference(attribute="messageRef", to=("message",)),),
    "messageEventDefinition": (_Reference(attribute="messageRef", to=("message",)),),
    "signalEventDefinition": (_Reference(attribute="signalRef", to=("signal",)),),
    "errorEventDefinition": (_Reference(attribute="errorRef", to=("error",)),),
    "escalationEventDefinition": (_Reference(attribute="escalationRef", to=("escalation",)),),
    "dataStoreReference": (_Reference(attribute="dataStoreRef", to=("dataStore",)),),
    "dataObjectReference": (_Reference(attribute="dataObjectRef", to=("dataObject",)),),
    "group": (_Reference(attribute="categoryValueRef", to=("categoryValue",)),),
}


@rule({"dangling-reference": "a reference to an element that does not exist"})
def dangling(diagram: Diagram, _known: Known) -> Remarks:
    """A name that points nowhere hides a step that was lost."""
    for element in diagram.model():
        for reference in _REFERENCES.get(local(element), ()) if is_bpmn(element) else ():
            key = element.get(reference.attribute)
            # A prefixed name ("tns:bericht") is allowed by the standard, but no editor writes it.
            if key is not None and diagram.one(key, *reference.to) is None:
                yield _lost(element, reference.attribute, key)


def _lost(element: etree._Element, name: str, key: str) -> Remark:
    return says(
        "dangling-reference",
        element,
        f"verwijst bij {attribute(element, name)} naar {quoted(key)}; dat bestaat niet in dit "
        "bestand.",
        "Maak daar een nieuwe keuze, of verwijder het onderdeel.",
        at=name,
    )


@rule({"four-eyes-target": "vierOgenMet names no other user task of the process, nor its start"})
def other_eyes(diagram: Diagram, _known: Known) -> Remarks:
    """Whom a task must not be done by follows from who did another task, or began the case."""
    for node in diagram.tagged("userTask"):
        for entry in node.xml.iter(f"{{{ZEEBE}}}property"):
            key = entry.get("value", "").strip()
            if not key:
                continue
            first = diagram.one(key, "userTask", "startEvent")
            if first is None or first is node.xml or _process(first) is not _process(node.xml):
                yield says(
                    "four-eyes-target",
                    node.xml,
                    f"vraagt iemand anders dan wie {quoted(key)} deed; "
                    "dat is geen andere taak of start in dit proces.",
                    f"Kies bij {box('property value')} een taak of start (vierOgenMet).",
                    at="property value",
                )


def _process(element: etree._Element) -> etree._Element | None:
    return next((up for up in element.iterancestors() if is_bpmn(up, "process")), None)


@rule(
    {
        "dangling-flow": "a flow without an existing begin or end",
        "flow-crosses-border": "a flow into or out of a subprocess",
        "flow-into-start": "a flow to a start event or a boundary event",
    }
)
def flow_ends(diagram: Diagram, _known: Known) -> Remarks:
    """A flow joins two nodes of its own scope."""
    for flow in diagram.flows:
        if flow.source is None or flow.target is None:
            yield _loose(flow)
            continue
        if not flow.scope is flow.source.scope is flow.target.scope:
            yield says(
                "flow-crosses-border",
                flow.xml,
                "gaat over de rand van een deelproces of deelnemer heen.",
                "Laat pijlen binnen het deelproces, of gebruik een bericht tussen deelnemers.",
            )
        if flow.target.tag in ("startEvent", "boundaryEvent"):
            yield says(
                "flow-into-start",
                flow.xml,
                f"loopt naar {quoted(flow.target.id)}; daar kan geen pijl aankomen.",
                "Laat de pijl naar een stap of splitsing lopen.",
            )


@warning({"twin-flows": "two flows between the same two elements"})
def twin_flows(diagram: Diagram, _known: Known) -> Remarks:
    """It runs, but on the canvas one arrow hides the other."""
    seen: set[tuple[Node, Node]] = set()
    for flow in diagram.flows:
        if flow.source is None or flow.target is None:
            continue
        if (flow.source, flow.target) in seen:
            yield says(
                "twin-flows",
                flow.xml,
                f"loopt, net als een andere pijl, van {quoted(flow.source.id)} naar "
                f"{quoted(flow.target.id)}; op het scherm vallen ze over elkaar.",
                "Verwijder een van de twee, en zet bij de andere beide voorwaarden, met “or” "
                "ertussen.",
            )
        seen.add((flow.source, flow.target))


def _loose(flow: Flow) -> Remark:
    end = "sourceRef" if flow.source is None else "targetRef"
    key = flow.xml.get(end)
    named = f"{quoted(key)}, en dat bestaat niet" if key else "niets"
    side = "begint bij" if flow.source is None else "eindigt bij"
    return says(
        "dangling-flow",
        flow.xml,
        f"{side} {named}.",
        "Verbind de pijl opnieuw met een stap of verwijder haar.",
    )


@rule({"flow-list-differs": "incoming/outgoing names a flow that does not come or go there"})
def flow_lists(diagram: Diagram, _known: Known) -> Remarks:
    """The list inside a node is spare information; where it differs, tools disagree."""
    for node in diagram.nodes:
        for tag, flows in (("incoming", node.incoming), ("outgoing", node.outgoing)):
            real = {flow.xml.get("id") for flow in flows}
            for listed in bpmn_children(node.xml, tag):
                if text_of(listed) not in real:
                    yield says(
                        "flow-list-differs",
                        listed,
                        f"noemt {quoted(text_of(listed))} bij {part(tag)}, maar die pijl "
                        f"{'komt hier niet aan' if tag == 'incoming' else 'vertrekt hier niet'}.",
                        "Teken de pijl opnieuw in de editor.",
                    )


@rule({"boundary-host": "a boundary event that does not stand on a step of its own scope"})
def boundary_hosts(diagram: Diagram, _known: Known) -> Remarks:
    """A boundary event watches one activity."""
    hosted = {
        id(event) for node in diagram.nodes for event in node.boundaries if _fits(node, event)
    }
    for event in diagram.tagged("boundaryEvent"):
        if id(event) not in hosted:
            yield says(
                "boundary-host",
                event.xml,
                f"staat op {quoted(event.xml.get('attachedToRef', ''))}; dat is geen stap "
                "waar een randgebeurtenis op kan staan.",
                "Zet de randgebeurtenis op een taak, deelproces of aanroep in hetzelfde proces.",
            )


def _fits(host: Node, event: Node) -> bool:
    return host.tag in ACTIVITIES and host.scope is event.scope


@rule(
    {
        "lane-unknown-node": "a lane names a node that does not exist in its process",
        "node-in-two-lanes": "a node in two lanes",
    }
)
def lanes(diagram: Diagram, _known: Known) -> Remarks:
    """A lane says whose step it is: one lane per step."""
    owner: dict[str, etree._Element] = {}
    nodes = {node.id for node in diagram.nodes}
    for lane in (element for element in diagram.model() if is_bpmn(element, "lane")):
        for reference in bpmn_children(lane, "flowNodeRef"):
            key = text_of(reference)
            if key not in nodes:
                yield says(
                    "lane-unknown-node",
                    reference,
                    f"noemt {quoted(key)}; die stap bestaat niet.",
                    "Haal de verwijzing weg: schuif een stap even in en uit de baan.",
                )
            elif key in owner and owner[key] not in lane.iterancestors():
                yield says(
                    "node-in-two-lanes",
                    reference,
                    f"bevat {quoted(key)}, en baan {quoted(owner[key].get('id', ''))} ook.",
                    "Laat de stap in één baan staan.",
                )
            owner[key] = lane
