"""Reads the elements of a BPMN file with their ``zeebe:`` extensions."""

import re
from collections.abc import Iterator
from types import MappingProxyType

from lxml import etree

from service.engine.elements import (
    Assignment,
    Call,
    Drawing,
    Element,
    Flow,
    Job,
    Loop,
    Outcome,
    Repeat,
    Work,
)
from service.engine.event_reading import EventReader
from service.engine.expressions import Formula, constant_text, feel, formula
from service.engine.problems import BPMN, ZEEBE, extension, line_of
from service.engine.scope import RESERVED

_NAME = re.compile(r"[^\W\d]\w*")
NODES = frozenset(
    {
        "task",
        "userTask",
        "sendTask",
        "receiveTask",
        "manualTask",
        "scriptTask",
        "serviceTask",
        "businessRuleTask",
        "callActivity",
        "subProcess",
        "transaction",
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "eventBasedGateway",
        "startEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
        "endEvent",
    }
)
"""The nodes that this engine runs."""


def _objects(node: etree._Element) -> Iterator[str]:
    """The names of the data objects drawn inside a subprocess that expressions can read."""
    names = {
        found.get("dataObjectRef"): found.get("name")
        for found in node.iterchildren(f"{BPMN}dataObjectReference")
    }
    for found in node.iterchildren(f"{BPMN}dataObject"):
        name = found.get("name") or names.get(found.get("id")) or ""
        if _NAME.fullmatch(name) and name != RESERVED:
            yield name


def _interrupts(node: etree._Element) -> bool:
    """Whether a boundary event, or the start of an event subprocess, ends what it watches."""
    said = node.get("cancelActivity") or node.get("isInterrupting", "true")
    return said not in ("false", "0")


def _properties(node: etree._Element) -> dict[str, str]:
    box = extension(node, "properties")
    found = () if box is None else box.iterchildren(f"{ZEEBE}property")
    return {entry.get("name", ""): entry.get("value", "") for entry in found}


