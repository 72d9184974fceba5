"""A diagram can be read: everything is drawn, nothing lies over anything else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

import pytest
from lxml import etree

Names = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle on the canvas, in pixels."""

    of: str
    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: "Box") -> bool:
        """Whether the insides of both share a point."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def holds(self, other: "Box") -> bool:
        """Whether the other lies wholly within."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )


@dataclass(frozen=True, kw_only=True)
class Line:
    """A sequence flow on the canvas."""

    of: str
    ends: tuple[str, str]
    points: tuple[tuple[float, float], ...]

    def pieces(self) -> Iterator[Box]:
        """Its straight pieces, as boxes of (nearly) no width or height."""
        for (x1, y1), (x2, y2) in pairwise(self.points):
            yield Box(
                of=self.of,
                x=min(x1, x2),
                y=min(y1, y2),
                width=abs(x1 - x2) or 0.1,
                height=abs(y1 - y2) or 0.1,
            )


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """The flow nodes, lanes, lines and labels of one diagram."""

    nodes: dict[str, Box]
    hosts: dict[str, str]
    """Boundary event to the task on whose edge it sits."""
    around: dict[str, frozenset[str]]
    """Step or flow to the subprocesses that it stands in."""
    lanes: dict[str, Box]
    pool: Box
    lines: list[Line]
    labels: list[Box]


@pytest.fixture
def drawing(diagram: etree._Element, names: Names) -> Drawing:
    def box(bounds: etree._Element, of: str) -> Box:
        x, y, width, height = (float(bounds.get(key)) for key in ("x", "y", "width", "height"))
        return Box(of=of, x=x, y=y, width=width, height=height)

    shapes = {
        shape.get("bpmnElement"): box(shape.find("dc:Bounds", names), shape.get("bpmnElement"))
        for shape in diagram.iterfind(".//bpmndi:BPMNShape", names)
    }
    lanes = diagram.xpath("//bpmn:lane/@id", namespaces=names)
    pools = diagram.xpath("//bpmn:participant/@id", namespaces=names)
    flows = {f.get("id"): f for f in diagram.iterfind(".//bpmn:sequenceFlow", names)}
    return Drawing(
        nodes={key: shape for key, shape in shapes.items() if key not in [*lanes, *pools]},
        hosts={
            event.get("id"): event.get("attachedToRef")
            for event in diagram.iterfind(".//bpmn:boundaryEvent", names)
        },
        around={
            element.get("id"): frozenset(
                outer.get("id") for outer in element.iterancestors(f"{{{names['bpmn']}}}subProcess")
            )
            for element in diagram.iterfind(".//bpmn:process//*[@id]", names)
        },
        lanes={lane: shapes[lane] for lane in lanes},
        pool=shapes[pools[0]],
        lines=[
            Line(
                of=edge.get("bpmnElement"),
                ends=(
                    flows[edge.get("bpmnElement")].get("sourceRef"),
                    flows[edge.get("bpmnElement")].get("targetRef"),
                ),
                points=tuple(
                    (float(point.get("x")), float(point.get("y")))
                    for point in edge.iterfind("di:waypoint", names)
                ),
            )
            for edge in diagram.iterfind(".//bpmndi:BPMNEdge", names)
        ],
        labels=[
            box(label.find("dc:Bounds", names), label.getparent().get("bpmnElement"))
            for label in diagram.iterfind(".//bpmndi:BPMNLabel", names)
        ],
    )


def test_every_step_and_every_flow_is_drawn(
    diagram: etree._Element, drawing: Drawing, names: Names
) -> None:
    nodes = diagram.xpath(
        "//bpmn:process//*[bpmn:incoming or bpmn:outgoing or @triggeredByEvent='true']/@id",
        namespaces=names,
    )
    flows = diagram.xpath("//bpmn:sequenceFlow/@id", namespaces=names)
    assert sorted(drawing.nodes) == sorted(nodes)
    assert sorted(line.of for line in drawing.lines) == sorted(flows)


def test_every_name_outside_a_task_has_a_place(
    diagram: etree._Element, drawing: Drawing, names: Names
) -> None:
    named = diagram.xpath(
        "//*[self::bpmn:startEvent or self::bpmn:endEvent or self::bpmn:boundaryEvent"
        " or self::bpmn:intermediateCatchEvent or self::bpmn:intermediateThrowEvent"
        " or self::bpmn:exclusiveGateway or self::bpmn:parallelGateway"
        " or self::bpmn:inclusiveGateway or self::bpmn:eventBasedGateway"
        " or self::bpmn:sequenceFlow][string(@name)]/@id",
        namespaces=names,
    )
    assert sorted(label.of for label in drawing.labels) == sorted(named)


def test_no_two_steps_overlap(drawing: Drawing) -> None:
    for one, other in combinations(drawing.nodes.values(), 2):
        if other.of in drawing.around[one.of]:
            assert other.holds(one), (one, other)
        elif one.of in drawing.around[other.of]:
            assert one.holds(other), (one, other)
        elif one.of != drawing.hosts.get(other.of) and other.of != drawing.hosts.get(one.of):
            assert not one.overlaps(other), (one, other)


def test_no_label_lies_over_a_step_or_another_label(drawing: Drawing) -> None:
    for one, other in combinations(drawing.labels, 2):
        assert not one.overlaps(other), (one, other)
    for label in drawing.labels:
        for node in drawing.nodes.values():
            if node.of in drawing.around[label.of]:
                assert node.holds(label), (label, node)
            else:
                assert not label.overlaps(node), (label, node)


def test_no_line_runs_through_a_step_or_a_label(drawing: Drawing) -> None:
    for line in drawing.lines:
        beside = {*line.ends, *drawing.around[line.of]}
        others = [node for node in drawing.nodes.values() if node.of not in beside]
        for piece in line.pieces():
            for box in [*others, *drawing.labels]:
                assert not piece.overlaps(box), (line, box)


def test_lines_run_straight_and_start_and_end_at_the_edge_of_their_steps(
    drawing: Drawing,
) -> None:
    for line in drawing.lines:
        for (x1, y1), (x2, y2) in pairwise(line.points):
            assert (x1 == x2) != (y1 == y2), line
        for (x, y), end in zip((line.points[0], line.points[-1]), line.ends, strict=True):
            node = drawing.nodes[end]
            on_side = x in (node.x, node.x + node.width) and node.y <= y <= node.y + node.height
            on_flat = y in (node.y, node.y + node.height) and node.x <= x <= node.x + node.width
            assert on_side or on_flat, (line, node)


def test_no_two_lines_cross(drawing: Drawing) -> None:
    for one, other in combinations(drawing.lines, 2):
        for piece in one.pieces():
            for that in other.pieces():
                assert not piece.overlaps(that), (one, other)


def test_a_step_stands_in_the_lane_of_its_role(
    diagram: etree._Element, drawing: Drawing, names: Names
) -> None:
    for lane in diagram.iterfind(".//bpmn:lane", names):
        band = drawing.lanes[lane.get("id")]
        assert drawing.pool.holds(band)
        for reference in lane.iterfind("bpmn:flowNodeRef", names):
            assert band.holds(drawing.nodes[reference.text or ""]), reference.text


def test_the_normal_course_runs_from_left_to_right(drawing: Drawing) -> None:
    forward = [line for line in drawing.lines if line.points[-1][0] >= line.points[0][0]]
    assert len(forward) >= 0.8 * len(drawing.lines)
