"""Reads the elements of a BPMN file with their ``zeebe:`` extensions."""

from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import TypeVar, cast

from lxml import etree

from service.domain.errors import ExpressionError, InvalidInput
from service.domain.findings import Finding, Severity
from service.domain.working_days import AMSTERDAM
from service.engine import moments
from service.engine.elements import (
    Assignment,
    Call,
    Drawing,
    Element,
    EventDefinition,
    Flow,
    Job,
    Loop,
    Message,
    Outcome,
    Signal,
    Terminate,
    Thrown,
    Timer,
    Work,
)
from service.engine.expressions import Formula, constant_text, feel, formula

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
NODES = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "scriptTask",
        "serviceTask",
        "businessRuleTask",
        "callActivity",
        "subProcess",
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
_TIMES = {"timeDate": "date", "timeDuration": "duration", "timeCycle": "cycle"}
_CHECKS = {
    "date": lambda text: moments.read_moment(text, AMSTERDAM),
    "duration": moments.read_span,
    "cycle": lambda text: moments.read_cycle(text, AMSTERDAM),
}
_T = TypeVar("_T")


def _properties(node: etree._Element) -> dict[str, str]:
    box = _extension(node, "properties")
    found = () if box is None else box.iterchildren(f"{ZEEBE}property")
    return {entry.get("name", ""): entry.get("value", "") for entry in found}


def line_of(node: etree._Element) -> int | None:
    """Where it stands in the file."""
    return cast("int | None", node.sourceline)


def finding(
    file: str, node: etree._Element | None, code: str, reason: str, way_out: str
) -> Finding:
    """An error about one element."""
    return Finding(
        file=file,
        element_id=None if node is None else node.get("id"),
        code=code,
        severity=Severity.ERROR,
        reason=reason,
        way_out=way_out,
        line=None if node is None else line_of(node),
    )


