"""Data: variables have plain names that expressions can read, and nobody overwrites the profile."""

import re

from lxml import etree

from service.engine.guard.known import Known
from service.engine.guard.model import EVENTS, Diagram, Node
from service.engine.guard.panel import attribute, setting
from service.engine.guard.registry import Remarks, rule, says
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import (
    ZEEBE,
    bpmn_children,
    elements,
    local,
    namespace,
    zeebe_child,
)

_NAME = r"[^\W\d]\w{0,99}"
_PLAIN = re.compile(_NAME)
_PATH = re.compile(rf"{_NAME}(?:\.{_NAME}){{0,9}}")
KEYWORDS = frozenset(
    {
        "and",
        "between",
        "date",
        "else",
        "every",
        "false",
        "for",
        "function",
        "if",
        "in",
        "instance",
        "not",
        "null",
        "of",
        "or",
        "return",
        "satisfies",
        "some",
        "then",
        "true",
    }
)
READ_ONLY = frozenset({"gemeente"})

_WRITES: dict[str, tuple[str, re.Pattern[str]]] = {
    "script": ("resultVariable", _PLAIN),
    "calledDecision": ("resultVariable", _PLAIN),
    "input": ("target", _PATH),
    "output": ("target", _PATH),
}
_LOOP = (("inputElement", _PLAIN), ("outputCollection", _PATH))


def _written(element: etree._Element) -> list[tuple[str, str, re.Pattern[str]]]:
    """Attribute, value and the form it must have, for each variable that the element sets."""
    if local(element) == "loopCharacteristics":
        return [(name, value, form) for name, form in _LOOP if (value := element.get(name))]
    if local(element) not in _WRITES:
        return []
    name, form = _WRITES[local(element)]
    value = element.get(name, "")
    return [(name, value, form)] if value.strip() else []


@rule(
    {
        "variable-name": "a variable name that expressions cannot read",
        "read-only-variable": "writing to the read-only variable gemeente",
    }
)
def variable_names(diagram: Diagram, _known: Known) -> Remarks:
    """What a step writes, a later step must be able to read."""
    for element in diagram.model():
        if namespace(element.tag) != ZEEBE:
            continue
        for name, value, form in _written(element):
            parts = set(value.split("."))
            if form.fullmatch(value) is None or parts & KEYWORDS:
                yield says(
                    "variable-name",
                    element,
                    f"schrijft naar {quoted(value)}; dat is geen bruikbare naam.",
                    f"Gebruik bij {attribute(element, name)} letters, cijfers en _, en geen woord "
                    "van FEEL zelf.",
                    at=f"{local(element)} {name}",
                )
            elif value.split(".")[0] in READ_ONLY:
                yield says(
                    "read-only-variable",
                    element,
                    f"schrijft naar {quoted(value)}; de instellingen van de gemeente staan vast.",
                    f"Kies een andere naam bij {attribute(element, name)}.",
                    at=f"{local(element)} {name}",
                )


@rule({"mapping-empty": "an ioMapping without any input or output"})
def empty_mapping(diagram: Diagram, _known: Known) -> Remarks:
    """A setting without content is a mistake, not a wish."""
    for node in diagram.nodes:
        mapping = zeebe_child(node.xml, "ioMapping")
        if mapping is not None and not len(mapping):
            yield says(
                "mapping-empty",
                node.xml,
                f"heeft een lege instelling {setting('ioMapping')}.",
                f"Vul iets in bij {setting('input')} of {setting('output')}, en haal het weer weg "
                "als het niet nodig is.",
            )


@rule({"mapping-direction": "an input where nothing is sent, or an output where nothing comes in"})
def mapping_direction(diagram: Diagram, _known: Known) -> Remarks:
    """What is sent takes input mappings as its content; what arrives has outputs."""
    for node in diagram.tagged(*EVENTS):
        mapping = zeebe_child(node.xml, "ioMapping")
        fits = _reads(node)
        for part in () if mapping is None else elements(mapping):
            if local(part) != fits:
                yield says(
                    "mapping-direction",
                    part,
                    f"heeft iets bij {setting(local(part))}; dat wordt bij deze gebeurtenis niet "
                    "gelezen.",
                    f"Gebruik {setting('input')} bij een bericht dat weggaat en "
                    f"{setting('output')} bij een bericht dat binnenkomt.",
                    at=f"{local(part)} source",
                )


def _reads(node: Node) -> str:
    """The half of a mapping that this event reads."""
    if node.tag in ("intermediateCatchEvent", "boundaryEvent"):
        return "output"
    carries = node.kind in ("messageEventDefinition", "signalEventDefinition")
    if node.tag == "startEvent":
        return "output" if carries else ""
    return "input" if carries else ""


@rule({"process-property": "a process property (only the editor's own placeholder may stay)"})
def properties(diagram: Diagram, _known: Known) -> Remarks:
    """Drawing an arrow from a data object leaves such a placeholder behind."""
    for node in diagram.nodes:
        for found in bpmn_children(node.xml, "property"):
            if found.get("name") != "__targetRef_placeholder":
                yield says(
                    "process-property",
                    found,
                    f"heeft de eigenschap {quoted(found.get('name', ''))}; "
                    "die wordt niet uitgevoerd.",
                    "Verwijder de eigenschap; gegevens komen uit formulieren.",
                )
