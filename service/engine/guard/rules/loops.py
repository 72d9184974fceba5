"""Repetitions: over a list that zeebe:loopCharacteristics names, with a result or without."""

from service.engine.guard.known import Known
from service.engine.guard.model import ACTIVITIES, Diagram
from service.engine.guard.panel import field
from service.engine.guard.registry import Remarks, rule, says
from service.engine.guard.xmlnames import bpmn_children, text_of, zeebe_child

_LOOP = "multiInstanceLoopCharacteristics"
_STANDARD = "standardLoopCharacteristics"
_LIST = "loopCharacteristics inputCollection"
_RESULTS = "loopCharacteristics outputCollection"
_RESULT = "loopCharacteristics outputElement"


@rule(
    {
        "loop-without-collection": "a repetition that names no list and no number",
        "loop-two-sources": "a repetition with both a list and a number",
        "loop-half-output": "a repetition with outputCollection or outputElement alone",
        "loop-twice": "two repetitions on one step",
    }
)
def repetitions(diagram: Diagram, _known: Known) -> Remarks:
    """A repetition runs once for each item of a list."""
    for node in diagram.tagged(*ACTIVITIES):
        loops = bpmn_children(node.xml, _LOOP)
        if len(loops) + len(bpmn_children(node.xml, _STANDARD)) > 1:
            yield says(
                "loop-twice",
                node.xml,
                "heeft twee herhalingen.",
                "Kies de herhaling opnieuw met ‘Soort wijzigen’; dan blijft er een over.",
            )
        for loop in loops:
            settings = zeebe_child(loop, "loopCharacteristics")
            counted = any(text_of(count) for count in bpmn_children(loop, "loopCardinality"))
            if settings is not None and counted:
                yield says(
                    "loop-two-sources",
                    node.xml,
                    "herhaalt zich over een lijst en ook een vast aantal keren.",
                    f"Maak {field(_LIST)} leeg, of kies de herhaling opnieuw met ‘Soort wijzigen’.",
                    at=_LIST,
                )
            elif settings is None and not counted:
                yield says(
                    "loop-without-collection",
                    node.xml,
                    "herhaalt zich zonder lijst.",
                    f"Vul {field(_LIST)} in.",
                    at=_LIST,
                )
            elif settings is not None and bool(settings.get("outputCollection")) != bool(
                settings.get("outputElement")
            ):
                yield says(
                    "loop-half-output",
                    node.xml,
                    f"verzamelt uitkomsten maar half: {field(_RESULTS)} en {field(_RESULT)} horen "
                    "bij elkaar.",
                    "Vul ze allebei in, of geen van beide.",
                    at=_RESULT if settings.get("outputCollection") else _RESULTS,
                )


@rule(
    {
        "loop-endless": "a standard loop without a condition and without a maximum",
        "loop-maximum": "a standard loop with a maximum that is no whole number from 1 to 1000",
    }
)
def standard_loops(diagram: Diagram, _known: Known) -> Remarks:
    """A loop says when it stops."""
    for node in diagram.tagged(*ACTIVITIES):
        for loop in bpmn_children(node.xml, _STANDARD):
            most = loop.get("loopMaximum")
            if most is None and not any(text_of(c) for c in bpmn_children(loop, "loopCondition")):
                yield says(
                    "loop-endless",
                    node.xml,
                    "herhaalt zich zonder einde.",
                    f"Vul {field('loopCondition')} in, of {field('loopMaximum')}.",
                    at="loopCondition",
                )
            elif most is not None and not (
                most.isascii() and most.isdigit() and len(most) <= 4 and 1 <= int(most) <= 1000
            ):
                yield says(
                    "loop-maximum",
                    node.xml,
                    "herhaalt zich niet een aantal keren van 1 tot en met 1000.",
                    f"Vul bij {field('loopMaximum')} een geheel getal in, of maak het leeg.",
                    at="loopMaximum",
                )
