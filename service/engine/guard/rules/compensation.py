"""Compensation and transactions: what can be undone, by what, and when."""

from lxml import etree

from service.engine.guard.known import Known
from service.engine.guard.model import ACTIVITIES, Diagram, Node, Scope
from service.engine.guard.panel import field
from service.engine.guard.registry import Remarks, rule, says
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import is_bpmn

_UNDO, _CANCEL = "compensateEventDefinition", "cancelEventDefinition"


def _undoes(node: Node) -> bool:
    return node.tag in ACTIVITIES and node.xml.get("isForCompensation") == "true"


def _handlers(diagram: Diagram) -> dict[Node, list[Node]]:
    """The activities that the lines from each compensation event on an edge lead to."""
    lines: dict[str | None, set[str | None]] = {}
    for line in diagram.model():
        if is_bpmn(line, "association"):
            lines.setdefault(line.get("sourceRef"), set()).add(line.get("targetRef"))
    by_id: dict[tuple[int, str], list[Node]] = {}
    for node in diagram.nodes:
        if _undoes(node):
            by_id.setdefault((id(node.scope), node.id), []).append(node)
    return {
        event: [
            node
            for target in sorted(filter(None, lines.get(event.id, ())))
            for node in by_id.get((id(event.scope), target), ())
        ]
        for event in _edges(diagram)
    }


def _edges(diagram: Diagram) -> list[Node]:
    return [node for node in diagram.tagged("boundaryEvent") if node.kind == _UNDO]


@rule(
    {
        "compensation-handler": "compensation on an edge without exactly one handler",
        "compensation-twice": "a step with two compensation events on its edge",
        "compensation-handler-alone": "a compensation handler that nothing leads to",
        "compensation-handler-flow": "a flow or boundary event on a handler, or out of its event",
    }
)
def handlers(diagram: Diagram, _known: Known) -> Remarks:
    """The line from the event to the handler is an association, not a flow."""
    used: set[str] = set()
    hosts: set[Node] = set()
    on = {event: host for host in diagram.nodes for event in host.boundaries}
    for event, found in _handlers(diagram).items():
        used |= {node.id for node in found}
        if len(found) != 1:
            yield says(
                "compensation-handler",
                event.xml,
                "wijst niet precies één stap aan die iets terugdraait.",
                "Kies bij de gebeurtenis ‘Stap toevoegen die dit terugdraait’ (isForCompensation), "
                "of trek één verbindingslijn naar zo’n stap.",
            )
        if (host := on.get(event)) is not None:
            if host in hosts:
                yield says(
                    "compensation-twice",
                    event.xml,
                    f"is de tweede compensatie op {quoted(host.id)}.",
                    "Houd er een over.",
                )
            hosts.add(host)
    for node in diagram.nodes:
        if _undoes(node) and node.id not in used:
            yield says(
                "compensation-handler-alone",
                node.xml,
                "draait iets terug, maar hoort bij geen enkele stap.",
                "Trek een verbindingslijn vanaf een compensatie op de rand van een stap.",
            )
        if (_undoes(node) and (node.incoming or node.outgoing or node.boundaries)) or (
            node.outgoing and node.tag == "boundaryEvent" and node.kind == _UNDO
        ):
            yield says(
                "compensation-handler-flow",
                node.xml,
                "heeft een pijl of randgebeurtenis; compensatie staat buiten de gewone weg.",
                "Verwijder die; de verbindingslijn wijst de weg.",
            )


@rule({"compensation-ref": "activityRef names nothing that can be undone from here"})
def references(diagram: Diagram, _known: Known) -> Remarks:
    """A throw can undo what was done in its own scope; an event subprocess, what is around it."""
    for node, definition in diagram.events(_UNDO):
        wanted = definition.get("activityRef")
        if wanted is None or node.tag == "boundaryEvent":
            continue
        scopes = [node.scope]
        if node.scope.by_event and node.scope.parent is not None:
            scopes.append(node.scope.parent)
        if not any(_undoable(scope, wanted) for scope in scopes):
            yield says(
                "compensation-ref",
                node.xml,
                f"draait {quoted(wanted)} terug; die stap is er niet of kan dat niet.",
                f"Kies bij {field('activityRef')} een deelproces, of een stap in hetzelfde deel "
                "met compensatie op de rand.",
                at="activityRef",
            )


def _undoable(scope: Scope, wanted: str) -> bool:
    return any(
        node.id == wanted
        and (
            node.tag in ("subProcess", "transaction")
            or any(event.kind == _UNDO for event in node.boundaries)
        )
        for node in scope.nodes
    )


@rule(
    {
        "cancel-outside-transaction": "a cancel end that is not directly inside a transaction",
        "cancel-host": "a cancel event on the edge of something else than a transaction",
        "cancel-not-caught": "a cancel end, and no cancel event on the transaction",
        "cancel-not-interrupting": "a cancel event that lets the transaction go on",
    }
)
def transactions(diagram: Diagram, _known: Known) -> Remarks:
    """A transaction is taken back as a whole, and left by its edge."""
    for node, _ in diagram.events(_CANCEL):
        if node.tag == "endEvent":
            yield from _cancel_end(diagram, node)
        if node.tag == "boundaryEvent" and not node.interrupts:
            yield says(
                "cancel-not-interrupting",
                node.xml,
                "laat de transactie doorlopen; een annulering beëindigt haar.",
                "Kies bij de gebeurtenis ‘Stap stopt of loopt door’ (cancelActivity).",
            )
    for host in diagram.nodes:
        for event in host.boundaries if host.tag != "transaction" else ():
            if event.kind == _CANCEL:
                yield says(
                    "cancel-host",
                    event.xml,
                    f"staat op {quoted(host.id)}; alleen een transactie kan geannuleerd worden.",
                    "Zet haar op een transactie.",
                )


def _cancel_end(diagram: Diagram, node: Node) -> Remarks:
    around: etree._Element = node.scope.xml
    if not is_bpmn(around, "transaction"):
        yield says(
            "cancel-outside-transaction",
            node.xml,
            "annuleert, maar staat niet in een transactie.",
            "Gebruik een fout, of maak van het deelproces een transactie.",
        )
        return
    host = next(one for one in diagram.nodes if one.xml is around)
    if not any(event.kind == _CANCEL for event in host.boundaries):
        yield says(
            "cancel-not-caught",
            node.xml,
            f"annuleert {quoted(host.id)}, maar op de rand daarvan vangt niets dat op.",
            "Zet een annulering op de rand van de transactie.",
        )
