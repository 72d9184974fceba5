"""Expressions: everything computed starts with ``=`` and is FEEL that can be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from service.domain.errors import ExpressionError
from service.engine.guard.known import Known
from service.engine.guard.model import Diagram
from service.engine.guard.panel import box
from service.engine.guard.registry import Remark, Remarks, rule, says
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import BPMN, ZEEBE, local, namespace, text_of
from service.feel import Diagnosis, certain_faults, compile_expression

LONGEST_SUM = 200_000
"""Characters of FEEL in one diagram that are read; more is no diagram but an attack."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """One value that is, or may be, an expression."""

    element: etree._Element
    name: str
    """What the file calls it (``panel.FIELDS``)."""
    text: str
    computed: bool
    """Whether only an expression makes sense here (otherwise fixed text may stand here too)."""


_TEXTS = {
    "conditionExpression": True,
    "loopCardinality": True,
    "loopCondition": True,
    "condition": True,
    "completionCondition": True,
    "timeDate": False,
    "timeDuration": False,
    "timeCycle": False,
}
_ATTRIBUTES = {
    "assignmentDefinition assignee": False,
    "assignmentDefinition candidateGroups": False,
    "taskSchedule dueDate": True,
    "script expression": True,
    "input source": True,
    "output source": True,
    "loopCharacteristics inputCollection": True,
    "loopCharacteristics outputElement": True,
    "subscription correlationKey": True,
}
"""Where expressions stand, and whether only an expression makes sense there."""


def places(diagram: Diagram) -> Iterator[Place]:
    """Every expression in the diagram that is not empty, in document order."""
    for element in diagram.model():
        home, tag = namespace(element.tag), local(element)
        if home == BPMN and tag in _TEXTS:
            yield from _place(element, tag, text_of(element), computed=_TEXTS[tag])
        elif home == ZEEBE:
            for attribute, value in element.attrib.items():
                name = f"{tag} {attribute!s}"
                if name in _ATTRIBUTES:
                    text = str(value).strip()
                    yield from _place(element, name, text, computed=_ATTRIBUTES[name])


def _place(element: etree._Element, name: str, text: str, *, computed: bool) -> Iterator[Place]:
    if text:
        yield Place(element=element, name=name, text=text, computed=computed)


@rule({"expression-without-equals": "fixed text where only an expression makes sense"})
def without_equals(diagram: Diagram, _known: Known) -> Remarks:
    """Other engines read ``${…}`` or bare text; here ``=`` says that something is computed."""
    for place in places(diagram):
        if place.computed and not place.text.startswith("="):
            yield says(
                "expression-without-equals",
                place.element,
                f"heeft bij {box(place.name)} de tekst {quoted(place.text)}, zonder “=”.",
                "Begin met “=”: hier hoort een uitdrukking.",
                at=place.name,
            )


@rule(
    {
        "feel-syntax": "an expression that is not readable FEEL",
        "unknown-function": "a call of a function that FEEL does not have",
        "feel-fault": 'a part of an expression that never has an outcome: `1 + "a"`',
        "too-much-feel": "more FEEL in one diagram than is read",
    }
)
def readable(diagram: Diagram, _known: Known) -> Remarks:
    """Syntax is checked when a diagram is saved, not when a case gets there."""
    seen: dict[str, _Reading] = {}
    total = 0
    for place in places(diagram):
        if not place.text.startswith("="):
            continue
        source = place.text[1:]
        if source not in seen:
            total += len(source)
            if total > LONGEST_SUM:
                yield _too_much(place)
                return
            seen[source] = _read(source)
        yield from _say(place, seen[source])


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """What is wrong with one expression."""

    error: ExpressionError | None = None
    functions: tuple[str, ...] = ()
    """Functions that it calls and FEEL does not have."""
    faults: tuple[Diagnosis, ...] = ()
    """Parts of it that give null whatever the case holds."""


def _read(source: str) -> _Reading:
    try:
        expression = compile_expression(source)
    except ExpressionError as error:
        return _Reading(error=error)
    return _Reading(
        functions=tuple(sorted(_called(source) & expression.names)),
        faults=tuple(certain_faults(expression.tree, source)),
    )


_STRING = re.compile(r'"(?:\\.|[^"\\])*"')
_WORDS = re.compile(r"(?<![\w.])[\w\s]+\Z")
_LONGEST_NAME = 100


def _called(source: str) -> set[str]:
    """Every run of words right before a bracket: each may be the name of a function."""
    bare = _STRING.sub('""', source)
    found: set[str] = set()
    for bracket in re.finditer(r"\(", bare):
        before = _WORDS.search(bare, max(0, bracket.start() - _LONGEST_NAME), bracket.start())
        words = before.group().split() if before else []
        found |= {" ".join(words[first:]) for first in range(len(words))}
    return found


def _say(place: Place, reading: _Reading) -> Remarks:
    if (error := reading.error) is not None:
        at = "" if error.position is None else f" (teken {error.position + 1})"
        yield says(
            "feel-syntax",
            place.element,
            f"heeft bij {box(place.name)} een uitdrukking die niet te lezen is: "
            f"{quoted(place.text)}{at}. {error}",
            "Verbeter de uitdrukking; het veld laat zien waar het misgaat.",
            at=place.name,
        )
    for name in reading.functions:
        yield says(
            "unknown-function",
            place.element,
            f"gebruikt bij {box(place.name)} de functie {quoted(name)}; die bestaat niet "
            f"(in {quoted(place.text)}).",
            "Kijk de naam na: het veld laat tijdens het typen zien welke functies er zijn.",
            at=place.name,
        )
    yield from _say_faults(place, reading.faults)


def _say_faults(place: Place, faults: tuple[Diagnosis, ...]) -> Remarks:
    """Each would stop the case that gets there."""
    for fault in faults:
        yield says(
            "feel-fault",
            place.element,
            f"heeft bij {box(place.name)} een uitdrukking zonder uitkomst (teken "
            f"{fault.position + 2} van {quoted(place.text)}): {fault.message}",
            "Verbeter de uitdrukking, of haal dit deel weg.",
            at=place.name,
        )


def _too_much(place: Place) -> Remark:
    return says(
        "too-much-feel",
        place.element,
        f"staat in een diagram met meer dan {LONGEST_SUM} tekens aan uitdrukkingen.",
        "Zet grote berekeningen in een beslistabel.",
        at=place.name,
    )
