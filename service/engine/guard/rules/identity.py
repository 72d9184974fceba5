"""Ids: present, unique, usable as a file name and free of the engine's own words."""

import re

from lxml import etree

from service.engine.guard.known import Known
from service.engine.guard.model import Diagram
from service.engine.guard.panel import attribute
from service.engine.guard.registry import Remarks, rule, says
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import is_bpmn

USABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,99}", re.ASCII)
RESERVED = frozenset({"Start", "End", "Root"})
RESERVED_ENDINGS = (".EndJoin", ".BoundaryEventSplit", ".BoundaryEventJoin")
_NEEDED = frozenset({"message", "signal", "error", "escalation", "participant", "lane"})


def _named(diagram: Diagram) -> list[etree._Element]:
    """What is referred to: processes, nodes, flows and shared definitions."""
    nodes = [node.xml for node in diagram.nodes]
    flows = [flow.xml for flow in diagram.flows]
    others = [element for element in diagram.model() if is_bpmn(element, *_NEEDED)]
    return [*diagram.processes(), *nodes, *flows, *others]


@rule({"missing-id": "a process, node, flow, lane or shared definition without an id"})
def missing_id(diagram: Diagram, _known: Known) -> Remarks:
    """History, forms and rights refer to an element by its id."""
    for element in _named(diagram):
        if not element.get("id"):
            yield says(
                "missing-id",
                element,
                "heeft geen technische naam.",
                f"Vul {attribute(element, 'id')} in.",
                at="id",
            )


@rule({"duplicate-id": "one id on two elements"})
def duplicate_id(diagram: Diagram, _known: Known) -> Remarks:
    """Two elements with one id cannot be told apart."""
    for key, found in diagram.by_id.items():
        for element in found[1:]:
            yield says(
                "duplicate-id",
                element,
                f"heeft de technische naam {quoted(key)}, maar die staat al op regel "
                f"{found[0].sourceline}.",
                f"Kies bij een van de twee een andere {attribute(element, 'id')}.",
                at="id",
            )


@rule(
    {
        "reserved-id": "an id that the engine keeps for itself (Start, End, Root, *.EndJoin)",
        "unusable-id": "an id that cannot be a file name or a path",
    }
)
def usable_id(diagram: Diagram, _known: Known) -> Remarks:
    """An id becomes a folder, a file name and a key in the history."""
    seen = {key: element for element in _named(diagram) if (key := element.get("id"))}
    for key, element in seen.items():
        if key in RESERVED or key.endswith(RESERVED_ENDINGS):
            yield says(
                "reserved-id",
                element,
                "heeft een technische naam die het systeem zelf gebruikt.",
                f"Kies een andere {attribute(element, 'id')}, zoals signaal_beoordelen.",
                at="id",
            )
        elif not USABLE.fullmatch(key):
            yield says(
                "unusable-id",
                element,
                "heeft een technische naam met andere tekens dan letters, cijfers, _ en -, of een "
                "die langer is dan 100 tekens.",
                f"Gebruik bij {attribute(element, 'id')} alleen letters, cijfers en _, zoals "
                "signaal_beoordelen.",
                at="id",
            )
