"""The way through: every step is reached, every way ends, nothing goes on after the end."""

from collections.abc import Callable, Iterable, Iterator

from service.engine.guard.known import Known
from service.engine.guard.model import ACTIVITIES, CHOICES, Diagram, Node, Scope
from service.engine.guard.registry import Remarks, rule, says


@rule(
    {
        "end-with-outgoing": "a flow leaves an end event",
        "path-without-end": "a way stops at something that is no end event",
        "boundary-without-path": "a boundary event without a way on",
    }
)
def endings(diagram: Diagram, _known: Known) -> Remarks:
    """A way ends at an end event, and only there."""
    for node in diagram.nodes:
        if node.tag == "endEvent":
            if node.outgoing:
                yield says(
                    "end-with-outgoing",
                    node.xml,
                    "heeft een uitgaande pijl; na een einde gebeurt niets meer.",
                    "Verwijder de pijl, of maak er een tussengebeurtenis van.",
                )
        elif node.outgoing or node.aside or _jumps(node):
            continue
        elif node.tag == "boundaryEvent":
            yield says(
                "boundary-without-path",
                node.xml,
                "heeft geen uitgaande pijl; als zij afgaat, gebeurt er niets.",
                "Laat een pijl lopen naar wat er dan moet gebeuren.",
            )
        else:
            yield says(
                "path-without-end",
                node.xml,
                "heeft geen uitgaande pijl; de weg loopt hier dood.",
                "Laat de weg eindigen in een eindgebeurtenis.",
            )


def _jumps(node: Node) -> bool:
    return node.tag == "intermediateThrowEvent" and node.link is not None


@rule({"condition-elsewhere": "a condition on a flow that leaves an event or a gateway of events"})
def conditions_only_at_choices(diagram: Diagram, _known: Known) -> Remarks:
    """A condition elsewhere is a choice that nobody makes."""
    for flow in diagram.flows:
        if flow.condition is None or flow.source is None:
            continue
        if flow.source.tag not in CHOICES | ACTIVITIES:
            yield says(
                "condition-elsewhere",
                flow.xml,
                "heeft een voorwaarde, maar begint niet bij een stap of een exclusieve of "
                "inclusieve splitsing; de voorwaarde zou nooit gelden.",
                "Zet een exclusieve splitsing voor de pijl, of teken de pijl opnieuw zonder "
                "voorwaarde.",
                at="conditionExpression",
            )


@rule({"unreachable": "a node that no way from a start reaches"})
def unreachable(diagram: Diagram, _known: Known) -> Remarks:
    """A step that no case can reach is lost work, or a lost arrow."""
    for scope in diagram.scopes:
        reached = _spread(scope.entrances(), _onward)
        for node in scope.nodes if scope.entrances() else ():
            if node not in reached and node.tag != "boundaryEvent" and not node.aside:
                yield says(
                    "unreachable",
                    node.xml,
                    "is vanaf geen enkele start te bereiken.",
                    "Verbind het met de rest van het proces, of verwijder het.",
                )


@rule({"no-path-to-end": "a loop that never reaches an end event"})
def no_path_to_end(diagram: Diagram, _known: Known) -> Remarks:
    """A case must be able to end; a way that stops short has a finding of its own."""
    for scope in diagram.scopes:
        ends = [node for node in scope.nodes if not node.outgoing and not _jumps(node)]
        finishing = _spread(ends, _backward(scope))
        stuck = _spread(scope.entrances(), _onward) - finishing
        for node in scope.nodes:
            if node in stuck:
                yield says(
                    "no-path-to-end",
                    node.xml,
                    "kan geen einde bereiken; een zaak blijft hier eeuwig rondgaan.",
                    "Geef de lus een uitgang naar een eindgebeurtenis.",
                )


def _onward(node: Node) -> Iterator[Node]:
    yield from node.following()
    yield from node.boundaries


def _backward(scope: Scope) -> Callable[[Node], Iterable[Node]]:
    hosts = {event: node for node in scope.nodes for event in node.boundaries}

    def before(node: Node) -> Iterator[Node]:
        yield from (flow.source for flow in node.incoming if flow.source is not None)
        if node.tag == "intermediateCatchEvent" and node.link is not None:
            yield from (one for one in scope.nodes if _jumps(one) and one.link == node.link)
        if node in hosts:
            yield hosts[node]

    return before


def _spread(begin: Iterable[Node], step: Callable[[Node], Iterable[Node]]) -> set[Node]:
    seen, todo = set(begin), list(begin)
    while todo:
        for node in step(todo.pop()):
            if node not in seen:
                seen.add(node)
                todo.append(node)
    return seen
