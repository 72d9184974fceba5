"""Values as text: what ``string(…)`` gives, and FEEL source that spells the value."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from service.feel.limits import CHARS_PER_STEP, MAX_STRING, MAX_VALUE_DEPTH
from service.feel.numeric import number_text
from service.feel.quoting import quoted
from service.feel.run import Exceeded, Run
from service.feel.temporal_text import date_text, date_time_text, duration_text, time_text
from service.feel.tokens import is_plain_name
from service.feel.values import Function, Range, YearMonthDuration, kind


def feel_text(value: Any) -> str:
    """FEEL source of ``value``: ``{a: "x", b: [1, 2]}``.

    Raises:
        ExpressionError: it is too large or too deep to write.
    """
    return _Writer(lambda _steps: None).write(value)


def string_of(value: Any, run: Run) -> str | None:
    """``string(value)``: text as it is, null stays null, everything else as FEEL writes it."""
    if value is None or type(value) is str:
        return value
    return _Writer(run.spend, at_signs=False).write(value)


class _Writer:
    """Gathers pieces, so that nothing is copied more than once however deep it lies."""

    def __init__(self, spend: Callable[[int], None], *, at_signs: bool = True) -> None:
        self.spend = spend
        self.at_signs = at_signs
        self.pieces: list[str] = []
        self.length = 0

    def write(self, value: Any) -> str:
        self._write(value, 0)
        return "".join(self.pieces)

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)
        self.spend(2 + len(text) // CHARS_PER_STEP)
        if self.length > MAX_STRING:
            raise Exceeded("Deze waarde is te groot om uit te schrijven.")

    def _write(self, value: Any, depth: int) -> None:
        if depth > MAX_VALUE_DEPTH:
            raise Exceeded("Deze waarde is te diep genest om uit te schrijven.")
        match value:
            case list():
                self._all("[", [("", item) for item in value], "]", depth)
            case dict():
                entries = [(f"{_key(key)}: ", item) for key, item in value.items()]
                self._all("{", entries, "}", depth)
            case Range():
                self._range(value, depth)
            case _:
                self.spend(3)
                self._add(_scalar(value, at_signs=self.at_signs))

    def _all(self, opening: str, items: list[tuple[str, Any]], closing: str, depth: int) -> None:
        self._add(opening)
        for place, (label, item) in enumerate(items):
            self._add((", " if place else "") + label)
            self._write(item, depth + 1)
        self._add(closing)

    def _range(self, value: Range, depth: int) -> None:
        if value.sign:
            self._add(f"({value.sign}")
            self._write(value.low if value.low_bounded else value.high, depth + 1)
            self._add(")")
            return
        self._add("[" if value.low_included else "(")
        self._write(value.low, depth + 1)
        self._add("..")
        self._write(value.high, depth + 1)
        self._add("]" if value.high_included else ")")


def _key(key: str) -> str:
    return key if is_plain_name(key) else quoted(key)


def _scalar(value: Any, *, at_signs: bool) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return quoted(value)
        case Decimal():
            return number_text(value)
        case Function():
            return f"function({', '.join(value.parameters)})"
        case _:
            return f'@"{_plain(value)}"' if at_signs else _plain(value)


def _plain(value: Any) -> str:
    match kind(value):
        case "date":
            return date_text(value)
        case "time":
            return time_text(value)
        case "date and time":
            return date_time_text(value)
        case _:
            assert isinstance(value, timedelta | YearMonthDuration)  # noqa: S101 - for the reader
            return duration_text(value)
