"""Certain types: expressions of which the value can only be of the wrong kind."""

from collections.abc import Iterator

from service.domain.errors import ExpressionError
from service.engine.guard.known import Known
from service.engine.guard.model import Diagram
from service.engine.guard.panel import box
from service.engine.guard.registry import Remarks, rule, says
from service.engine.guard.rules.expressions import Place, places
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import local
from service.feel import compile_expression
from service.feel.nodes import (
    AtLiteral,
    Between,
    Chain,
    Compare,
    ContextOf,
    FunctionOf,
    ListOf,
    Literal,
    Logic,
    Negate,
    Node,
    RangeOf,
)

BOOLEAN, NUMBER, TEXT, LIST = "waar of onwaar", "een getal", "een tekst", "een lijst"
OTHER = "een ander soort waarde"
_KINDS: tuple[tuple[type[Node] | tuple[type[Node], ...], str], ...] = (
    ((Compare, Between, Logic), BOOLEAN),
    (ListOf, LIST),
    ((AtLiteral, ContextOf, FunctionOf, RangeOf), OTHER),
    ((Chain, Negate), "de uitkomst van een som"),
)


@rule(
    {
        "condition-not-boolean": "a condition that can never be true or false",
        "collection-not-list": "a repetition over something that can never be a list",
        "time-not-time": "a timer or due date that can only be a number, list or true or false",
    }
)
def wrong_kind(diagram: Diagram, _known: Known) -> Remarks:
    """Every case that gets there would stop with an incident."""
    for place in places(diagram):
        if not place.text.startswith("="):
            continue
        for code, wanted in _wanted(place):
            found = _kind(place.text[1:])
            if found is not None and found not in _FITS[code]:
                yield says(
                    code,
                    place.element,
                    f"heeft bij {box(place.name)} de uitdrukking {quoted(place.text)}; dat is "
                    f"altijd {found} en nooit {wanted}.",
                    "Verbeter de uitdrukking.",
                    at=place.name,
                )


_CONDITION, _COLLECTION, _TIME = "condition-not-boolean", "collection-not-list", "time-not-time"
_FITS = {
    _CONDITION: (BOOLEAN,),
    _COLLECTION: (LIST,),
    _TIME: (TEXT, OTHER, "de uitkomst van een som"),
}


def _wanted(place: Place) -> Iterator[tuple[str, str]]:
    tag = local(place.element)
    if tag in ("conditionExpression", "completionCondition", "condition"):
        yield _CONDITION, BOOLEAN
    elif place.name == "loopCharacteristics inputCollection":
        yield _COLLECTION, LIST
    elif tag in ("timeDate", "timeDuration", "timeCycle", "taskSchedule"):
        yield _TIME, "een tijd"


def _kind(source: str) -> str | None:
    """What the expression yields, when its outer form alone says so; never for null."""
    try:
        node = compile_expression(source).tree
    except ExpressionError:
        return None
    if isinstance(node, Literal):
        return _literal(node)
    return next((kind for types, kind in _KINDS if isinstance(node, types)), None)


def _literal(node: Literal) -> str | None:
    if node.value is None:
        return None
    if isinstance(node.value, bool):
        return BOOLEAN
    return TEXT if isinstance(node.value, str) else NUMBER
