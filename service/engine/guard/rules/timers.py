"""Timers: one time per timer, of a form that fits its place, in strict ISO 8601 or FEEL."""

from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from service.engine.guard.iso import has_offset, is_cycle, is_duration, is_moment
from service.engine.guard.known import Known
from service.engine.guard.model import Diagram, Node
from service.engine.guard.panel import box
from service.engine.guard.registry import Remark, Remarks, rule, says
from service.engine.guard.triggers import runs_on
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import bpmn_children, local, text_of

_TIMES = ("timeDate", "timeDuration", "timeCycle")
_FORMS = {
    "timeDate": ("een moment", "Schrijf bijvoorbeeld 2026-03-01T09:00:00+01:00."),
    "timeDuration": ("een duur", "Schrijf bijvoorbeeld PT8H (8 uur), P3D (3 dagen) of P2W."),
    "timeCycle": ("een herhaling", "Schrijf bijvoorbeeld R3/P1D (3 keer, elke dag) of R/PT8H."),
}
_FITS: Mapping[str, Callable[[str], bool]] = {
    "timeDate": is_moment,
    "timeDuration": is_duration,
    "timeCycle": is_cycle,
}


def _timers(diagram: Diagram) -> Iterator[tuple[Node, etree._Element]]:
    """Timers on events that can have one; elsewhere the trigger itself is refused."""
    for node, definition in diagram.events("timerEventDefinition"):
        if "timer" in runs_on(node):
            yield node, definition


@rule({"timer-without-time": "a timer without exactly one date, duration or cycle"})
def one_time(diagram: Diagram, _known: Known) -> Remarks:
    """A timer that does not say when goes off at once, or never."""
    for node, definition in _timers(diagram):
        times = bpmn_children(definition, *_TIMES)
        if len(times) != 1 or not text_of(times[0]):
            yield says(
                "timer-without-time",
                node.xml,
                "zegt niet hoelang of tot wanneer zij wacht.",
                f"Kies onder ‘Tijd’ een normtijd, of bij {box('timerEventDefinition')} een moment, "
                "duur of herhaling.",
                at="timerEventDefinition",
            )


@rule(
    {
        "timer-literal": "a literal time that is not strict ISO 8601",
        "date-without-offset": "a literal date-time without UTC offset",
    }
)
def literals(diagram: Diagram, _known: Known) -> Remarks:
    """Literal times are checked now, not on the day that they should go off."""
    for node, definition in _timers(diagram):
        for time in bpmn_children(definition, *_TIMES):
            text = text_of(time)
            remark = None if not text or text.startswith("=") else _literal(node, time, text)
            if remark is not None:
                yield remark


def _literal(node: Node, time: etree._Element, text: str) -> Remark | None:
    form, example = _FORMS[local(time)]
    if not _FITS[local(time)](text):
        return says(
            "timer-literal",
            node.xml,
            f"heeft als tijd {quoted(text)}; dat is niet {form} zoals het systeem die leest.",
            f"{example} Begin een berekening met “=”.",
            at=local(time),
        )
    if local(time) == "timeDate" and not has_offset(text):
        return says(
            "date-without-offset",
            node.xml,
            f"heeft als tijd {quoted(text)} zonder tijdzone; in zomertijd scheelt dat een uur.",
            "Zet de tijdzone erachter: +01:00 in de winter, +02:00 in de zomer.",
            at="timeDate",
        )
    return None


@rule(
    {
        "cycle-on-catch": "a repeating timer on an intermediate event",
        "cycle-interrupting": "a repeating timer that interrupts its step",
    }
)
def cycles(diagram: Diagram, _known: Known) -> Remarks:
    """Repeating makes sense only beside a step that goes on."""
    for node, definition in _timers(diagram):
        if not bpmn_children(definition, "timeCycle"):
            continue
        if node.tag == "intermediateCatchEvent":
            yield _no_cycle(
                "cycle-on-catch", node, "Kies bij ‘Soort’ een duur; herhaal met een pijl terug."
            )
        elif node.interrupts and (node.tag == "boundaryEvent" or node.scope.by_event):
            yield _no_cycle(
                "cycle-interrupting",
                node,
                "Kies bij ‘Soort’ een duur, of laat de stap doorlopen (gestreepte rand).",
            )


def _no_cycle(code: str, node: Node, way_out: str) -> Remark:
    return says(
        code,
        node.xml,
        "heeft een tijd die zich herhaalt; dat werkt hier niet.",
        way_out,
        at="timerEventDefinition",
    )
