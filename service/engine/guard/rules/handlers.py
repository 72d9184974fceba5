"""Event subprocesses: one start that says what happens, and nothing drawn to or on them."""

from service.engine.guard.known import Known
from service.engine.guard.model import Diagram, Scope
from service.engine.guard.panel import field
from service.engine.guard.registry import Remarks, rule, says
from service.engine.guard.rules.outcomes import waits_for
from service.engine.guard.triggers import EVENT_STARTS, runs_on, trigger
from service.engine.guard.words import EVENTS as TRIGGERS
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import bpmn_children, local, text_of

_CHOOSE = "Kies met ‘Soort wijzigen’ een bericht, signaal, tijd, fout, escalatie of voorwaarde."


def _handlers(diagram: Diagram) -> list[Scope]:
    return [scope for scope in diagram.scopes if scope.by_event]


@rule(
    {
        "event-subprocess-start": "the start of an event subprocess waits for nothing",
        "event-subprocess-start-kind": "an event subprocess that starts by something unsupported",
    }
)
def starts(diagram: Diagram, _known: Known) -> Remarks:
    """The start says what has to happen; without it the subprocess would never run."""
    for scope in _handlers(diagram):
        for node in scope.starts():
            if not node.definitions:
                yield says(
                    "event-subprocess-start",
                    node.xml,
                    f"zegt niet wanneer {quoted(scope.xml.get('id', ''))} begint.",
                    _CHOOSE,
                )
            elif node.kind and trigger(node.kind) not in EVENT_STARTS:
                yield says(
                    "event-subprocess-start-kind",
                    node.xml,
                    f"heeft als aanleiding: {TRIGGERS.get(node.kind, node.kind)}; "
                    "dat wordt hier niet uitgevoerd.",
                    _CHOOSE,
                )


@rule(
    {
        "event-subprocess-flow": "a flow to or from an event subprocess",
        "event-subprocess-boundary": "a boundary event on an event subprocess",
        "event-subprocess-loop": "an event subprocess that repeats itself",
    }
)
def stands_alone(diagram: Diagram, _known: Known) -> Remarks:
    """It begins by what happens, and ends by itself."""
    handlers = {scope.xml for scope in _handlers(diagram)}
    for node in (node for node in diagram.tagged("subProcess") if node.xml in handlers):
        for flow in [*node.incoming, *node.outgoing]:
            yield says(
                "event-subprocess-flow",
                flow.xml,
                f"loopt van of naar {quoted(node.id)}; dat begint door zijn gebeurtenis.",
                "Verwijder de pijl.",
            )
        for event in node.boundaries:
            yield says(
                "event-subprocess-boundary",
                event.xml,
                f"staat op deelproces bij een gebeurtenis {quoted(node.id)}; daar kan dat niet.",
                "Zet de gebeurtenis op een stap erbinnen.",
            )
        if bpmn_children(
            node.xml, "multiInstanceLoopCharacteristics", "standardLoopCharacteristics"
        ):
            yield says(
                "event-subprocess-loop",
                node.xml,
                "herhaalt zich, maar begint door een gebeurtenis.",
                "Zet de herhaling op een deelproces erbinnen.",
            )


@rule({"event-subprocess-same-trigger": "two event subprocesses wait for the same thing"})
def same_trigger(diagram: Diagram, _known: Known) -> Remarks:
    """Which of the two would begin, nobody can tell."""
    seen: set[object] = set()
    for scope in _handlers(diagram):
        for node in scope.starts():
            waits = waits_for(diagram, node)
            if waits is not None and (id(scope.parent), waits) in seen:
                yield says(
                    "event-subprocess-same-trigger",
                    node.xml,
                    "wacht op hetzelfde als een ander deelproces bij een gebeurtenis ernaast.",
                    "Houd een van de twee over.",
                )
            seen.add((id(scope.parent), waits))


@rule({"start-not-interrupting": "isInterrupting outside an event subprocess"})
def interrupting(diagram: Diagram, _known: Known) -> Remarks:
    """Only the start of an event subprocess has something to interrupt."""
    for node in diagram.tagged("startEvent"):
        if node.xml.get("isInterrupting") == "false" and not node.scope.by_event:
            yield says(
                "start-not-interrupting",
                node.xml,
                "laat de stap doorlopen, maar er loopt nog niets; dat hoort bij een deelproces bij "
                "een gebeurtenis.",
                "Teken de startgebeurtenis opnieuw (isInterrupting).",
            )


@rule({"condition-empty": "a conditional event without a condition"})
def condition_empty(diagram: Diagram, _known: Known) -> Remarks:
    """Without a condition it would never happen."""
    for node, definition in diagram.events("conditionalEventDefinition"):
        if "conditional" not in runs_on(node):
            continue
        found = [part for part in bpmn_children(definition, "condition") if text_of(part)]
        if len(found) != 1 or local(found[0]) != "condition":
            yield says(
                "condition-empty",
                node.xml,
                "heeft geen voorwaarde.",
                f"Vul {field('condition')} in.",
                at="condition",
            )
