"""Edits of a diagram, as somebody makes them in an editor: each leaves it whole."""

from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from service.domain.xml import read_xml

ROOT = Path(__file__).parents[4]
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
WAY = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
STEPS = ("userTask", "serviceTask", "scriptTask", "callActivity", "businessRuleTask")
PATH = "processes/beoordelen_vermoeden/beoordelen_vermoeden.bpmn"

Edit = Callable[["Drawing"], None]


class Drawing:
    """A diagram that somebody has open."""

    def __init__(self, content: bytes) -> None:
        self.root = read_xml(content, file=PATH)

    @property
    def content(self) -> bytes:
        etree.indent(self.root, space="  ")
        body: bytes = etree.tostring(self.root, encoding="UTF-8", xml_declaration=True)
        return body

    @property
    def process(self) -> etree._Element:
        found = self.root.find(f"{BPMN}process")
        assert found is not None
        return found

    def element(self, element_id: str) -> etree._Element:
        return next(e for e in self.root.iter() if e.get("id") == element_id)

    def steps(self) -> list[str]:
        """The ids of the tasks."""
        kinds = {BPMN + name for name in STEPS}
        return [e.get("id", "") for e in self.process.iter() if e.tag in kinds]

    def flows(self) -> list[str]:
        return [e.get("id", "") for e in self.process.iter(f"{BPMN}sequenceFlow")]

    def lanes(self) -> list[str]:
        return [e.get("id", "") for e in self.process.iter(f"{BPMN}lane")]

    def drawn(self, element_id: str) -> etree._Element:
        return next(e for e in self.root.iter() if e.get("bpmnElement") == element_id)

    def rename(self, element_id: str, name: str) -> None:
        self.element(element_id).set("name", name)

    def move(self, element_id: str, dx: int) -> None:
        """Moves a shape, and the ends of its arrows with it."""
        for box in self.drawn(element_id).iter(f"{DC}Bounds"):
            box.set("x", str(int(box.get("x", "0")) + dx))
        for flow in self.process.iter(f"{BPMN}sequenceFlow"):
            for end, at in (("sourceRef", 0), ("targetRef", -1)):
                if flow.get(end) == element_id:
                    point = list(self.drawn(flow.get("id", "")).iter(WAY))[at]
                    point.set("x", str(int(point.get("x", "0")) + dx))

    def place(self, element_id: str, x: int, y: int) -> None:
        """Puts a shape somewhere, and the ends of its arrows where it is."""
        for box in self.drawn(element_id).iter(f"{DC}Bounds"):
            box.set("x", str(x))
            box.set("y", str(y))
        for flow in self.process.iter(f"{BPMN}sequenceFlow"):
            ends = (flow.get("sourceRef", ""), flow.get("targetRef", ""))
            if element_id in ends:
                points = self.drawn(flow.get("id", "")).iter(WAY)
                for point, end in zip(points, ends, strict=True):
                    [box] = (b for b in self.drawn(end).findall(f"{DC}Bounds"))
                    point.set("x", str(int(box.get("x", "0")) + 40))
                    point.set("y", str(int(box.get("y", "0")) + 30))

    def set_term(self, element_id: str, term: str) -> None:
        step = self.element(element_id)
        around = step.find(f"{BPMN}extensionElements")
        if around is None:
            around = etree.Element(f"{BPMN}extensionElements")
            step.insert(0, around)
        found = around.find(f"{ZEEBE}taskSchedule")
        if found is None:
            found = etree.SubElement(around, f"{ZEEBE}taskSchedule")
        found.set("dueDate", term)

    def assign(self, element_id: str, groups: str) -> None:
        """Names the roles of a step; none: its lane decides."""
        [found] = self.element(element_id).iter(f"{ZEEBE}assignmentDefinition")
        around = found.getparent()
        if groups:
            found.set("candidateGroups", groups)
        elif around is not None:
            around.remove(found)

    def set_condition(self, flow_id: str, condition: str) -> None:
        flow = self.element(flow_id)
        found = flow.find(f"{BPMN}conditionExpression")
        if found is None:
            found = etree.SubElement(flow, f"{BPMN}conditionExpression")
        found.text = condition

    def to_lane(self, element_id: str, lane_id: str) -> None:
        for entry in list(self.process.iter(f"{BPMN}flowNodeRef")):
            if entry.text == element_id:
                around = entry.getparent()
                assert around is not None
                around.remove(entry)
        etree.SubElement(self.element(lane_id), f"{BPMN}flowNodeRef").text = element_id

    def add_lane(self, lane_id: str, name: str, steps: list[str]) -> None:
        around = next(self.process.iter(f"{BPMN}laneSet"))
        etree.SubElement(around, f"{BPMN}lane", id=lane_id, name=name)
        for step in steps:
            self.to_lane(step, lane_id)

    def connect(self, source: str, target: str, flow_id: str, name: str = "") -> None:
        flow = etree.Element(f"{BPMN}sequenceFlow", id=flow_id, sourceRef=source, targetRef=target)
        if name:
            flow.set("name", name)
        self._beside(source).append(flow)
        for step, tag in ((source, "outgoing"), (target, "incoming")):
            self._back(self.element(step), tag, flow_id)
        plane = next(self.root.iter(f"{DI}BPMNPlane"))
        edge = etree.SubElement(plane, f"{DI}BPMNEdge", id=f"{flow_id}_di", bpmnElement=flow_id)
        for x in ("10", "20"):
            etree.SubElement(edge, WAY, x=x, y="10")

    def add_step(self, element_id: str, name: str, after: str) -> None:
        """Adds a task in the lane of what it comes after, with an arrow to it."""
        step = etree.Element(f"{BPMN}userTask", id=element_id, name=name)
        self._beside(after).insert(0, step)
        lane = next(
            e for e in self.process.iter(f"{BPMN}flowNodeRef") if e.text == after
        ).getparent()
        assert lane is not None
        etree.SubElement(lane, f"{BPMN}flowNodeRef").text = element_id
        plane = next(self.root.iter(f"{DI}BPMNPlane"))
        shape = etree.SubElement(
            plane, f"{DI}BPMNShape", id=f"{element_id}_di", bpmnElement=element_id
        )
        etree.SubElement(shape, f"{DC}Bounds", x="1", y="1", width="100", height="80")
        self.connect(after, element_id, f"{after}__{element_id}")

    def remove(self, element_id: str) -> None:
        """Removes an element and all that cannot be without it."""
        gone = {element_id}
        while True:
            more = {
                e.get("id", "")
                for e in self.process.iter()
                if {e.get("sourceRef"), e.get("targetRef"), e.get("attachedToRef")} & gone
            }
            if more <= gone:
                break
            gone |= more
        for element in list(self.root.iter()):
            around = element.getparent()
            named = {element.get("id"), element.get("bpmnElement")} & gone
            entry = element.tag in (f"{BPMN}{t}" for t in ("incoming", "outgoing", "flowNodeRef"))
            four_eyes = element.get("name") == "vierOgenMet" and element.get("value") in gone
            if around is not None and (named or four_eyes or (entry and element.text in gone)):
                around.remove(element)
            elif element.get("default") in gone:
                del element.attrib["default"]

    def _beside(self, element_id: str) -> etree._Element:
        around = self.element(element_id).getparent()
        assert around is not None
        return around

    def _back(self, step: etree._Element, tag: str, flow_id: str) -> None:
        entry = etree.Element(BPMN + tag)
        entry.text = flow_id
        before = [e for e in step if e.tag in (f"{BPMN}documentation", f"{BPMN}extensionElements")]
        step.insert(len(before), entry)


def edited(content: bytes, *edits: Edit) -> bytes:
    """The diagram after these edits."""
    drawing = Drawing(content)
    for edit in edits:
        edit(drawing)
    return drawing.content


def dangling(content: bytes) -> list[str]:
    """Names in a diagram of what is not in it."""
    root = read_xml(content, file=PATH)
    there = {e.get("id") for e in root.iter()}
    return [name for name in _names(root) if name not in there]


def _names(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        for name, value in element.attrib.items():
            if str(name).endswith("Ref") or name in ("default", "bpmnElement"):
                yield str(value)
        if element.tag in (f"{BPMN}{t}" for t in ("incoming", "outgoing", "flowNodeRef")):
            yield (element.text or "").strip()
        if element.get("name") == "vierOgenMet":
            yield element.get("value", "")


def doubled(content: bytes) -> list[str]:
    """Ids that stand twice in a diagram, and steps in two lanes."""
    root = read_xml(content, file=PATH)
    ids = [e.get("id", "") for e in root.iter() if e.get("id")]
    entries = [str(e.text) for e in root.iter(f"{BPMN}flowNodeRef")]
    return [one for one in {*ids} if ids.count(one) > 1] + [
        one for one in {*entries} if entries.count(one) > 1
    ]
