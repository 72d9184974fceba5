"""Whose step is it: every task of a person has a lane or a group."""

from collections.abc import Iterator

from lxml import etree

from service.engine.guard.known import Known
from service.engine.guard.model import Diagram, Node
from service.engine.guard.panel import box, field
from service.engine.guard.registry import Remarks, rule, says, warning
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import bpmn_children, is_bpmn, text_of, zeebe_child


def lanes_by_node(diagram: Diagram) -> dict[str, etree._Element]:
    """The lane of each node id that stands in one."""
    return {
        text_of(reference): lane
        for lane in diagram.model()
        if is_bpmn(lane, "lane")
        for reference in bpmn_children(lane, "flowNodeRef")
    }


def lane_of(node: Node, lanes: dict[str, etree._Element]) -> etree._Element | None:
    """Its own lane, or that of the nearest subprocess around it."""
    for key in (node.id, *(scope.xml.get("id", "") for scope in node.scope.outwards())):
        if key in lanes:
            return lanes[key]
    return None


def groups_of(node: Node) -> str:
    """The candidate groups as written; empty when there are none."""
    assignment = zeebe_child(node.xml, "assignmentDefinition")
    return "" if assignment is None else assignment.get("candidateGroups", "").strip()


def fixed_groups(node: Node) -> Iterator[str]:
    """The candidate groups when they are not computed."""
    groups = groups_of(node)
    if not groups.startswith("="):
        yield from (group.strip() for group in groups.split(",") if group.strip())


@warning({"task-without-role": "a user task without lane, candidateGroups or assignee"})
def task_without_role(diagram: Diagram, _known: Known) -> Remarks:
    """A task of nobody lands in nobody's inbox."""
    lanes = lanes_by_node(diagram)
    for node in diagram.tagged("userTask"):
        assignment = zeebe_child(node.xml, "assignmentDefinition")
        if lane_of(node, lanes) is None and (assignment is None or not assignment.attrib):
            yield says(
                "task-without-role",
                node.xml,
                "staat niet in een baan en heeft geen rol; niemand krijgt deze taak.",
                "Zet de taak in de baan van een rol, of maak een keuze bij "
                f"{box('assignmentDefinition')} (candidateGroups).",
                at="assignmentDefinition",
            )


@rule({"empty-assignment": "an assignment that names nobody"})
def empty_assignment(diagram: Diagram, _known: Known) -> Remarks:
    """An empty group is not the same as no group."""
    for node in diagram.tagged("userTask"):
        assignment = zeebe_child(node.xml, "assignmentDefinition")
        values = [] if assignment is None else list(assignment.attrib.values())
        if assignment is not None and not all(str(value).strip() for value in values or [""]):
            yield says(
                "empty-assignment",
                node.xml,
                "heeft een veld dat zegt van wie de taak is, maar het is leeg.",
                f"Maak een keuze bij {box('assignmentDefinition')} (zeebe:assignmentDefinition).",
                at="assignmentDefinition",
            )


@rule({"unknown-role": "candidateGroups names a role that the profile does not have"})
def unknown_groups(diagram: Diagram, known: Known) -> Remarks:
    """A mistyped role would hide the task from everybody."""
    for node in diagram.tagged("userTask") if known.roles is not None else ():
        for group in fixed_groups(node):
            if group not in (known.roles or ()):
                yield says(
                    "unknown-role",
                    node.xml,
                    f"is voor de rol {quoted(group)}; die is er niet.",
                    f"Kies bij {box('assignmentDefinition')} een rol van de gemeente.",
                    at="assignmentDefinition",
                )


@warning({"lane-without-role": "a lane with user tasks whose id is no role of the profile"})
def lane_without_role(diagram: Diagram, known: Known) -> Remarks:
    """The lane's id is the role; tasks with groups of their own do not need it."""
    if known.roles is None:
        return
    lanes = lanes_by_node(diagram)
    needed = {
        lane.get("id", ""): lane
        for node in diagram.tagged("userTask")
        if not groups_of(node) and (lane := lane_of(node, lanes)) is not None
    }
    for key, lane in needed.items():
        if key not in known.roles:
            yield says(
                "lane-without-role",
                lane,
                "hoort niet bij een rol van de gemeente; niemand krijgt haar taken.",
                f"Maak een keuze bij {field('lane id')}.",
                at="lane id",
            )
