"""Repetitions: over a list that zeebe:loopCharacteristics names, with a result or without."""

from service.engine.guard.known import Known
from service.engine.guard.model import ACTIVITIES, Diagram
from service.engine.guard.registry import Remarks, rule, says
from service.engine.guard.xmlnames import bpmn_children, zeebe_child

_LOOP = "multiInstanceLoopCharacteristics"


@rule(
    {
        "loop-without-collection": "a repetition that names no list",
        "loop-half-output": "a repetition with outputCollection or outputElement alone",
        "loop-twice": "two repetitions on one step",
    }
)
def repetitions(diagram: Diagram, _known: Known) -> Remarks:
    """A repetition runs once for each item of a list."""
    for node in diagram.tagged(*ACTIVITIES):
        loops = bpmn_children(node.xml, _LOOP)
        if len(loops) > 1:
            yield says("loop-twice", node.xml, "heeft twee herhalingen.", "Verwijder er een.")
        for loop in loops:
            settings = zeebe_child(loop, "loopCharacteristics")
            if settings is None:
                yield says(
                    "loop-without-collection",
                    node.xml,
                    "herhaalt zich zonder lijst.",
                    "Vul de lijst in (zeebe:loopCharacteristics inputCollection).",
                )
            elif bool(settings.get("outputCollection")) != bool(settings.get("outputElement")):
                yield says(
                    "loop-half-output",
                    node.xml,
                    "verzamelt uitkomsten maar half: outputCollection en outputElement horen "
                    "bij elkaar.",
                    "Vul ze allebei in, of geen van beide.",
                )
