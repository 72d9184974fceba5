"""A diagram as rules want to see it: processes, scopes, nodes and flows, from raw XML."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from service.engine.guard.xmlnames import (
    BPMNDI,
    bpmn_children,
    elements,
    is_bpmn,
    local,
    namespace,
    text_of,
)

TASKS = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "scriptTask",
        "sendTask",
        "serviceTask",
        "receiveTask",
        "businessRuleTask",
    }
)
ACTIVITIES = TASKS | {"callActivity", "subProcess", "transaction"}
GATEWAYS = frozenset(
    {"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"}
)
CHOICES = frozenset({"exclusiveGateway", "inclusiveGateway"})
EVENTS = frozenset(
    {
        "startEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
        "endEvent",
    }
)
REFUSED_NODES = frozenset({"adHocSubProcess", "complexGateway"})
NODES = ACTIVITIES | GATEWAYS | EVENTS | REFUSED_NODES
"""Refused ones are nodes too, so that flows to and from them are not called dangling."""


@dataclass(eq=False, kw_only=True)
class Scope:
    """A process or embedded subprocess: what holds nodes and flows."""

    xml: etree._Element
    parent: "Scope | None"
    nodes: list["Node"] = field(default_factory=list)
    flows: list["Flow"] = field(default_factory=list)

    def starts(self) -> list["Node"]:
        """Its start events, in document order."""
        return [node for node in self.nodes if node.tag == "startEvent"]

    def entrances(self) -> list["Node"]:
        """Where a case can begin: the start events, and what a message begins without one."""
        return [node for node in self.nodes if node.tag == "startEvent" or node.instantiates]

    @property
    def by_event(self) -> bool:
        """Whether it is an event subprocess, or inside none: only its own flag counts."""
        return self.xml.get("triggeredByEvent") in ("true", "1")

    def outwards(self) -> Iterator["Scope"]:
        """This scope and every scope around it, up to the process."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.parent


@dataclass(eq=False, kw_only=True)
class Node:
    """A flow node: something that a case can stand in."""

    xml: etree._Element
    tag: str
    scope: Scope
    incoming: list["Flow"] = field(default_factory=list)
    outgoing: list["Flow"] = field(default_factory=list)
    boundaries: list["Node"] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its id; empty when the file gives none."""
        return self.xml.get("id", "")

    @property
    def definitions(self) -> list[etree._Element]:
        """The event definitions inside an event."""
        return [child for child in elements(self.xml) if _is_definition(child)]

    @property
    def kind(self) -> str:
        """The one event definition's tag; empty for none or several."""
        found = self.definitions
        return local(found[0]) if len(found) == 1 else ""

    @property
    def aside(self) -> bool:
        """Outside the flow by the standard's own rules; rules of its own look at it."""
        return (
            self.xml.get("triggeredByEvent") in ("true", "1")
            or self.xml.get("isForCompensation") in ("true", "1")
            or (self.tag == "boundaryEvent" and self.kind == "compensateEventDefinition")
        )

    @property
    def instantiates(self) -> bool:
        """Whether a case can begin at this gateway or receive task."""
        return self.xml.get("instantiate") in ("true", "1")

    @property
    def link(self) -> str | None:
        """The name of its link; None for anything else than a link event."""
        if self.kind != "linkEventDefinition":
            return None
        return self.definitions[0].get("name", "")

    def following(self) -> Iterator["Node"]:
        """The nodes that its flows, or its link, lead to."""
        yield from (flow.target for flow in self.outgoing if flow.target is not None)
        if self.tag == "intermediateThrowEvent" and self.link is not None:
            for node in self.scope.nodes:
                if node.tag == "intermediateCatchEvent" and node.link == self.link:
                    yield node

    @property
    def interrupts(self) -> bool:
        """Whether a boundary event, or the start of an event subprocess, ends what it watches."""
        return "false" not in (self.xml.get("cancelActivity"), self.xml.get("isInterrupting"))


@dataclass(eq=False, kw_only=True)
class Flow:
    """A sequence flow; ``source`` and ``target`` are None when they do not exist."""

    xml: etree._Element
    scope: Scope
    source: Node | None
    target: Node | None

    @property
    def condition(self) -> etree._Element | None:
        """Its condition, also when that is empty."""
        return next(iter(bpmn_children(self.xml, "conditionExpression")), None)

    @property
    def is_default(self) -> bool:
        """Whether its source names it as the way when nothing else holds."""
        key = self.xml.get("id")
        return self.source is not None and bool(key) and self.source.xml.get("default") == key


