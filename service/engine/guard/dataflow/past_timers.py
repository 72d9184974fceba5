"""Past timers: a literal moment that is over already."""

from datetime import datetime

from service.domain.errors import ExpressionError
from service.engine.guard.iso import has_offset, is_moment
from service.engine.guard.known import Known
from service.engine.guard.model import Diagram
from service.engine.guard.registry import Remarks, says, warning
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import bpmn_children, text_of
from service.feel import compile_expression
from service.feel.nodes import AtLiteral, Call, Literal, Name, Node


@warning({"timer-in-past": "a timer at a literal moment that is over"})
def past(diagram: Diagram, known: Known) -> Remarks:
    """It goes off at once, in every case; probably a year or month was mistyped."""
    for node, definition in diagram.events("timerEventDefinition") if known.now else ():
        for time in bpmn_children(definition, "timeDate"):
            moment = _moment(text_of(time))
            if moment is not None and known.now is not None and moment < known.now:
                yield says(
                    "timer-in-past",
                    node.xml,
                    f"heeft als tijd {quoted(text_of(time))}; dat is al voorbij, dus gaat de "
                    "timer in elke zaak meteen af.",
                    "Kies een moment dat nog komt, of reken het uit de gegevens van de zaak.",
                    at="timeDate",
                )


def _moment(text: str) -> datetime | None:
    """The moment that a literal names, also as FEEL; None for what is computed."""
    if text.startswith("="):
        text = _constant(text[1:])
    if not is_moment(text) or not has_offset(text):
        return None
    return datetime.fromisoformat(text)


def _constant(source: str) -> str:
    try:
        node: Node = compile_expression(source).tree
    except ExpressionError:
        return ""
    if isinstance(node, AtLiteral):
        return node.text
    if isinstance(node, Call) and len(node.arguments) == 1:
        if not (isinstance(node.function, Name) and node.function.name == "date and time"):
            return ""
        node = node.arguments[0]
    return node.value if isinstance(node, Literal) and isinstance(node.value, str) else ""
