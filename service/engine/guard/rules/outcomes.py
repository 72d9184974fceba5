"""Errors and escalations: each has a code, and somebody catches it."""

from collections.abc import Iterator

from lxml import etree

from service.engine.guard.known import Known
from service.engine.guard.model import Diagram, Node, Scope
from service.engine.guard.panel import field
from service.engine.guard.registry import Remarks, rule, says, warning
from service.engine.guard.triggers import runs_on
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import bpmn_children, zeebe_child

EVERY = "*"
_ERROR, _ESCALATION = "errorEventDefinition", "escalationEventDefinition"
_CODE = {_ERROR: ("errorRef", "error", "errorCode")}
_CODE[_ESCALATION] = ("escalationRef", "escalation", "escalationCode")


def code_of(diagram: Diagram, definition: etree._Element, kind: str) -> str | None:
    """The code that the event throws or catches; None when it names none."""
    attribute, tag, code = _CODE[kind]
    declared = diagram.one(definition.get(attribute), tag)
    return None if declared is None else declared.get(code) or None


@rule(
    {
        "error-without-code": "an error without errorCode",
        "escalation-without-code": "an escalation without escalationCode",
        "computed-code": "an error or escalation code that is computed",
    }
)
def codes(diagram: Diagram, _known: Known) -> Remarks:
    """Throwing and catching meet by a fixed code."""
    for kind, (attribute, tag, code) in _CODE.items():
        for declared in bpmn_children(diagram.root, tag):
            if declared.get(code, "").lstrip().startswith("="):
                yield says(
                    "computed-code",
                    declared,
                    "heeft een berekende code.",
                    f"Vul bij {field(code)} een vaste code in, zoals NIET_BEREIKBAAR.",
                    at=code,
                )
        for node, definition in diagram.events(kind):
            named = definition.get(attribute)
            if tag not in runs_on(node):
                continue
            if named is None and node.tag in ("boundaryEvent", "startEvent"):
                continue
            if named is not None and diagram.one(named, tag) is None:
                continue
            if code_of(diagram, definition, kind) is None:
                yield says(
                    f"{tag}-without-code",
                    node.xml,
                    "heeft geen code om op te vangen.",
                    f"Kies of maak er een bij {field(attribute)}, en vul {field(code)} in.",
                    at=code if named else attribute,
                )


@rule({"error-not-caught": "an error end that nothing in this file catches"})
def error_not_caught(diagram: Diagram, known: Known) -> Remarks:
    """An error that nobody catches stops every case that gets there."""
    for node, definition in diagram.events(_ERROR):
        code = code_of(diagram, definition, _ERROR)
        if node.tag != "endEvent" or not code or {code, EVERY} & known.caught_errors:
            continue
        if not _caught(diagram, node.scope, code, _ERROR):
            yield says(
                "error-not-caught",
                node.xml,
                f"geeft fout {quoted(code)}, maar niets in dit bestand vangt die op.",
                "Zet op het deelproces of de aanroep een randgebeurtenis met deze fout.",
                at="errorRef",
            )


@warning({"escalation-not-caught": "an escalation that nothing in this file catches"})
def escalation_not_caught(diagram: Diagram, _known: Known) -> Remarks:
    """The case goes on, but nobody hears the escalation."""
    for node, definition in diagram.events(_ESCALATION):
        code = code_of(diagram, definition, _ESCALATION)
        throws = node.tag in ("endEvent", "intermediateThrowEvent")
        if throws and code and not _caught(diagram, node.scope, code, _ESCALATION):
            yield says(
                "escalation-not-caught",
                node.xml,
                f"geeft escalatie {quoted(code)}, maar niets in dit bestand vangt die op.",
                "Zet op het deelproces of de aanroep een randgebeurtenis met deze escalatie.",
                at="escalationRef",
            )


@rule({"boundary-same-trigger": "two boundary events on one step wait for the same thing"})
def same_trigger(diagram: Diagram, _known: Known) -> Remarks:
    """Which of the two would go off, nobody can tell."""
    for host in diagram.nodes:
        seen: set[tuple[str, str | None]] = set()
        for event in host.boundaries:
            waits = waits_for(diagram, event)
            if waits is not None and waits in seen:
                yield says(
                    "boundary-same-trigger",
                    event.xml,
                    f"wacht op hetzelfde als een andere randgebeurtenis op {quoted(host.id)}.",
                    "Houd een van de twee over.",
                )
            elif waits is not None:
                seen.add(waits)


def waits_for(diagram: Diagram, event: Node) -> tuple[str, str | None] | None:
    if event.kind in _CODE:
        return event.kind, code_of(diagram, event.definitions[0], event.kind)
    if event.kind == "messageEventDefinition":
        return event.kind, event.definitions[0].get("messageRef")
    if event.kind == "signalEventDefinition":
        return event.kind, event.definitions[0].get("signalRef")
    return None


def caught_by_calls(diagram: Diagram) -> frozenset[str]:
    """The error codes that calls of other processes catch; ``EVERY`` for any code."""
    return frozenset(
        code_of(diagram, event.definitions[0], _ERROR) or EVERY
        for call in diagram.tagged("callActivity")
        for event in call.boundaries
        if event.kind == _ERROR
    )


def _caught(diagram: Diagram, scope: Scope, code: str, kind: str) -> bool:
    here: Scope | None = None
    for around in scope.outwards():
        for catcher in [*_handlers(diagram, around, here), *_hosts(diagram, around)]:
            if _catches(diagram, catcher, code, kind):
                return True
        here = around
    return False


def _handlers(diagram: Diagram, scope: Scope, but: Scope | None) -> Iterator[Node]:
    """The starts of the event subprocesses of a scope, other than the one we come from.

    When that one interrupts, it has ended everything beside it, the others too.
    """
    if but is not None and but.by_event and any(_interrupts(start) for start in but.starts()):
        return
    for inner in diagram.scopes:
        if inner.by_event and inner.parent is scope and inner is not but:
            yield from inner.starts()


def _interrupts(start: Node) -> bool:
    return start.xml.get("isInterrupting") != "false"


def _hosts(diagram: Diagram, scope: Scope) -> Iterator[Node]:
    """The events on the edge of this scope: of the subprocess, or of calls of the process."""
    if scope.parent is not None:
        hosts = [node for node in scope.parent.nodes if node.xml is scope.xml]
    else:
        hosts = [
            node
            for node in diagram.tagged("callActivity")
            if (called := zeebe_child(node.xml, "calledElement")) is not None
            and called.get("processId") == scope.xml.get("id")
        ]
    for host in hosts:
        yield from host.boundaries


def _catches(diagram: Diagram, event: Node, code: str, kind: str) -> bool:
    return event.kind == kind and code_of(diagram, event.definitions[0], kind) in (None, code)