@dataclass(eq=False, kw_only=True)
class Diagram:
    """One file, read; only executable processes have scopes, nodes and flows."""

    file: str
    root: etree._Element
    scopes: list[Scope]
    nodes: list[Node]
    flows: list[Flow]
    by_id: Mapping[str, list[etree._Element]]
    """Every element of the model (not of the drawing) that carries this id."""

    def one(self, key: str | None, *tags: str) -> etree._Element | None:
        """The element with this id, when it has one of the tags."""
        found = self.by_id.get(key or "", [])
        return next((element for element in found if not tags or is_bpmn(element, *tags)), None)

    def processes(self) -> list[etree._Element]:
        """Every process in the file, executable or not."""
        return bpmn_children(self.root, "process")

    def tagged(self, *tags: str) -> list[Node]:
        """The nodes of these kinds, in document order."""
        return [node for node in self.nodes if node.tag in tags]

    def events(self, kind: str) -> Iterator[tuple[Node, etree._Element]]:
        """Every event with a definition of this kind, and that definition."""
        for node in self.nodes:
            for definition in node.definitions if node.tag in EVENTS else ():
                if local(definition) == kind:
                    yield node, definition

    def model(self) -> Iterator[etree._Element]:
        """Every element outside the drawing and outside processes that never run."""
        yield self.root
        for child in elements(self.root):
            if namespace(child.tag) != BPMNDI and not _only_drawn(child):
                yield from child.iter("*")


def runs(process: etree._Element) -> bool:
    """Whether a process is meant to run: only ``isExecutable="false"`` says that it is not."""
    return process.get("isExecutable") != "false"


def understand(root: etree._Element, *, file: str) -> Diagram:
    """The diagram in a ``definitions`` element, whatever is wrong with it."""
    scopes: list[Scope] = []
    for process in bpmn_children(root, "process"):
        if runs(process):
            _open(process, None, scopes)
    nodes = [node for scope in scopes for node in scope.nodes]
    first: dict[str, Node] = {}
    for node in nodes:
        first.setdefault(node.id, node)
    flows = [flow for scope in scopes for flow in _flows(scope, first)]
    _attach_boundaries(nodes, first)
    return Diagram(
        file=file, root=root, scopes=scopes, nodes=nodes, flows=flows, by_id=_index(root)
    )


def condition_text(flow: Flow) -> str:
    """The condition as written; empty when there is none."""
    return text_of(flow.condition)


def _open(holder: etree._Element, parent: Scope | None, scopes: list[Scope]) -> None:
    scope = Scope(xml=holder, parent=parent)
    scopes.append(scope)
    for child in elements(holder):
        if not is_bpmn(child, *NODES):
            continue
        scope.nodes.append(Node(xml=child, tag=local(child), scope=scope))
        if is_bpmn(child, "subProcess", "transaction"):
            _open(child, scope, scopes)


def _flows(scope: Scope, first: Mapping[str, Node]) -> list[Flow]:
    for xml in bpmn_children(scope.xml, "sequenceFlow"):
        source, target = (first.get(xml.get(end) or "") for end in ("sourceRef", "targetRef"))
        flow = Flow(xml=xml, scope=scope, source=source, target=target)
        scope.flows.append(flow)
        if source is not None:
            source.outgoing.append(flow)
        if target is not None:
            target.incoming.append(flow)
    return scope.flows


def _attach_boundaries(nodes: list[Node], first: Mapping[str, Node]) -> None:
    for node in nodes:
        host = first.get(node.xml.get("attachedToRef") or "")
        if node.tag == "boundaryEvent" and host is not None:
            host.boundaries.append(node)


def _index(root: etree._Element) -> dict[str, list[etree._Element]]:
    found: dict[str, list[etree._Element]] = {}
    for child in elements(root):
        if namespace(child.tag) == BPMNDI:
            continue
        for element in child.iter("*"):
            key = element.get("id")
            if key is not None and is_bpmn(element):
                found.setdefault(key, []).append(element)
    return found


def _is_definition(child: etree._Element) -> bool:
    return is_bpmn(child) and local(child).endswith("EventDefinition")


def _only_drawn(child: etree._Element) -> bool:
    return is_bpmn(child, "process") and not runs(child)
