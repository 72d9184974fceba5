"""Holds a value against tests: the operator ``in`` and the cells of decision tables."""

from collections.abc import Callable, Sequence
from typing import Any

from service.feel.compare import contains, equals, order, require_equals
from service.feel.run import Frame, Problem, Run, Spot
from service.feel.values import Range

Code = Callable[[Frame], Any]
Matcher = Callable[[Frame, Any], bool | None]
_HOLDS: dict[str, Callable[[Any, Any, Run], bool]] = {
    "=": require_equals,
    "!=": lambda a, b, run: not require_equals(a, b, run),
    "<": lambda a, b, run: order(a, b, run) < 0,
    "<=": lambda a, b, run: order(a, b, run) <= 0,
    ">": lambda a, b, run: order(a, b, run) > 0,
    ">=": lambda a, b, run: order(a, b, run) >= 0,
}


def match_any(matchers: Sequence[Matcher], frame: Frame, value: Any) -> bool | None:
    """Whether one of the tests holds; nothing if none does and one has no answer."""
    outcome: bool | None = False
    for matcher in matchers:
        matched = matcher(frame, value)
        if matched is True:
            return True
        if matched is None:
            outcome = None
    return outcome


def compile_sign(sign: str, operand: Code, spot: Spot) -> Matcher:
    """The test ``< operand``."""
    holds = _HOLDS[sign]

    def match(frame: Frame, value: Any) -> Any:
        try:
            return holds(value, operand(frame), frame.run)
        except Problem as problem:
            return frame.run.note(spot, str(problem))

    return match


def compile_value(code: Code, spot: Spot) -> Matcher:
    """The test that is a value, a list of values, a range or a list of ranges."""

    def match(frame: Frame, value: Any) -> Any:
        try:
            return _matches(value, code(frame), frame.run)
        except Problem as problem:
            return frame.run.note(spot, str(problem))

    return match


def compile_cell(code: Code, spot: Spot, *, asks_itself: bool) -> Matcher:
    """A test in a cell, that may also be a whole condition about ``?``."""
    compare = compile_value(code, spot)

    def match(frame: Frame, value: Any) -> Any:
        if asks_itself:
            outcome = code(frame)
            return outcome if type(outcome) is bool else None
        if type(value) is bool:
            return compare(frame, value)
        outcome = code(frame)
        if outcome is True:  # a condition that does not need ``?``
            return True
        try:
            return _matches(value, outcome, frame.run)
        except Problem as problem:
            return frame.run.note(spot, str(problem))

    return match


def _matches(value: Any, wanted: Any, run: Run) -> bool:
    if isinstance(wanted, Range) and not isinstance(value, Range):
        return contains(wanted, value, run)
    if isinstance(wanted, list):
        run.spend(len(wanted))
        if isinstance(value, list) and equals(value, wanted, run):
            return True
        return any(_matches_item(value, item, run) for item in wanted)
    return require_equals(value, wanted, run)


def _matches_item(value: Any, item: Any, run: Run) -> bool:
    if isinstance(item, Range) and not isinstance(value, Range):
        try:
            return contains(item, value, run)
        except Problem:
            return False
    return equals(value, item, run) is True
