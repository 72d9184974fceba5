"""SpiffWorkflow's parser, told to build our nodes: structure from it, meaning from ``elements``.

It is told to keep the order of the document (not of the drawing), to take lanes by id, and to
leave alone what the dialect does not have: data objects, input/output specifications and Python.
"""

from typing import Any

from lxml import etree

from service.engine.elements import (
    Cancel,
    Compensate,
    Condition,
    Drawing,
    Element,
    Flow,
    Link,
    Message,
    Signal,
    unseen,
)
from service.engine.nodes.activities import (
    BusinessRuleTask,
    PassThrough,
    ScriptTask,
    ServiceTask,
    UserTask,
)
from service.engine.nodes.base import Node
from service.engine.nodes.calls import CallActivity, SubProcess
from service.engine.nodes.events import (
    BoundaryEvent,
    CatchEvent,
    EndEvent,
    StartEvent,
    ThrowEvent,
)
from service.engine.nodes.gateways import (
    EventGateway,
    ExclusiveGateway,
    InclusiveGateway,
    ParallelGateway,
)
from service.engine.nodes.handlers import EventSubProcess
from service.engine.nodes.instances import MultiInstance, Repetition, StandardLoop
from service.engine.nodes.messages import ReceiveTask, SendTask
from service.engine.nodes.undoing import (
    UNDOING,
    CancelEnd,
    CompensateEnd,
    CompensateThrow,
    Undoing,
)
from service.engine.spiff import (
    BpmnParser,
    BpmnProcessSpec,
    ProcessParser,
    TaskParser,
    WorkflowSpec,
    full_tag,
)


class Process(BpmnProcessSpec):
    """A process or embedded subprocess. It ends when no token is left; no hidden end nodes."""

    def __init__(self, name: str, filename: str | None) -> None:
        """Starts empty; ``start`` stands for the root of the tree of tokens."""
        WorkflowSpec.__init__(self, name=name, filename=filename)
        self.data_objects: dict[str, Any] = {}
        self.start = Root(self, "Root")
        self._undoing = Undoing(self, UNDOING, element=unseen(UNDOING, name))

    def undoing(self) -> Undoing:
        """The node that works compensation off."""
        return self._undoing

    def has(self, name: str) -> bool:
        """Whether there is such a node."""
        return name in self.task_specs

    def node(self, name: str) -> Any:
        """A node by the name it is saved under."""
        return self.task_specs[name]

    def nodes(self) -> list[Node]:
        """Every node of the diagram."""
        return [spec for spec in self.task_specs.values() if spec is not self.start]

    def start_names(self, kind: type[Message | Signal]) -> list[str]:
        """The messages or signals that start it, in document order."""
        events = (node.element.event for node in self.entrances())
        return [name_of(event) for event in events if isinstance(event, kind)]

    def entrances(self) -> list[Node]:
        """The nodes where a case can begin, in document order."""
        return [node for node in self.nodes() if self._is_entrance(node)]

    def _is_entrance(self, node: Node) -> bool:
        gateways = (self.node(flow.source) for flow in node.incoming)
        return (
            isinstance(node, StartEvent)
            or (isinstance(node, ReceiveTask) and node.element.instantiates)
            or any(gateway.element.instantiates for gateway in gateways)
        )

    def handlers(self) -> list[EventSubProcess]:
        """The event subprocesses, armed when it begins."""
        return self._handlers

    def joins(self) -> list[InclusiveGateway]:
        """The nodes whose waiting tokens depend on tokens elsewhere."""
        return self._joins

    def prepare(self) -> None:
        """Every node is known."""
        self._link()
        for node in self.nodes():
            node.prepare()
        self._handlers = [node for node in self.nodes() if isinstance(node, EventSubProcess)]
        self.minds = any(isinstance(node.trigger.event, Condition) for node in self.nodes())
        self._joins = [node for node in self.nodes() if isinstance(node, InclusiveGateway)]

    def _link(self) -> None:
        catches = {
            node.element.event: node for node in self.nodes() if isinstance(node, CatchEvent)
        }
        for node in self.nodes():
            event = node.element.event
            if isinstance(node, ThrowEvent) and isinstance(event, Link):
                target = catches[event]
                jump = Flow(id="", name="", source=node.name, target=target.name, condition=None)
                node.add_flow(jump, target)

    def start_event(self) -> Node | None:
        """The start event that waits for nothing."""
        return next((node for node in self.entrances() if node.element.event is None), None)

    def entrance(self, kind: type[Message | Signal], name: str) -> Node | None:
        """Where a case begins that a message or signal starts."""
        for node in self.entrances():
            event = node.element.event
            if isinstance(event, kind) and name_of(event) == name:
                return node
        return None


def name_of(event: Message | Signal) -> str:
    """The fixed name of a message or signal."""
    return event.name if isinstance(event, Signal) else event.name.text


class Root(Node):
    """Where all tokens hang; never executed."""

    def __init__(self, wf_spec: Any, bpmn_id: str) -> None:
        """It has no element: it is not in the diagram."""
        super().__init__(wf_spec, bpmn_id, element=None)


