"""Reads what events wait for and throw."""

from lxml import etree

from service.domain.working_days import AMSTERDAM
from service.engine import moments
from service.engine.elements import (
    Cancel,
    Compensate,
    Condition,
    EventDefinition,
    Link,
    Message,
    Signal,
    Terminate,
    Thrown,
    Timer,
)
from service.engine.expressions import feel, formula
from service.engine.problems import BPMN, Problems, extension

_TIMES = {"timeDate": "date", "timeDuration": "duration", "timeCycle": "cycle"}
_PLAIN: dict[str, EventDefinition] = {
    "cancelEventDefinition": Cancel(),
    "terminateEventDefinition": Terminate(),
}
_CHECKS = {
    "date": lambda text: moments.read_moment(text, AMSTERDAM),
    "duration": moments.read_span,
    "cycle": lambda text: moments.read_cycle(text, AMSTERDAM),
}


class EventReader(Problems):
    """Reads the event definitions of one file."""

    def __init__(self, root: etree._Element, file: str) -> None:
        """``root`` holds the messages, errors, escalations and signals that events refer to."""
        super().__init__(file)
        self._ids = {node.get("id"): node for node in root.iter(f"{BPMN}*") if node.get("id")}

    def event(self, node: etree._Element) -> EventDefinition | None:
        """What an event waits for or throws; None for a plain one."""
        found = [child for child in node if str(child.tag).endswith("EventDefinition")]
        if len(found) > 1:
            self.refuse(node, "several-definitions", "heeft meer dan één gebeurtenis.")
        if not found and node.get("messageRef"):  # A task that sends or receives.
            return self._message(node, node)
        return self._definition(node, found[0]) if found else None

    def _definition(self, node: etree._Element, xml: etree._Element) -> EventDefinition | None:
        tag = etree.QName(xml).localname
        if tag in _PLAIN:
            return _PLAIN[tag]
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
            case "conditionalEventDefinition":
                text = (xml.findtext(f"{BPMN}condition") or "").strip()
                when = self.attempt(node, feel, text)
                return None if when is None else Condition(when=when)
            case "linkEventDefinition":
                return Link(name=xml.get("name", ""))
            case "compensateEventDefinition":
                return Compensate(activity=xml.get("activityRef") or None)
        self.refuse(node, "unsupported-event", f"gebruikt {tag}, dat deze motor niet uitvoert.")
        return None

    def _timer(self, node: etree._Element, xml: etree._Element) -> Timer | None:
        for tag, kind in _TIMES.items():
            text = (xml.findtext(f"{BPMN}{tag}") or "").strip()
            if not text:
                continue
            when = self.attempt(node, formula, text)
            if when is None:
                return None
            if when.expression is None:
                self.attempt(node, _CHECKS[kind], text)
            return Timer(kind=kind, when=when)  # type: ignore[arg-type]
        self.refuse(node, "timer-without-time", "heeft een timer zonder tijd.")
        return None

    def _message(self, node: etree._Element, xml: etree._Element) -> Message | None:
        message = self._referred(node, xml, "messageRef")
        if message is None:
            return None
        name = self.attempt(node, formula, message.get("name", ""))
        subscription = extension(message, "subscription")
        key = None if subscription is None else subscription.get("correlationKey")
        if name is None:
            return None
        return Message(name=name, key=self.attempt(node, formula, key) if key else None)

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
            self.refuse(node, "missing-reference", f"verwijst met {attribute} naar niets.")
        return found
