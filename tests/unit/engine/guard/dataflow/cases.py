"""One small diagram for each code about data."""

from datetime import UTC, datetime

from service.engine.guard import Known
from tests.unit.engine.guard import snippets as s
from tests.unit.engine.guard.snippets import diagram, extra

NOTHING = Known(inputs={"proces": frozenset()}, form_fields={"stap": frozenset({"x"})})
"""A process that begins with nothing, and a form that fills ``x``."""
LATER = Known(now=datetime(2026, 6, 1, tzinfo=UTC))


def script(expression: str, result: str = "uit", key: str = "reken") -> str:
    """A script task."""
    settings = f'<zeebe:script expression="={expression}" resultVariable="{result}"/>'
    return f'<scriptTask id="{key}" name="Reken">{extra(settings)}</scriptTask>'


def in_a_row(*steps: str, keys: tuple[str, ...]) -> bytes:
    """The steps one after the other."""
    return diagram(s.START + "".join(steps) + s.END + s.chain("begin", *keys, "einde"))


def waits_until(moment: str) -> bytes:
    """An event that waits for a moment."""
    definition = f"<timerEventDefinition><timeDate>{moment}</timeDate></timerEventDefinition>"
    event = f'<intermediateCatchEvent id="stap">{definition}</intermediateCatchEvent>'
    return diagram(s.around(event))


def repeated(collection: str) -> bytes:
    """A user task for each item of a list."""
    settings = f'<zeebe:loopCharacteristics inputCollection="={collection}" inputElement="deel"/>'
    inner = f"{extra(settings)}"
    loop = f"<multiInstanceLoopCharacteristics>{inner}</multiInstanceLoopCharacteristics>"
    return diagram(s.around(s.user(inner=loop)))


def due(expression: str) -> bytes:
    """A user task with a due date."""
    settings = (
        '<zeebe:formDefinition formId="stap"/><zeebe:assignmentDefinition candidateGroups="oov"/>'
        f'<zeebe:taskSchedule dueDate="={expression}"/>'
    )
    return diagram(s.around(s.user(settings=settings)))


CASES: dict[str, bytes | tuple[bytes, Known]] = {
    "variable-never-written": (in_a_row(script("y + 1"), keys=("reken",)), NOTHING),
    "variable-written-later": (
        in_a_row(script("x + 1"), s.user(), keys=("reken", "stap")),
        NOTHING,
    ),
    "condition-not-boolean": diagram(s.choice('="ja"')),
    "collection-not-list": repeated("3"),
    "time-not-time": due("5"),
    "timer-in-past": (waits_until("2026-03-01T09:00:00+01:00"), LATER),
}
