"""Diagrams: BPMN with the extensions of our dialect and its drawing."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from lxml import etree

from service.operations.comparing.diagram_names import aspect_of, called, owner_of, shown_as
from service.operations.comparing.kind import CLASH
from service.operations.comparing.tree import Key, Node, Reference, Tree, local
from service.operations.comparing.xml_file import (
    BOUNDS,
    TEXT,
    WAYPOINTS,
    XmlKind,
    own_id,
)

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
LANE = "@lane"
BACK = ("incoming", "outgoing")
"""What a step says of its arrows: the arrows say it too."""
_ENDS = MappingProxyType({"incoming": "targetRef", "outgoing": "sourceRef"})
_ALONE = frozenset(
    {
        "BPMNLabel",
        "completionCondition",
        "condition",
        "conditionExpression",
        "extensionElements",
        "ioMapping",
        "loopCardinality",
        "multiInstanceLoopCharacteristics",
        "properties",
        "timeCycle",
        "timeDate",
        "timeDuration",
    }
)
"""Of these there is one within a parent, whatever its id."""
_BY = MappingProxyType({"input": "target", "output": "target", "property": "name", "header": "key"})
"""The attribute that tells these apart from their neighbours."""
_NEEDED = frozenset({"sourceRef", "targetRef", "attachedToRef", "bpmnElement"})
_TEXT_NAMES = frozenset({*BACK, "flowNodeRef", "sourceRef", "targetRef"})
FOUR_EYES = "vierOgenMet"
_EDITOR = ("exporter", "exporterVersion", "executionPlatform", "executionPlatformVersion")


class DiagramKind(XmlKind):
    """See the module."""

    def key(self, element: etree._Element, parent: Key) -> Key:
        """Its id; a shape is known by the step that it draws, a lane's entry by its step."""
        tag = local(str(element.tag))
        drawn = element.get("bpmnElement")
        if drawn:
            return (f"@{tag}", drawn)
        if tag == "flowNodeRef":
            return (LANE, (element.text or "").strip())
        if tag in BACK:
            return (*parent, f"{tag}={(element.text or '').strip()}")
        if tag in _ALONE:
            return (*parent, tag)
        return own_id(element, parent, element.get(_BY[tag]) if tag in _BY else None)

    def references(self, node: Node) -> Iterator[tuple[Reference, bool]]:
        """Attributes and texts that name an element of the diagram."""
        tag = local(node.tag)
        if tag in _TEXT_NAMES and TEXT in node.values:
            counts = tag not in (*BACK, "flowNodeRef")
            yield Reference(value=TEXT, to=(node.values[TEXT].strip(),), needed=True), counts
        for name, value in node.values.items():
            named = name.endswith("Ref") or name in ("default", "bpmnElement")
            if named or (name == "value" and node.values.get("name") == FOUR_EYES):
                needed = name in _NEEDED or name == "value"
                yield Reference(value=name, to=(value,), needed=needed), name != "bpmnElement"

    def follows(self, node: Node) -> bool:
        """The drawing, and what a step says of its arrows."""
        return is_drawn(node) or local(node.tag) in BACK

    def settle(self, node: Node, name: str, base: Any, mine: Any, theirs: Any) -> Any:
        """Arrows and labels go with what they belong to; pools and lanes grow for both."""
        if name == WAYPOINTS:
            return _joined(base, mine, theirs)
        if name == BOUNDS and _grows(node):
            return _grown(base, mine, theirs)
        if name == BOUNDS and local(node.tag) == "BPMNLabel":
            return max(mine, theirs, key=str)
        if local(name) in _EDITOR:
            return max(mine, theirs, key=str)
        return CLASH

    def finish(self, tree: Tree) -> Tree:
        """Steps say of their arrows what the arrows say."""
        nodes = dict(tree.nodes)
        flows = {key: node for key, node in nodes.items() if local(node.tag) == "sequenceFlow"}
        used = {local(node.tag) for node in nodes.values()} & {*BACK}
        for key, node in tree.nodes.items():
            if local(node.tag) in BACK and not _true(node, flows):
                del nodes[key]
        for tag in (tag for tag in BACK if tag in used):
            missing: dict[Key, list[Node]] = {}
            for key, flow in flows.items():
                step = (str(flow.values.get(_ENDS[tag], "")),)
                back = (*step, f"{tag}={key[0]}")
                if step in nodes and back not in nodes:
                    made = Node(key=back, tag=MODEL + tag, parent=step, values={TEXT: key[0]})
                    missing.setdefault(step, []).append(made)
            nodes = dict(_with_backs(nodes, tag, missing).nodes)
        return Tree(nodes=nodes)

    def owner(self, tree: Tree, key: Key) -> Key:
        """The step, arrow, lane or message of which this is a detail."""
        return owner_of(tree, key)

    def called(self, tree: Tree, key: Key) -> str:
        """What people call it."""
        return called(tree, owner_of(tree, key))

    def aspect(self, tree: Tree, node: Node, name: str) -> str:
        """What people call a value."""
        return aspect_of(tree, node, name)

    def shown(self, tree: Tree, node: Node, name: str, value: Any) -> str:
        """A value as people read it."""
        return shown_as(tree, node, name, value)


def is_drawn(node: Node) -> bool:
    """Whether a node belongs to the drawing rather than to the process."""
    return "/DI" in node.tag or "/DD/" in node.tag or "DMNDI" in node.tag


def _true(back: Node, flows: Mapping[Key, Node]) -> bool:
    flow = flows.get((str(back.values.get(TEXT, "")).strip(),))
    return bool(flow and back.parent == (flow.values.get(_ENDS[local(back.tag)]),))


def _with_backs(nodes: Mapping[Key, Node], tag: str, missing: Mapping[Key, list[Node]]) -> Tree:
    """Adds what steps say of their arrows, where the order of BPMN wants it."""
    before = ("documentation", "extensionElements", *BACK[: BACK.index(tag) + 1])
    found: dict[Key, Node] = {}
    waiting = dict(missing)
    for key, node in nodes.items():
        if node.parent in waiting and local(node.tag) not in before:
            found.update({back.key: back for back in waiting.pop(node.parent)})
        found[key] = node
    for backs in waiting.values():
        found.update({back.key: back for back in backs})
    return Tree(nodes=found)


def _joined(base: Any, mine: Any, theirs: Any) -> Any:
    """An arrow that both bent: each end, and what is between, as who changed it left it."""
    known = base if isinstance(base, list) else [None, None]
    parts = ([way[:1], way[1:-1], way[-1:]] for way in (known, mine, theirs))
    return [point for part in zip(*parts, strict=True) for point in _either(*part)]


def _either(base: Any, mine: Any, theirs: Any) -> Any:
    if mine == base:
        return theirs
    return mine if theirs == base else max(mine, theirs, key=lambda one: (len(one), str(one)))


def _grows(node: Node) -> bool:
    return "isHorizontal" in node.values or node.values.get("isExpanded") == "true"


def _grown(base: Any, mine: Any, theirs: Any) -> Any:
    """A pool or lane that both moved or resized: the changes of both, one after the other."""
    try:
        sides = [
            {name: float(value) for name, value in one[1].items()} for one in (base, mine, theirs)
        ]
    except (TypeError, ValueError, IndexError):
        return CLASH
    b, m, t = sides
    if not b.keys() == m.keys() == t.keys():
        return CLASH
    size = {name: m[name] if m[name] == t[name] else m[name] + t[name] - b[name] for name in b}
    return mine[0], {name: f"{value:g}" for name, value in size.items()}
