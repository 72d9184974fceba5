"""Values as text: what ``string(…)`` gives, and FEEL source that spells the value."""

import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from service.feel.limits import CHARS_PER_STEP, MAX_STRING, MAX_VALUE_DEPTH
from service.feel.numeric import number_text
from service.feel.run import Exceeded, Run
from service.feel.temporal_text import date_text, date_time_text, duration_text, time_text
from service.feel.tokens import is_plain_name
from service.feel.values import Range, YearMonthDuration, kind


def feel_text(value: Any) -> str:
    """FEEL source of ``value``: ``{a: "x", b: [1, 2]}``.

    Raises:
        ExpressionError: it is too large or too deep to write.
    """
    return _Writer(lambda _steps: None).write(value, 0)


def string_of(value: Any, run: Run) -> str | None:
    """``string(value)``: text as it is, null stays null, everything else as FEEL writes it."""
    if value is None or type(value) is str:
        return value
    return _Writer(run.spend, at_signs=False).write(value, 0)


class _Writer:
    def __init__(self, spend: Callable[[int], None], *, at_signs: bool = True) -> None:
        self.spend = spend
        self.length = 0
        self.at_signs = at_signs

    def write(self, value: Any, depth: int) -> str:
        text = self._write(value, depth)
        if type(value) not in (list, dict):
            self.length += len(text)
            self.spend(1 + len(text) // CHARS_PER_STEP)
        if self.length > MAX_STRING or depth > MAX_VALUE_DEPTH:
            raise Exceeded("Deze waarde is te groot om uit te schrijven.")
        return text

    def _write(self, value: Any, depth: int) -> str:
        match value:
            case None:
                return "null"
            case bool():
                return "true" if value else "false"
            case str():
                return json.dumps(value, ensure_ascii=False)
            case Decimal():
                return number_text(value)
            case list():
                return f"[{', '.join(self.write(item, depth + 1) for item in value)}]"
            case dict():
                return f"{{{', '.join(self._entry(k, v, depth) for k, v in value.items())}}}"
            case Range():
                return self._range(value, depth)
            case _:
                text = _plain(value)
                return f'@"{text}"' if self.at_signs and text[0] != "f" else text

    def _entry(self, key: str, value: Any, depth: int) -> str:
        shown = key if is_plain_name(key) else json.dumps(key, ensure_ascii=False)
        return f"{shown}: {self.write(value, depth + 1)}"

    def _range(self, value: Range, depth: int) -> str:
        low, high = self.write(value.low, depth + 1), self.write(value.high, depth + 1)
        if value.sign:
            return f"({value.sign}{low if value.low_bounded else high})"
        opening = "[" if value.low_included else "("
        return f"{opening}{low}..{high}{']' if value.high_included else ')'}"


def _plain(value: Any) -> str:
    match kind(value):
        case "date":
            return date_text(value)
        case "time":
            return time_text(value)
        case "date and time":
            return date_time_text(value)
        case "function":
            return f"function {value.name}"
        case _:
            assert isinstance(value, timedelta | YearMonthDuration)  # noqa: S101 - for the reader
            return duration_text(value)
