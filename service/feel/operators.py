"""The closures of ``and``, ``or``, comparisons and ``between``: true, false or null."""

from collections.abc import Callable, Sequence
from typing import Any

from service.feel.compare import order, require_equals
from service.feel.limits import CHARS_PER_STEP
from service.feel.run import Frame, Problem, Spot

Code = Callable[[Frame], Any]
_HOLDS: dict[str, Callable[[int], bool]] = {
    "<": lambda place: place < 0,
    "<=": lambda place: place <= 0,
    ">": lambda place: place > 0,
    ">=": lambda place: place >= 0,
}


def compile_logic(word: str, operands: Sequence[Code]) -> Code:
    """The closure of a whole chain of ``and`` or ``or``; it stops at what decides."""
    decisive = word == "or"

    def run(frame: Frame) -> Any:
        outcome: bool | None = not decisive
        for operand in operands:
            value = operand(frame)
            if value is decisive:
                return decisive
            if type(value) is not bool:
                outcome = None
        return outcome

    return run


def compile_comparison(sign: str, left: Code, right: Code, spot: Spot) -> Code:
    """The closure of ``left sign right``."""
    if sign in ("=", "!="):
        return _compile_equality(left, right, spot, wanted=sign == "=")
    holds = _HOLDS[sign]

    def run(frame: Frame) -> Any:
        try:
            return holds(order(left(frame), right(frame), frame.run))
        except Problem as problem:
            return frame.run.note(spot, str(problem))

    return run


def compile_between(value: Code, low: Code, high: Code, spot: Spot) -> Code:
    """The closure of ``value between low and high``."""

    def run(frame: Frame) -> Any:
        it, start, end = value(frame), low(frame), high(frame)
        try:
            begun = order(it, start, frame.run) >= 0
            return order(it, end, frame.run) <= 0 and begun
        except Problem as problem:
            return frame.run.note(spot, str(problem))

    return run


def _compile_equality(left: Code, right: Code, spot: Spot, *, wanted: bool) -> Code:
    def run(frame: Frame) -> Any:
        a, b = left(frame), right(frame)
        if type(a) is str and type(b) is str and len(a) < CHARS_PER_STEP:
            return (a == b) is wanted
        try:
            return require_equals(a, b, frame.run) is wanted
        except Problem as problem:
            return frame.run.note(spot, str(problem))

    return run
