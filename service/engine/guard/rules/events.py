"""Events: which trigger may stand on which event."""

from collections.abc import Mapping

from service.engine.guard.known import Known
from service.engine.guard.model import EVENTS, Diagram, Node
from service.engine.guard.registry import Remarks, rule, says
from service.engine.guard.triggers import PLACES, REFUSED_TRIGGERS, code_for, trigger
from service.engine.guard.words import EVENTS as TRIGGERS
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import local

_WAYS_OUT = {
    "compensate": "Terugdraaien hoort op een tussen-, eind- of randgebeurtenis.",
    "link": "Een koppeling hoort op een tussen- of wachtgebeurtenis.",
    "conditional": "Een voorwaarde hoort op een wacht- of randgebeurtenis, of in een deelproces.",
    "cancel": "Een annulering hoort op het einde of op de rand van een transactie.",
    "terminate": "Alles beëindigen hoort op een eindgebeurtenis.",
    "timer": "Een tijd hoort op een start-, wacht- of randgebeurtenis.",
    "error": "Een fout hoort op een eindgebeurtenis of een randgebeurtenis.",
    "escalation": "Een escalatie hoort op een tussen-, eind- of randgebeurtenis.",
    "message": "Kies een andere gebeurtenis.",
}


@rule({code: f"{kind} trigger on bpmn:{tag}" for code, (tag, kind) in REFUSED_TRIGGERS.items()})
def refused_triggers(diagram: Diagram, _known: Known) -> Remarks:
    """A trigger that would start at once, pass by or never fire."""
    for node in diagram.tagged(*EVENTS):
        if _start_inside(node):
            continue
        for definition in node.definitions:
            code = code_for(node.tag, trigger(local(definition)))
            if code in REFUSED_TRIGGERS:
                kind = TRIGGERS[local(definition)]
                yield says(
                    code,
                    node.xml,
                    f"heeft als aanleiding: {kind}; dat wordt hier niet uitgevoerd.",
                    _WAYS_OUT[trigger(local(definition))],
                )


def _start_inside(node: Node) -> bool:
    """A start of a subprocess may have no trigger at all; structure says so."""
    return node.tag == "startEvent" and node.scope.parent is not None


@rule(
    {
        "catch-without-trigger": "an intermediate catch event that waits for nothing",
        "boundary-without-trigger": "a boundary event that waits for nothing",
        "several-triggers": "an event with more than one trigger",
    }
)
def trigger_count(diagram: Diagram, _known: Known) -> Remarks:
    """An event has one trigger; waiting without one would pass straight through."""
    for node in diagram.tagged(*EVENTS):
        found = node.definitions
        place = PLACES[node.tag]
        if len(found) > 1:
            kinds = ", ".join(TRIGGERS.get(local(definition), "?") for definition in found)
            yield says(
                "several-triggers",
                node.xml,
                f"heeft meer dan één aanleiding: {kinds}.",
                "Maak er aparte gebeurtenissen van.",
            )
        elif not found and place in ("catch", "boundary") and not _refers(node):
            yield says(
                f"{place}-without-trigger",
                node.xml,
                "wacht nergens op.",
                "Kies met ‘Soort wijzigen’ een bericht of een tijd.",
            )


def _refers(node: Node) -> bool:
    """An eventDefinitionRef is refused already, by its own code."""
    return any(local(child) == "eventDefinitionRef" for child in node.xml.iterchildren("*"))


@rule({"non-interrupting-error": "an error that lets the step or scope go on"})
def non_interrupting(diagram: Diagram, _known: Known) -> Remarks:
    """A step that failed cannot go on."""
    for node in diagram.tagged("boundaryEvent", "startEvent"):
        if not node.interrupts and node.kind == "errorEventDefinition":
            yield says(
                "non-interrupting-error",
                node.xml,
                "laat de stap doorlopen na een fout; dat kan niet.",
                "Kies bij de gebeurtenis ‘Stap stopt of loopt door’ (cancelActivity).",
            )


@rule({"boundary-never-fires": "a boundary error or escalation on a step that throws none"})
def boundary_never_fires(diagram: Diagram, _known: Known) -> Remarks:
    """Errors come out of systems and other processes, not out of a person's form."""
    for node in diagram.nodes:
        for event in node.boundaries:
            kind = trigger(event.kind)
            if node.tag not in _THROWERS.get(kind, (node.tag,)):
                yield says(
                    "boundary-never-fires",
                    event.xml,
                    f"wacht op {TRIGGERS[event.kind]}, maar {quoted(node.id)} kan die niet geven.",
                    "Verwijder de gebeurtenis, of zet haar op een systeemtaak, deelproces of "
                    "aanroep.",
                )


_THROWERS: Mapping[str, tuple[str, ...]] = {
    "error": ("serviceTask", "sendTask", "subProcess", "transaction", "callActivity"),
    "escalation": ("subProcess", "transaction", "callActivity"),
}
