"""Stock SpiffWorkflow as it comes, on the diagrams of our tests: its own parser, its own steps.

Our dialect is respelled for it: FEEL comparisons in Python, literal times as Python texts, and
settings of ``zeebe`` as the elements of the standard that it reads.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.exceptions import WorkflowException
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.spiff.parser import SpiffBpmnParser
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.spiff.specs.event_definitions import (
    MessageEventDefinition,
    SignalEventDefinition,
)

_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_SPIFF = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"
_COMPUTED = ("conditionExpression", "condition", "completionCondition", "loopCondition")
_TIMES = ("timeDate", "timeDuration", "timeCycle")


def parsed(
    content: bytes, process_id: str = "proces", decisions: Iterable[bytes] = ()
) -> tuple[Any, Any]:
    """The specs of a process and of those that it contains or calls.

    Raises:
        ValidationException: stock refuses the diagram.
    """
    root = etree.fromstring(content)
    _respell(root)
    parser = SpiffBpmnParser()
    for table in decisions:
        parser.add_dmn_str(table)
    parser.add_bpmn_xml(root)
    return parser.get_spec(process_id), parser.get_subprocess_specs(process_id)


class Stock:
    """A case in stock SpiffWorkflow, in memory."""

    def __init__(
        self, content: bytes, *, data: Mapping[str, Any] = {}, decisions: Iterable[bytes] = ()
    ) -> None:
        self.run(BpmnWorkflow(*parsed(content, decisions=decisions)), data)

    def run(self, workflow: Any, data: Mapping[str, Any] = {}) -> None:
        """Goes on with a workflow as far as it comes by itself."""
        self.workflow = workflow
        workflow.task_tree.data.update(data)
        workflow.do_engine_steps()

    @property
    def ready(self) -> list[Any]:
        """The tasks that somebody can do, in the order of stock."""
        return list(self.workflow.get_tasks(state=TaskState.READY, manual=True))

    @property
    def open(self) -> list[str]:
        """Their ids, sorted."""
        return sorted(task.task_spec.name for task in self.ready)

    @property
    def completed(self) -> bool:
        """Whether stock says that the case is done."""
        return bool(self.workflow.completed)

    def complete(self, name: str, **data: Any) -> None:
        """Completes the first open task of an element."""
        task = next(task for task in self.ready if task.task_spec.name == name)
        task.data.update(data)
        task.run()
        self.workflow.do_engine_steps()

    def passed(self, name: str) -> int:
        """How often an element was completed."""
        tasks = self.workflow.tasks.values()
        return sum(t.task_spec.name == name and t.state == TaskState.COMPLETED for t in tasks)

    def message(self, name: str, **payload: Any) -> bool:
        """Delivers a message; tells whether anybody waited for it."""
        return self._send(MessageEventDefinition(name), payload)

    def signal(self, name: str) -> bool:
        """Lets the case hear a signal; tells whether anybody waited for it."""
        return self._send(SignalEventDefinition(name), {})

    def _send(self, definition: Any, payload: Mapping[str, Any]) -> bool:
        try:
            self.workflow.send_event(BpmnEvent(definition, payload=payload))
        except WorkflowException:
            return False
        self.workflow.do_engine_steps()
        return True

    def tick(self) -> None:
        """Looks at the clock."""
        self.workflow.refresh_timers()
        self.workflow.do_engine_steps()

    def restarted(self) -> "Stock":
        """The same case, saved and loaded by stock."""
        writer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(SPIFF_CONFIG))
        again = object.__new__(Stock)
        again.workflow = writer.deserialize_json(writer.serialize_json(self.workflow))
        return again


def _respell(root: etree._Element) -> None:
    for node in list(root.iter(etree.Element)):
        word = etree.QName(node).localname
        if word in _COMPUTED:
            node.text = _python(node.text or "")
        elif word in _TIMES:
            text = node.text or ""
            node.text = _python(text) if text.startswith("=") else repr(text)
        elif word == "script" and "expression" in node.attrib:
            script = etree.SubElement(_owner(node), f"{_BPMN}script")
            script.text = f"{node.get('resultVariable')} = {_python(node.get('expression', ''))}"
        elif word == "calledElement":
            _owner(node).set("calledElement", node.get("processId", ""))
        elif word == "calledDecision":
            called = etree.SubElement(node.getparent(), f"{_SPIFF}calledDecisionId")
            called.text = node.get("decisionId")
        elif word == "loopCharacteristics":
            _repetition(_owner(node), node)


def _repetition(loop: etree._Element, settings: etree._Element) -> None:
    def add(tag: str, **attributes: str) -> etree._Element:
        return etree.SubElement(loop, f"{_BPMN}{tag}", attributes)

    add("loopDataInputRef").text = settings.get("inputCollection", "").removeprefix("=")
    if "outputCollection" in settings.attrib:
        add("loopDataOutputRef").text = settings.get("outputCollection")
    if "inputElement" in settings.attrib:
        add("inputDataItem", id=settings.get("inputElement", ""))
    if "outputElement" in settings.attrib:
        add("outputDataItem", id=settings.get("outputElement", "").removeprefix("="))


def _owner(setting: etree._Element) -> etree._Element:
    extensions = setting.getparent()
    assert extensions is not None
    owner = extensions.getparent()
    assert owner is not None
    return owner


def _python(text: str) -> str:
    found = re.sub(r"(?<![<>!=])=(?!=)", "==", text.strip().removeprefix("="))
    for feel, python in (("true", "True"), ("false", "False"), ("null", "None")):
        found = re.sub(rf"\b{feel}\b", python, found)
    return found
