"""The file as a whole: does it hold a process that can run, with a start?"""

from collections import Counter

from service.engine.guard.known import Known
from service.engine.guard.model import Diagram, Node, Scope
from service.engine.guard.panel import field, part
from service.engine.guard.registry import Remarks, rule, says, warning
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import is_bpmn, local


@rule({"no-process": "the file holds no executable process"})
def no_process(diagram: Diagram, _known: Known) -> Remarks:
    """A publication is there to run something."""
    if not any(scope.parent is None for scope in diagram.scopes):
        drawn = diagram.processes()
        yield says(
            "no-process",
            drawn[0] if drawn else diagram.root,
            "is alleen getekend, en er is geen proces dat uitgevoerd wordt."
            if drawn
            else "bevat geen proces dat uitgevoerd kan worden.",
            f"Zet {field('isExecutable')} aan." if drawn else "Teken een proces.",
            at="isExecutable",
        )


@warning({"executable-not-stated": "isExecutable is missing; the process is taken as executable"})
def executable_not_stated(diagram: Diagram, _known: Known) -> Remarks:
    """Tools disagree on what a missing flag means, so a person should say it."""
    for process in diagram.processes():
        if process.get("isExecutable") is None:
            yield says(
                "executable-not-stated",
                process,
                "zegt niet of het uitgevoerd mag worden; het wordt gelezen als uitvoerbaar.",
                f"Zet {field('isExecutable')} aan, of uit voor een deel dat alleen is getekend.",
                at="isExecutable",
            )


@rule(
    {
        "no-start-event": "a process without a start event",
        "two-none-starts": "more than one start event without a trigger",
        "same-start-message": "two start events wait for the same message or signal",
    }
)
def process_starts(diagram: Diagram, _known: Known) -> Remarks:
    """One plain start; beside it any number of starts by distinct messages and signals."""
    for scope in diagram.scopes:
        if scope.parent is None:
            yield from _starts_of_process(scope)


def _starts_of_process(scope: Scope) -> Remarks:
    starts = scope.starts()
    if not scope.entrances():
        yield says(
            "no-start-event",
            scope.xml,
            "heeft geen startgebeurtenis.",
            "Begin het proces met een startgebeurtenis.",
        )
    plain = [node for node in starts if not node.definitions]
    for node in plain[1:]:
        yield says(
            "two-none-starts",
            node.xml,
            f"is de tweede start zonder aanleiding; {quoted(plain[0].id)} is er al een.",
            "Houd één gewone start over, of laat de andere beginnen met een bericht.",
        )
    messages = Counter(_message_of(node) for node in starts)
    for node in starts:
        if messages[_message_of(node)] > 1 and _message_of(node):
            yield says(
                "same-start-message",
                node.xml,
                "wacht op hetzelfde bericht of signaal als een andere start van dit proces.",
                "Geef elke start een eigen bericht of signaal.",
                at=_named_by(node),
            )


def _message_of(node: Node) -> str:
    name = _named_by(node)
    return node.definitions[0].get(name, "") if name else ""


def _named_by(node: Node) -> str:
    return {"messageEventDefinition": "messageRef", "signalEventDefinition": "signalRef"}.get(
        node.kind, ""
    )


@rule(
    {
        "subprocess-starts": "a subprocess without exactly one start event",
        "subprocess-start-kind": "a subprocess that starts by a message, timer …",
        "subprocess-without-end": "a subprocess without an end event",
    }
)
def subprocess_shape(diagram: Diagram, _known: Known) -> Remarks:
    """A subprocess starts where its token comes in and ends by an end event."""
    for scope in diagram.scopes:
        if scope.parent is None:
            continue
        starts = scope.starts()
        if len(starts) != 1:
            yield says(
                "subprocess-starts",
                scope.xml,
                f"heeft {len(starts)} startgebeurtenissen; er hoort er precies één te zijn.",
                "Laat één startgebeurtenis zonder aanleiding staan.",
            )
        for node in () if scope.by_event else starts:
            if node.definitions:
                yield says(
                    "subprocess-start-kind",
                    node.xml,
                    f"in deelproces {quoted(scope.xml.get('id', ''))} heeft een eigen aanleiding; "
                    "een deelproces begint vanzelf als de zaak er aankomt.",
                    "Maak er een gewone startgebeurtenis van.",
                )
        if not any(node.tag == "endEvent" for node in scope.nodes):
            yield says(
                "subprocess-without-end",
                scope.xml,
                "heeft geen eindgebeurtenis.",
                "Sluit het deelproces af met een eindgebeurtenis.",
            )


@rule({"text-in-model": "loose text where an element is expected"})
def text_in_model(diagram: Diagram, _known: Known) -> Remarks:
    """Words typed between the elements would be lost in silence."""
    for element in diagram.model():
        if local(element) not in _HOLDERS or not element.tag.startswith("{"):
            continue
        loose = " ".join([element.text or "", *(child.tail or "" for child in element)]).strip()
        if loose:
            yield says(
                "text-in-model",
                element,
                f"heeft losse tekst die nergens bij hoort: {quoted(loose)}.",
                "Verwijder de tekst, of zet die in een aantekening.",
            )


_HOLDERS = frozenset(
    {"definitions", "process", "subProcess", "transaction", "collaboration", "laneSet", "userTask"}
)


@rule({"comment-in-text": "a comment or instruction inside an expression or reference"})
def comment_in_text(diagram: Diagram, _known: Known) -> Remarks:
    """Readers of XML disagree on the words behind such a comment, so nothing may stand there."""
    for element in diagram.model():
        if is_bpmn(element, *_TEXTS) and len(element):
            yield says(
                "comment-in-text",
                element,
                f"heeft een opmerking of onderdeel midden in {part(local(element))}.",
                "Verwijder wat tussen de woorden staat; zet uitleg bij ‘Toelichting’.",
                at=local(element),
            )


_TEXTS = (
    "condition",
    "completionCondition",
    "conditionExpression",
    "loopCardinality",
    "loopCondition",
    "flowNodeRef",
    "timeCycle",
    "timeDate",
    "timeDuration",
)