class ElementParser(TaskParser):
    """Makes one node; the same for every kind of element."""

    @property
    def element(self) -> Element:
        """What the diagram says about this node."""
        elements = self.process_parser.parser.drawing.elements
        found: Element = elements[self.bpmn_id]
        return found

    def create_task(self) -> Any:
        """The node, before its flows are known."""
        kind = self.spec_class
        if kind in (ThrowEvent, EndEvent):
            kind = _UNDO.get((kind, type(self.element.event)), kind)
        return kind(self.spec, self.bpmn_id, element=self.element)

    def parse_io_spec(self) -> None:
        """The dialect has ``zeebe:ioMapping`` instead."""

    def handles_multiple_outgoing(self) -> bool:
        """Several flows may leave any node: each gets a token of its own."""
        return True

    def connect_outgoing(self, outgoing: Any, flow_xml: etree._Element, _default: bool) -> None:
        """Adds a flow, with what the diagram says about it."""
        flow = self.process_parser.parser.drawing.flows[flow_xml.get("id")]
        self.task.add_flow(flow, outgoing)

    def _add_boundary_event(self, children: list[etree._Element]) -> Any:
        for child in children:
            event = self.process_parser.parse_node(child)
            if isinstance(event.element.event, Compensate):
                handlers = self.process_parser.parser.drawing.handlers
                self.task.undo, self.task.undo_event = handlers[event.name], event.element
            else:
                self.task.boundary.append(event.name)
        return self.task

    def _add_loop_task(self, _loop: etree._Element) -> None:
        self._repeat(StandardLoop)

    def _add_multiinstance_task(self, _loop: etree._Element) -> None:
        self._repeat(MultiInstance)

    def _repeat(self, kind: type[Repetition]) -> None:
        inner = self.task
        del self.spec.task_specs[inner.name]
        inner.name = f"{inner.name} [instance]"
        self.spec.task_specs[inner.name] = inner
        self.task = kind(self.spec, self.bpmn_id, element=self.element, inner=inner)


_UNDO = {
    (ThrowEvent, Compensate): CompensateThrow,
    (EndEvent, Compensate): CompensateEnd,
    (EndEvent, Cancel): CancelEnd,
}


class SubProcessParser(ElementParser):
    """Makes an embedded subprocess, and the process inside it."""

    def create_task(self) -> Any:
        """Reads what is inside first."""
        node, parsers = self.node, self.process_parser.parser
        if node.get("triggeredByEvent") == "true":
            self.spec_class = EventSubProcess
        parsers.create_parser(node, filename=self.process_parser.filename)
        task = super().create_task()
        task.inside = parsers.process_parsers[self.bpmn_id].get_spec()
        return task


_BEGIN = ("triggeredByEvent", "instantiate", "isForCompensation")


def _begins(node: etree._Element) -> bool:
    """Whether a node is reached without a flow."""
    return (
        node.tag == full_tag("startEvent")
        or "true" in (node.get(flag) for flag in _BEGIN)
        or (
            node.tag == full_tag("intermediateCatchEvent")
            and node.find(full_tag("linkEventDefinition")) is not None
        )
    )


class ZeebeProcessParser(ProcessParser):
    """Makes a process without Spiff's split of start events."""

    def _parse(self) -> None:
        self.spec = Process(self.bpmn_id, None)
        starts = [node for node in self.node if _begins(node)]
        for node in self._targets_first(starts):
            self.parse_node(node)
        self.spec.prepare()

    def _targets_first(self, starts: list[etree._Element]) -> list[etree._Element]:
        """Everything reachable, the far end first: the parser recurses along flows not yet read."""
        order: list[etree._Element] = []
        seen: set[str] = set()
        stack = [(node, False) for node in reversed(starts)]
        while stack:
            node, done = stack.pop()
            if done:
                order.append(node)
            elif node.get("id") not in seen:
                seen.add(node.get("id", ""))
                stack.append((node, True))
                stack.extend((target, False) for target in reversed(self._targets(node)))
        return order

    def _targets(self, node: etree._Element) -> list[etree._Element]:
        node_id = node.get("id", "")
        flows = self.get_outgoing_sequence_flows(node_id)
        found = [self.get_node_by_id(flow.get("targetRef", "")) for flow in flows]
        return [*(n for n in found if n is not None), *self.get_boundary_events(node_id)]


class ZeebeParser(BpmnParser):
    """Reads one file."""

    PROCESS_PARSER_CLASS = ZeebeProcessParser
    PARSER_CLASSES = {  # noqa: RUF012 - the base class declares it so
        full_tag(tag): (parser, spec)
        for tag, parser, spec in (
            ("startEvent", ElementParser, StartEvent),
            ("endEvent", ElementParser, EndEvent),
            ("intermediateCatchEvent", ElementParser, CatchEvent),
            ("intermediateThrowEvent", ElementParser, ThrowEvent),
            ("boundaryEvent", ElementParser, BoundaryEvent),
            ("task", ElementParser, PassThrough),
            ("manualTask", ElementParser, PassThrough),
            ("userTask", ElementParser, UserTask),
            ("sendTask", ElementParser, SendTask),
            ("receiveTask", ElementParser, ReceiveTask),
            ("scriptTask", ElementParser, ScriptTask),
            ("serviceTask", ElementParser, ServiceTask),
            ("businessRuleTask", ElementParser, BusinessRuleTask),
            ("callActivity", ElementParser, CallActivity),
            ("subProcess", SubProcessParser, SubProcess),
            ("transaction", SubProcessParser, SubProcess),
            ("exclusiveGateway", ElementParser, ExclusiveGateway),
            ("parallelGateway", ElementParser, ParallelGateway),
            ("inclusiveGateway", ElementParser, InclusiveGateway),
            ("eventBasedGateway", ElementParser, EventGateway),
        )
    }

    def __init__(self, drawing: Drawing) -> None:
        """``drawing`` says what the elements of the file mean."""
        super().__init__()
        self.drawing = drawing

    def _add_diagram_indexes(self, bpmn: Any) -> None:
        """Lanes come from ``drawing``; without positions, flows stay in document order."""

    def _find_dependencies(self, process: Any) -> None:
        """Called processes come from ``drawing``."""

    def _add_correlations(self, bpmn: Any) -> None:
        """The dialect correlates by ``zeebe:subscription``."""

    def _add_data_stores(self, bpmn: Any) -> None:
        """Data stores are notes to the reader."""
