"""A diagram as a list of its steps, also when it would not pass the guard."""

from dataclasses import dataclass

from service.domain.errors import Unreadable
from service.domain.xml import read_xml
from service.engine.guard.model import Flow, Node, condition_text, understand
from service.engine.guard.rules.assignment import lane_of, lanes_by_node
from service.engine.guard.words import NOUNS


@dataclass(frozen=True, kw_only=True)
class Way:
    """An arrow that leaves a step."""

    name: str
    to: str
    """The name of the step that it leads to."""
    condition: str
    default: bool


@dataclass(frozen=True, kw_only=True)
class Outlined:
    """One step in words."""

    element_id: str
    name: str
    kind: str
    """What kind of step it is, in Dutch."""
    lane: str
    """The name of the lane that it stands in; empty outside lanes."""
    ways: tuple[Way, ...]


def outline(content: bytes) -> tuple[Outlined, ...]:
    """The steps of a file in its order; none of a file that cannot be read."""
    try:
        diagram = understand(read_xml(content, file=""), file="")
    except Unreadable:
        return ()
    lanes = lanes_by_node(diagram)
    return tuple(
        Outlined(
            element_id=node.id,
            name=_named(node),
            kind=NOUNS.get(node.tag, node.tag),
            lane="" if (lane := lane_of(node, lanes)) is None else lane.get("name", ""),
            ways=tuple(_way(flow) for flow in node.outgoing),
        )
        for node in diagram.nodes
    )


def _way(flow: Flow) -> Way:
    return Way(
        name=" ".join(flow.xml.get("name", "").split()),
        to=_named(flow.target) if flow.target else "",
        condition=condition_text(flow),
        default=flow.is_default,
    )


def _named(node: Node) -> str:
    return " ".join(node.xml.get("name", "").split()) or node.id