class Reader:
    """Reads one file; what is wrong ends up in ``findings``."""

    def __init__(self, root: etree._Element, file: str) -> None:
        """Reads everything at once into ``drawing``."""
        self.file = file
        self.findings: list[Finding] = []
        self._ids = {node.get("id"): node for node in root.iter(f"{BPMN}*") if node.get("id")}
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
        self.drawing = Drawing(elements=elements, flows=flows)

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
            event=self._event(node),
            interrupting=node.get("cancelActivity", "true") not in ("false", "0"),
            inputs=self._mappings(node, "input"),
            outputs=self._mappings(node, "output"),
            loop=self._loop(node),
            call=self._call(node) if tag == "callActivity" else None,
            work=self._work(node) if tag == "userTask" else None,
            job=self._job(node),
            outcome=self._outcome(node, tag),
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
            condition=self._try(node, feel, text) if text else None,
        )

    def _event(self, node: etree._Element) -> EventDefinition | None:
        found = [child for child in node if str(child.tag).endswith("EventDefinition")]
        if len(found) > 1:
            self._refuse(node, "several-definitions", "heeft meer dan één gebeurtenis.")
        return self._definition(node, found[0]) if found else None

    def _definition(self, node: etree._Element, xml: etree._Element) -> EventDefinition | None:
        tag = etree.QName(xml).localname
        match tag:
            case "timerEventDefinition":
                return self._timer(node, xml)
            case "messageEventDefinition":
                return self._message(node, xml)
            case "errorEventDefinition":
                return Thrown(kind="error", code=self._code(node, xml, "error"))
            case "escalationEventDefinition":
                return Thrown(kind="escalation", code=self._code(node, xml, "escalation"))
            case "signalEventDefinition":
                signal = self._referred(node, xml, "signalRef")
                return None if signal is None else Signal(name=signal.get("name", ""))
            case "terminateEventDefinition":
                return Terminate()
        self._refuse(node, "unsupported-event", f"gebruikt {tag}, dat deze motor niet uitvoert.")
        return None

    def _timer(self, node: etree._Element, xml: etree._Element) -> Timer | None:
        for tag, kind in _TIMES.items():
            text = (xml.findtext(f"{BPMN}{tag}") or "").strip()
            if not text:
                continue
            when = self._try(node, formula, text)
            if when is None:
                return None
            if when.expression is None:
                self._try(node, _CHECKS[kind], text)
            return Timer(kind=kind, when=when)  # type: ignore[arg-type]
        self._refuse(node, "timer-without-time", "heeft een timer zonder tijd.")
        return None

    def _message(self, node: etree._Element, xml: etree._Element) -> Message | None:
        message = self._referred(node, xml, "messageRef")
        if message is None:
            return None
        name = self._try(node, formula, message.get("name", ""))
        subscription = _extension(message, "subscription")
        key = None if subscription is None else subscription.get("correlationKey")
        if name is None:
            return None
        return Message(name=name, key=self._try(node, formula, key) if key else None)

    def _code(self, node: etree._Element, xml: etree._Element, kind: str) -> str | None:
        if not xml.get(f"{kind}Ref"):
            return None
        thrown = self._referred(node, xml, f"{kind}Ref")
        return None if thrown is None else thrown.get(f"{kind}Code")

    def _referred(
        self, node: etree._Element, xml: etree._Element, attribute: str
    ) -> etree._Element | None:
        found = self._ids.get(xml.get(attribute, ""))
        if found is None:
            self._refuse(node, "missing-reference", f"verwijst met {attribute} naar niets.")
        return found

    def _mappings(self, node: etree._Element, kind: str) -> tuple[Assignment, ...]:
        mapping = _extension(node, "ioMapping")
        found = []
        for xml in () if mapping is None else mapping.iterchildren(f"{ZEEBE}{kind}"):
            source = self._try(node, formula, xml.get("source", ""))
            if source is not None and xml.get("target"):
                found.append(Assignment(source=source, target=xml.get("target", "")))
        return tuple(found)

    def _loop(self, node: etree._Element) -> Loop | None:
        if node.find(f"{BPMN}standardLoopCharacteristics") is not None:
            self._refuse(node, "standard-loop", "heeft een lus-markering.")
        xml = node.find(f"{BPMN}multiInstanceLoopCharacteristics")
        zeebe = None if xml is None else _extension(xml, "loopCharacteristics")
        items = None if zeebe is None else self._optional(node, zeebe, "inputCollection")
        if xml is None or zeebe is None or items is None:
            if xml is not None:
                self._refuse(node, "loop-without-items", "herhaalt, maar zegt niet waarover.")
            return None
        enough = (xml.findtext(f"{BPMN}completionCondition") or "").strip()
        return Loop(
            sequential=xml.get("isSequential") == "true",
            items=items,
            item=zeebe.get("inputElement"),
            results=zeebe.get("outputCollection"),
            result=self._optional(node, zeebe, "outputElement"),
            enough=self._try(node, feel, enough) if enough else None,
        )

    def _call(self, node: etree._Element) -> Call | None:
        zeebe = _extension(node, "calledElement")
        called = node.get("calledElement") if zeebe is None else zeebe.get("processId")
        if not called:
            self._refuse(node, "nothing-called", "roept geen proces aan.")
            return None
        return Call(
            process_id=self._try(node, constant_text, called) or "",
            copy_in=zeebe is None or zeebe.get("propagateAllParentVariables") != "false",
            copy_out=zeebe is None or zeebe.get("propagateAllChildVariables") != "false",
        )

    def _work(self, node: etree._Element) -> Work:
        form, who, when = (
            _extension(node, tag)
            for tag in ("formDefinition", "assignmentDefinition", "taskSchedule")
        )
        return Work(
            form_id=None if form is None else form.get("formId"),
            groups=self._optional(node, who, "candidateGroups"),
            assignee=self._optional(node, who, "assignee"),
            due=self._optional(node, when, "dueDate"),
            properties=MappingProxyType(_properties(node)),
        )

    def _job(self, node: etree._Element) -> Job | None:
        xml = _extension(node, "taskDefinition")
        kind = self._optional(node, xml, "type")
        if xml is None or kind is None:
            return None
        retries = xml.get("retries", "3")
        return Job(type=kind, retries=int(retries) if retries.isdecimal() else 3)

    def _outcome(self, node: etree._Element, tag: str) -> Outcome | None:
        script, decision = _extension(node, "script"), _extension(node, "calledDecision")
        if tag == "scriptTask" and script is not None:
            return Outcome(
                variable=script.get("resultVariable", ""),
                script=self._try(node, feel, script.get("expression", "")),
            )
        if tag == "businessRuleTask" and decision is not None:
            return Outcome(
                variable=decision.get("resultVariable", ""), decision=decision.get("decisionId")
            )
        return None

    def _optional(
        self, node: etree._Element, xml: etree._Element | None, attribute: str
    ) -> Formula | None:
        text = None if xml is None else xml.get(attribute)
        return self._try(node, formula, text) if text else None

    def _try(self, node: etree._Element, make: Callable[[str], _T], text: str) -> _T | None:
        try:
            return make(text)
        except (ExpressionError, InvalidInput) as error:
            way_out = "Verbeter de expressie in het eigenschappenpaneel."
            self.findings.append(finding(self.file, node, "expression", str(error), way_out))
            return None

    def _refuse(self, node: etree._Element, code: str, reason: str) -> None:
        text = f"{node.get('name') or node.get('id')} {reason}"
        way_out = "Teken deze stap anders; de controle van het diagram zegt hoe."
        self.findings.append(finding(self.file, node, code, text, way_out))


def _extension(node: etree._Element, tag: str) -> etree._Element | None:
    return node.find(f"{BPMN}extensionElements/{ZEEBE}{tag}")


def _lanes(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Each node's innermost lane: an inner lane comes later in the document than its outer."""
    for lane in root.iter(f"{BPMN}lane"):
        for reference in lane.iterchildren(f"{BPMN}flowNodeRef"):
            yield (reference.text or "").strip(), lane.get("id", "")
