"""Elements and attributes against the allowlist of BPMN: what is not known to run is refused."""

from lxml import etree

from service.engine.guard.known import Known
from service.engine.guard.model import Diagram, runs
from service.engine.guard.panel import attribute, field_of, part
from service.engine.guard.refused import REFUSED, REFUSED_ATTRIBUTES
from service.engine.guard.registry import Remark, Remarks, rule, says
from service.engine.guard.vocabulary import ELEMENTS, UNREAD_DEFINITIONS, VALUES
from service.engine.guard.words import anchor, label, quoted
from service.engine.guard.xmlnames import (
    BPMN,
    CAMUNDA,
    DRAWING,
    EDITOR,
    XML,
    XSI,
    ZEEBE,
    elements,
    is_bpmn,
    local,
    namespace,
)

REDRAWN = "Teken het onderdeel hier opnieuw, en vul de velden van het paneel in."
_ELSEWHERE = (
    "Teken het onderdeel hier opnieuw, of haal het kenmerk weg in het programma waarin het diagram "
    "gemaakt is."
)
_EXPRESSIONS = frozenset(
    {
        "completionCondition",
        "condition",
        "conditionExpression",
        "loopCardinality",
        "loopCondition",
        "timeCycle",
        "timeDate",
        "timeDuration",
    }
)


@rule(
    {
        **{refusal.code: refusal.meaning for refusal in REFUSED.values()},
        "unknown-element": "an element that BPMN does not have, or that nobody has proven to run",
        "misplaced-element": "a known element in a place where it means nothing",
        "foreign-element": "an element of another vocabulary outside extensionElements",
    }
)
def known_elements(diagram: Diagram, _known: Known) -> Remarks:
    """Walks the model downwards and stops at what it refuses."""
    todo = [diagram.root]
    while todo:
        parent = todo.pop()
        for child in elements(parent):
            if namespace(child.tag) in DRAWING and parent is diagram.root:
                yield from _hidden(child)
                continue
            refused = _refuse_element(parent, child)
            if refused is not None:
                yield refused
            elif is_bpmn(child, "process") and not runs(child):
                yield from _hidden(child)
            elif not is_bpmn(child, "extensionElements", *UNREAD_DEFINITIONS):
                todo.append(child)


def _refuse_element(parent: etree._Element, child: etree._Element) -> Remark | None:
    tag = local(child)
    if namespace(child.tag) != BPMN:
        return says(
            "foreign-element",
            child,
            f"bevat {quoted(tag)} uit een andere taal ({quoted(namespace(child.tag))}).",
            "Verwijder het, of zet het in een aantekening.",
        )
    if tag in REFUSED:
        refusal = REFUSED[tag]
        whole = anchor(child) is child
        what = f"(bpmn:{tag})" if whole else f"heeft {part(tag)}; dat"
        reason = f"{what} wordt niet uitgevoerd."
        return says(refusal.code, child, reason, refusal.way_out, at=refusal.at)
    if tag not in ELEMENTS and tag not in UNREAD_DEFINITIONS:
        return says(
            "unknown-element",
            child,
            f"gebruikt {quoted('bpmn:' + tag)}; dat is niet bekend en wordt niet uitgevoerd.",
            "Verwijder het onderdeel of kies er een uit het palet.",
        )
    if tag not in ELEMENTS[local(parent)].children:
        return says(
            "misplaced-element",
            child,
            f"heeft {part(tag)} in {part(local(parent))}; daar betekent het niets.",
            "Verplaats of verwijder het onderdeel.",
        )
    return None


def _hidden(unread: etree._Element) -> Remarks:
    """Parts that could run must not hide where nobody looks: in the drawing, in a drawn pool."""
    for element in unread.iterdescendants("*"):
        in_drawing = namespace(unread.tag) in DRAWING
        if is_bpmn(element, "process", "definitions") or (
            in_drawing and namespace(element.tag) in (BPMN, ZEEBE)
        ):
            yield says(
                "misplaced-element",
                element,
                f"staat verstopt in {label(unread)}; daar wordt het niet gelezen.",
                "Verplaats het onderdeel naar het proces zelf, of verwijder het.",
            )


@rule(
    {
        **{refusal.code: refusal.meaning for refusal in REFUSED_ATTRIBUTES.values()},
        "unsupported-attribute": "an attribute that would be ignored",
        "unsupported-value": "an attribute with a value that does not run",
        "camunda-attribute": "an attribute of the Camunda 7 dialect",
        "foreign-attribute": "an attribute of another vocabulary",
    }
)
def known_attributes(diagram: Diagram, _known: Known) -> Remarks:
    """Every attribute of a known element is known too, or refused by name."""
    for element in diagram.model():
        if not is_bpmn(element) or local(element) not in ELEMENTS:
            continue
        for name, value in element.attrib.items():
            yield from _check_attribute(element, str(name), str(value))


def _check_attribute(element: etree._Element, name: str, value: str) -> Remarks:
    home = namespace(name)
    if home:
        yield from _check_foreign(element, name, home)
        return
    allowed = name in ELEMENTS[local(element)].attributes
    if allowed and (name not in VALUES or value in VALUES[name]):
        return
    if name in REFUSED_ATTRIBUTES:
        refusal = REFUSED_ATTRIBUTES[name]
        yield says(
            refusal.code,
            element,
            f"heeft bij {attribute(element, name)} de waarde {quoted(value)}; die wordt niet "
            "uitgevoerd.",
            refusal.way_out,
            at=refusal.at,
        )
    elif allowed:
        known = " of ".join(map(quoted, sorted(VALUES[name])))
        yield says(
            "unsupported-value",
            element,
            f"heeft bij {attribute(element, name)} de waarde {quoted(value)}; die wordt niet "
            "uitgevoerd.",
            "Maak opnieuw een keuze."
            if field_of(element, name)
            else f"Teken het onderdeel hier opnieuw, of maak er in het bestand {known} van.",
            at=name,
        )
    else:
        yield says(
            "unsupported-attribute",
            element,
            f"heeft het kenmerk {attribute(element, name)}; dat wordt niet uitgevoerd.",
            _ELSEWHERE,
        )


def _check_foreign(element: etree._Element, name: str, home: str) -> Remarks:
    plain = name.rpartition("}")[2]
    if home in EDITOR or home == XML:
        return
    if home == XSI and (
        (plain == "type" and local(element) in _EXPRESSIONS)
        or (plain == "schemaLocation" and local(element) == "definitions")
    ):
        return
    if home == CAMUNDA:
        yield says(
            "camunda-attribute",
            element,
            f"heeft de instelling {quoted(plain)} van Camunda 7; die wordt niet uitgevoerd.",
            REDRAWN,
        )
    else:
        yield says(
            "foreign-attribute",
            element,
            f"heeft het kenmerk {quoted(plain)} van een andere taal ({quoted(home)}).",
            _ELSEWHERE,
        )
