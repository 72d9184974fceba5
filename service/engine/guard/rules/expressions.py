"""Expressions: everything computed starts with ``=`` and is FEEL that can be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from service.domain.errors import ExpressionError
from service.engine.guard.known import Known
from service.engine.guard.model import Diagram
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
    what: str
    """How a finding calls it, in Dutch."""
    text: str
    computed: bool
    """Whether only an expression makes sense here (otherwise fixed text may stand here too)."""


_TEXTS = {
    "conditionExpression": ("de voorwaarde", True),
    "loopCardinality": ("het aantal keer", True),
    "loopCondition": ("de voorwaarde om te herhalen", True),
    "condition": ("de voorwaarde", True),
    "completionCondition": ("de voorwaarde om te stoppen", True),
    "timeDate": ("de tijd", False),
    "timeDuration": ("de tijd", False),
    "timeCycle": ("de tijd", False),
}
_ATTRIBUTES = {
    ("assignmentDefinition", "assignee"): ("de behandelaar", False),
    ("assignmentDefinition", "candidateGroups"): ("de groep", False),
    ("taskSchedule", "dueDate"): ("de streefdatum", True),
    ("script", "expression"): ("de berekening", True),
    ("input", "source"): ("de invoer", True),
    ("output", "source"): ("de uitvoer", True),
    ("loopCharacteristics", "inputCollection"): ("de lijst", True),
    ("loopCharacteristics", "outputElement"): ("de uitkomst per keer", True),
    ("subscription", "correlationKey"): ("de correlatiesleutel", True),
}


def places(diagram: Diagram) -> Iterator[Place]:
    """Every expression in the diagram that is not empty, in document order."""
    for element in diagram.model():
        home, tag = namespace(element.tag), local(element)
        if home == BPMN and tag in _TEXTS:
            what, computed = _TEXTS[tag]
            yield from _place(element, what, text_of(element), computed=computed)
        elif home == ZEEBE:
            for name, value in element.attrib.items():
                what, computed = _ATTRIBUTES.get((tag, str(name)), ("", False))
                if what:
                    yield from _place(element, what, str(value).strip(), computed=computed)


def _place(element: etree._Element, what: str, text: str, *, computed: bool) -> Iterator[Place]:
    if text:
        yield Place(element=element, what=what, text=text, computed=computed)


@rule({"expression-without-equals": "fixed text where only an expression makes sense"})
def without_equals(diagram: Diagram, _known: Known) -> Remarks:
    """Other engines read ``${…}`` or bare text; here ``=`` says that something is computed."""
    for place in places(diagram):
        if place.computed and not place.text.startswith("="):
            yield says(
                "expression-without-equals",
                place.element,
                f"heeft als {place.what.removeprefix('de ')} {quoted(place.text)}, zonder “=”.",
                "Begin de expressie met “=”.",
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
    what = place.what.removeprefix("de ")
    if (error := reading.error) is not None:
        at = "" if error.position is None else f" (teken {error.position + 1})"
        yield says(
            "feel-syntax",
            place.element,
            f"heeft een expressie die niet te lezen is: {quoted(place.text)} is als "
            f"{what} niet goed{at}: {error}",
            "Verbeter de expressie; de editor laat zien waar het misgaat.",
        )
    for name in reading.functions:
        yield says(
            "unknown-function",
            place.element,
            f"gebruikt in {quoted(place.text)} de functie {quoted(name)}; die bestaat niet.",
            "Kijk de naam na in de lijst met functies.",
        )
    yield from _say_faults(place, reading.faults)


def _say_faults(place: Place, faults: tuple[Diagnosis, ...]) -> Remarks:
    """Each would stop the case that gets there."""
    for fault in faults:
        yield says(
            "feel-fault",
            place.element,
            f"heeft een expressie die hier nooit een uitkomst heeft (teken {fault.position + 2} "
            f"van {quoted(place.text)}): {fault.message}",
            "Verbeter de expressie, of haal dit deel weg.",
        )


def _too_much(place: Place) -> Remark:
    return says(
        "too-much-feel",
        place.element,
        f"staat in een diagram met meer dan {LONGEST_SUM} tekens aan expressies.",
        "Zet grote berekeningen in een beslistabel.",
    )