class Reader(EventReader):
    """Reads one file; what is wrong ends up in ``findings``."""

    def __init__(self, root: etree._Element, file: str) -> None:
        """Reads everything at once into ``drawing``."""
        super().__init__(root, file)
        self._lanes = dict(_lanes(root))
        elements, flows = {}, {}
        for process in root.iter(f"{BPMN}process"):
            process_id = process.get("id", "")
            for node in process.iter(f"{BPMN}*"):
                tag, node_id = etree.QName(node).localname, node.get("id", "")
                if tag in NODES:
                    elements[node_id] = self._element(node, tag, process_id)
                elif tag == "sequenceFlow":
                    flows[node_id] = self._flow(node)
        handlers = {
            line.get("sourceRef", ""): line.get("targetRef", "")
            for line in root.iter(f"{BPMN}association")
            if line.get("targetRef") in elements and elements[line.get("targetRef", "")].undoes
        }
        self.drawing = Drawing(elements=elements, flows=flows, handlers=handlers)

    def _element(self, node: etree._Element, tag: str, process_id: str) -> Element:
        node_id = node.get("id", "")
        return Element(
            id=node_id,
            name=node.get("name") or "",
            type=tag,
            process_id=process_id,
            lane=self._lane_of(node),
            line=line_of(node),
            default=node.get("default"),
            event=self.event(node),
            interrupting=_interrupts(node),
            inputs=self._mappings(node, "input"),
            outputs=self._mappings(node, "output"),
            loop=self._loop(node),
            call=self._call(node) if tag == "callActivity" else None,
            work=self._work(node) if tag == "userTask" else None,
            job=self._job(node),
            outcome=self._outcome(node, tag),
            instantiates=node.get("instantiate") == "true",
            undoes=node.get("isForCompensation") == "true",
            objects=tuple(_objects(node)),
        )

    def _lane_of(self, node: etree._Element) -> str | None:
        here: etree._Element | None = node
        while here is not None:
            if (lane := self._lanes.get(here.get("id", ""))) is not None:
                return lane
            here = here.getparent()
        return None

    def _flow(self, node: etree._Element) -> Flow:
        condition = node.find(f"{BPMN}conditionExpression")
        text = None if condition is None else (condition.text or "").strip()
        return Flow(
            id=node.get("id", ""),
            name=node.get("name") or "",
            source=node.get("sourceRef", ""),
            target=node.get("targetRef", ""),
            condition=self.attempt(node, feel, text) if text else None,
        )

    def _mappings(self, node: etree._Element, kind: str) -> tuple[Assignment, ...]:
        mapping = extension(node, "ioMapping")
        found = []
        for xml in () if mapping is None else mapping.iterchildren(f"{ZEEBE}{kind}"):
            source = self.attempt(node, formula, xml.get("source", ""))
            if source is not None and xml.get("target"):
                found.append(Assignment(source=source, target=xml.get("target", "")))
        return tuple(found)

    def _loop(self, node: etree._Element) -> Loop | Repeat | None:
        repeat = node.find(f"{BPMN}standardLoopCharacteristics")
        if repeat is not None:
            most = repeat.get("loopMaximum", "")
            return Repeat(
                before=repeat.get("testBefore") == "true",
                most=int(most) if most.isdecimal() else None,
                condition=self._inside(node, repeat, "loopCondition"),
            )
        xml = node.find(f"{BPMN}multiInstanceLoopCharacteristics")
        if xml is None:
            return None
        zeebe = extension(xml, "loopCharacteristics")
        items = self.optional(node, zeebe, "inputCollection")
        count = self._inside(node, xml, "loopCardinality")
        if items is None and count is None:
            self.refuse(node, "loop-without-items", "herhaalt, maar zegt niet waarover.")
        return Loop(
            sequential=xml.get("isSequential") == "true",
            items=items,
            count=count,
            item=None if zeebe is None else zeebe.get("inputElement"),
            results=None if zeebe is None else zeebe.get("outputCollection"),
            result=self.optional(node, zeebe, "outputElement"),
            enough=self._inside(node, xml, "completionCondition"),
        )

    def _inside(self, node: etree._Element, xml: etree._Element, tag: str) -> Formula | None:
        """The FEEL in a child element."""
        text = (xml.findtext(f"{BPMN}{tag}") or "").strip()
        return self.attempt(node, feel, text) if text else None

    def _call(self, node: etree._Element) -> Call | None:
        zeebe = extension(node, "calledElement")
        called = node.get("calledElement") if zeebe is None else zeebe.get("processId")
        if not called:
            self.refuse(node, "nothing-called", "roept geen proces aan.")
            return None
        return Call(
            process_id=self.attempt(node, constant_text, called) or "",
            copy_in=zeebe is None or zeebe.get("propagateAllParentVariables") != "false",
            copy_out=zeebe is None or zeebe.get("propagateAllChildVariables") != "false",
        )

    def _work(self, node: etree._Element) -> Work:
        form, who, when = (
            extension(node, tag)
            for tag in ("formDefinition", "assignmentDefinition", "taskSchedule")
        )
        return Work(
            form_id=None if form is None else form.get("formId"),
            groups=self.optional(node, who, "candidateGroups"),
            assignee=self.optional(node, who, "assignee"),
            due=self.optional(node, when, "dueDate"),
            properties=MappingProxyType(_properties(node)),
        )

    def _job(self, node: etree._Element) -> Job | None:
        xml = extension(node, "taskDefinition")
        kind = self.optional(node, xml, "type")
        if xml is None or kind is None:
            return None
        retries = xml.get("retries", "3")
        return Job(type=kind, retries=int(retries) if retries.isdecimal() else 3)

    def _outcome(self, node: etree._Element, tag: str) -> Outcome | None:
        script, decision = extension(node, "script"), extension(node, "calledDecision")
        if tag == "scriptTask" and script is not None:
            return Outcome(
                variable=script.get("resultVariable", ""),
                script=self.attempt(node, feel, script.get("expression", "")),
            )
        if tag == "businessRuleTask" and decision is not None:
            return Outcome(
                variable=decision.get("resultVariable", ""), decision=decision.get("decisionId")
            )
        return None


def _lanes(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Each node's innermost lane: an inner lane comes later in the document than its outer."""
    for lane in root.iter(f"{BPMN}lane"):
        for reference in lane.iterchildren(f"{BPMN}flowNodeRef"):
            yield (reference.text or "").strip(), lane.get("id", "")
