"""Which trigger may stand on which event: the table behind the rules on events and timers."""

from collections.abc import Mapping

from service.engine.guard.model import Node
from service.engine.guard.words import EVENTS as TRIGGERS

PLACES: Mapping[str, str] = {
    "startEvent": "start",
    "intermediateCatchEvent": "catch",
    "intermediateThrowEvent": "throw",
    "boundaryEvent": "boundary",
    "endEvent": "end",
}

RUNS: Mapping[str, frozenset[str]] = {
    "startEvent": frozenset({"message", "signal", "timer"}),
    "intermediateCatchEvent": frozenset({"message", "signal", "timer", "conditional", "link"}),
    "intermediateThrowEvent": frozenset({"message", "signal", "escalation", "link", "compensate"}),
    "boundaryEvent": frozenset(
        {
            "message",
            "signal",
            "timer",
            "conditional",
            "error",
            "escalation",
            "compensate",
            "cancel",
        }
    ),
    "endEvent": frozenset(
        {"message", "signal", "error", "escalation", "compensate", "cancel", "terminate"}
    ),
}
"""The triggers that run, by event."""


EVENT_STARTS = frozenset({"message", "signal", "timer", "error", "escalation", "conditional"})
"""The triggers that run on the start of an event subprocess."""


def runs_on(node: Node) -> frozenset[str]:
    """The triggers that run on this event, where it stands."""
    if node.tag == "startEvent" and node.scope.by_event:
        return EVENT_STARTS
    return RUNS[node.tag]


def trigger(definition: str) -> str:
    """``signalEventDefinition`` as ``signal``."""
    return definition.removesuffix("EventDefinition")


def code_for(tag: str, kind: str) -> str:
    """The code of a trigger that may not stand on an event."""
    return f"{kind}-{PLACES[tag]}-event"


REFUSED_TRIGGERS: Mapping[str, tuple[str, str]] = {
    code_for(tag, trigger(kind)): (tag, trigger(kind))
    for tag in PLACES
    for kind in TRIGGERS
    if trigger(kind) not in RUNS[tag]
}
"""Code to event and trigger, for each pair that does not run: ``signal-end-event`` …"""
