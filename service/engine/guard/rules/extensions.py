"""What stands in extensionElements: the zeebe settings, editor notes, and nothing else."""

from collections.abc import Iterator

from lxml import etree

from service.engine.guard.known import Known
from service.engine.guard.model import Diagram
from service.engine.guard.panel import attribute, part, setting
from service.engine.guard.registry import Remarks, rule, says
from service.engine.guard.rules.elements import REDRAWN
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import (
    BPMN,
    CAMUNDA,
    EDITOR,
    ZEEBE,
    elements,
    is_bpmn,
    local,
    namespace,
)
from service.engine.guard.zeebe import (
    EXTENSION_VALUES,
    EXTENSIONS,
    REFUSED_EXTENSION_ATTRIBUTES,
    REFUSED_EXTENSIONS,
)


def _boxes(diagram: Diagram) -> list[etree._Element]:
    return [box for box in diagram.model() if is_bpmn(box, "extensionElements")]


@rule(
    {
        "camunda-extension": "an extension of the Camunda 7 dialect",
        "foreign-extension": "an extension of another vocabulary",
        "misplaced-element": "a known element in a place where it means nothing",
    }
)
def foreign_extensions(diagram: Diagram, _known: Known) -> Remarks:
    """Notes of an editor may stay; what another engine would obey may not."""
    for box in _boxes(diagram):
        for child in _spoken(box):
            home, tag = namespace(child.tag), quoted(local(child))
            if home == CAMUNDA:
                yield says(
                    "camunda-extension",
                    child,
                    f"heeft de instelling {tag} van Camunda 7; die wordt niet uitgevoerd.",
                    REDRAWN,
                )
            elif home == BPMN:
                yield says(
                    "misplaced-element",
                    child,
                    f"heeft {part(local(child))} tussen de instellingen staan; daar betekent het "
                    "niets.",
                    "Verplaats of verwijder het onderdeel.",
                )
            elif home not in EDITOR | {ZEEBE}:
                yield says(
                    "foreign-extension",
                    child,
                    f"heeft de instelling {tag} van {quoted(home or 'een onbekende taal')}; "
                    "die wordt niet uitgevoerd.",
                    REDRAWN,
                )


def _spoken(box: etree._Element) -> Iterator[etree._Element]:
    """The extensions, and what hides inside one that may stay."""
    for child in elements(box):
        yield child
        home = namespace(child.tag)
        if home == ZEEBE:
            yield from (
                inner for inner in child.iterdescendants("*") if namespace(inner.tag) != ZEEBE
            )
        elif home in EDITOR:
            yield from (inner for inner in child.iterdescendants("*") if is_bpmn(inner))


@rule(
    {
        **{refusal.code: refusal.meaning for refusal in REFUSED_EXTENSIONS.values()},
        "unknown-zeebe-element": "a zeebe element that is not known to run",
        "misplaced-zeebe-element": "a zeebe element on something that does not read it",
        "twice-the-same-extension": "the same zeebe setting twice on one element",
    }
)
def zeebe_elements(diagram: Diagram, _known: Known) -> Remarks:
    """Each zeebe element stands once, and only where it is read."""
    for element in diagram.model():
        if namespace(element.tag) != ZEEBE:
            continue
        parent = element.getparent()
        if parent is not None:
            yield from _place(element, parent)


def _place(element: etree._Element, parent: etree._Element) -> Remarks:
    tag = local(element)
    if tag not in EXTENSIONS:
        yield from _refuse(element, parent)
        return
    holder = parent.getparent() if is_bpmn(parent, "extensionElements") else parent
    if holder is None or local(holder) not in EXTENSIONS[tag].parents:
        yield says(
            "misplaced-zeebe-element",
            element,
            f"heeft de instelling {setting(tag)}; die wordt hier niet gelezen.",
            "Kies met ‘Soort wijzigen’ het soort taak waar zij bij hoort, of teken het onderdeel "
            "opnieuw.",
        )
        return
    if tag not in ("input", "output"):
        first = next(iter(parent.iterchildren(element.tag)))
        if first is not element:
            yield says(
                "twice-the-same-extension",
                element,
                f"heeft twee keer de instelling {setting(tag)}; alleen de eerste zou tellen.",
                REDRAWN,
            )


def _refuse(element: etree._Element, parent: etree._Element) -> Remarks:
    tag = local(element)
    if tag in REFUSED_EXTENSIONS:
        refusal = REFUSED_EXTENSIONS[tag]
        yield says(
            refusal.code,
            element,
            f"heeft de instelling {setting(tag)}; die wordt niet uitgevoerd.",
            refusal.way_out,
            at=refusal.at,
        )
    elif local(parent) not in REFUSED_EXTENSIONS:
        yield says(
            "unknown-zeebe-element",
            element,
            f"heeft de instelling {setting(tag)}; die is niet bekend en wordt niet uitgevoerd.",
            REDRAWN,
        )


@rule(
    {
        **{refusal.code: refusal.meaning for refusal in REFUSED_EXTENSION_ATTRIBUTES.values()},
        "unknown-zeebe-attribute": "an attribute of a zeebe element that is not known to run",
        "zeebe-value": "an attribute of a zeebe element with a value that does not run",
    }
)
def zeebe_attributes(diagram: Diagram, _known: Known) -> Remarks:
    """Every attribute of a zeebe element is read, or refused by name."""
    for element in diagram.model():
        if namespace(element.tag) != ZEEBE or local(element) not in EXTENSIONS:
            continue
        for name, value in element.attrib.items():
            yield from _attribute(element, str(name), str(value))


def _attribute(element: etree._Element, name: str, value: str) -> Remarks:
    entry = EXTENSIONS[local(element)]
    allowed = name in entry.required | entry.optional
    if allowed and (name not in EXTENSION_VALUES or value in EXTENSION_VALUES[name]):
        return
    if name in REFUSED_EXTENSION_ATTRIBUTES:
        refusal = REFUSED_EXTENSION_ATTRIBUTES[name]
        yield says(
            refusal.code,
            element,
            f"heeft bij {attribute(element, name)} de waarde {quoted(value)}; die wordt niet "
            "uitgevoerd.",
            refusal.way_out,
            at=refusal.at,
        )
    elif allowed:
        yield says(
            "zeebe-value",
            element,
            f"heeft bij {attribute(element, name)} de waarde {quoted(value)}; die wordt niet "
            "uitgevoerd.",
            "Maak opnieuw een keuze.",
            at=f"{local(element)} {name}",
        )
    else:
        yield says(
            "unknown-zeebe-attribute",
            element,
            f"heeft bij de instelling {setting(local(element))} het kenmerk {quoted(name)}; dat "
            "wordt niet uitgevoerd.",
            REDRAWN,
        )


@rule({"incomplete-extension": "a zeebe element without an attribute that it needs"})
def incomplete(diagram: Diagram, _known: Known) -> Remarks:
    """A setting that is there but says nothing is a mistake, not a wish."""
    for element in diagram.model():
        if namespace(element.tag) != ZEEBE or local(element) not in EXTENSIONS:
            continue
        needed = EXTENSIONS[local(element)].required
        if local(element) == "formDefinition" and _other_form(element):
            continue
        for name in sorted(name for name in needed if not element.get(name, "").strip()):
            yield says(
                "incomplete-extension",
                element,
                f"heeft niets bij {attribute(element, name)}.",
                "Vul het veld in.",
                at=f"{local(element)} {name}",
            )


def _other_form(element: etree._Element) -> bool:
    """A form by formKey or externalReference is refused already, by its own code."""
    return element.get("formKey") is not None or element.get("externalReference") is not None
