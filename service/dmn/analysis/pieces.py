"""Cuts the values that a column may have into pieces, each with one value to stand for it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from service.feel import feel_text
from service.feel.numeric import NUMBERS
from service.feel.values import YearMonthDuration, kind

SECOND: Final = timedelta(seconds=1)
_UNITS: Final = (
    timedelta(days=1),
    timedelta(hours=1),
    timedelta(minutes=1),
    SECOND,
    timedelta(microseconds=1),
)
_ONE: Final = Decimal(1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A set of values on which no cell of the column changes its answer."""

    value: Any
    """One of them."""
    text: str
    """How a reader calls it: ``score = 7``, without the name of the column."""


class Uncuttable(Exception):
    """These values have no order that the pieces could follow."""


def pieces_between(values: Iterable[Any]) -> list[Piece]:
    """Every value that a cell names, and something from between, before and after them.

    Raises:
        Uncuttable: values with and without a zone, or beyond Python's own dates.
    """
    by_kind: dict[str, list[Any]] = {}
    for value in values:
        by_kind.setdefault(kind(value), []).append(value)
    if by_kind.keys() == {"null"}:
        return [*_nothing([]), _SOMETHING]
    try:
        return [piece for name, some in by_kind.items() for piece in _CUTS[name](some)]
    except ArithmeticError as error:  # nothing lies beyond the last of what can be represented
        raise Uncuttable from error


def _strings(values: list[Any]) -> list[Piece]:
    known = list(dict.fromkeys(values))
    other = "iets anders"
    while other in known:
        other += "!"
    return [*map(_equal, known), Piece(value=other, text="is een andere tekst")]


def _booleans(_values: list[Any]) -> list[Piece]:
    return [Piece(value=True, text="= true"), Piece(value=False, text="= false")]


def _nothing(_values: list[Any]) -> list[Piece]:
    return [Piece(value=None, text="= null")]


_SOMETHING: Final = Piece(value="iets anders", text="is niet leeg")
"""For a column of which only is asked whether it has a value."""


def _numbers(values: list[Any]) -> list[Piece]:
    known = sorted(set(values))
    found = [_equal(NUMBERS.subtract(known[0].to_integral_value("ROUND_FLOOR"), _ONE))]
    for low, high in pairwise(known):
        found += [_equal(low), _equal(_number_between(low, high))]
    after = NUMBERS.add(known[-1].to_integral_value("ROUND_CEILING"), _ONE)
    _require(found[0].value < known[0] and known[-1] < after)
    return [*found, _equal(known[-1]), _equal(after)]


def _number_between(low: Decimal, high: Decimal) -> Decimal:
    middle = NUMBERS.divide(NUMBERS.add(low, high), Decimal(2))
    rounded = middle.to_integral_value("ROUND_FLOOR")
    best = rounded if low < rounded < high else middle
    _require(low < best < high)  # they differ in more than their last digit
    return best


def _stepped(
    step: Callable[[Any, int], Any], fits: Callable[[Any], bool]
) -> Callable[[list[Any]], list[Piece]]:
    """Cuts values that come one after the other: the next one after ``a`` is ``step(a, 1)``."""

    def cut(values: list[Any]) -> list[Piece]:
        _require(all(map(fits, values)))
        known = sorted(set(values))
        near = {
            moved for value in known for by in (-1, 1) if (moved := step(value, by)) is not None
        }
        between = sorted(near - set(known))
        merged: list[Any] = []
        for value in sorted({*known, *between}):
            # Two neighbours of named values may lie in the same stretch; one of them is enough.
            if value in between and merged and merged[-1] in between:
                continue
            merged.append(value)
        return [_equal(value) for value in merged]

    return cut


def _days(value: Any, by: int) -> Any:
    try:
        return value + timedelta(days=by)
    except OverflowError:
        return None


def _moments(value: Any, by: int) -> Any:
    try:
        return value + by * SECOND
    except OverflowError:
        return None


def _clock(value: Any, by: int) -> Any:
    moved = datetime(2000, 1, 2, value.hour, value.minute, value.second) + by * SECOND  # noqa: DTZ001 - only its clock is used
    return moved.time() if moved.day == 2 else None


def _is_plain_time(value: Any) -> bool:
    """With a zone, times go round; fractions of a second count for ``<`` and not for ``=``."""
    return type(value) is time and value.tzinfo is None and not value.microsecond


def _months(value: Any, by: int) -> Any:
    return YearMonthDuration(value.months + by)


def _dates_and_times(values: list[Any]) -> list[Piece]:
    _require(all(type(value) is datetime and not value.microsecond for value in values))
    local = [value for value in values if value.tzinfo is None]
    _require(not local or len(local) == len(values))
    return _stepped(_moments, lambda _value: True)(
        local or [value.astimezone(UTC) for value in values]
    )


def _lengths(values: list[Any]) -> list[Piece]:
    known = sorted(set(values))
    found = [_equal(known[0] - _unit(known[0]))]
    for low, high in pairwise(known):
        unit = next(u for u in _UNITS if low + u < high or u is _UNITS[-1])
        found.append(_equal(low))
        if low + unit < high:
            found.append(_equal(low + unit))
    return [*found, _equal(known[-1]), _equal(known[-1] + _unit(known[-1]))]


def _unit(length: timedelta) -> timedelta:
    return next(unit for unit in _UNITS if not length % unit)


def _require(holds: bool) -> None:
    if not holds:
        raise Uncuttable


def _equal(value: Any) -> Piece:
    return Piece(value=value, text=f"= {feel_text(value)}")


_CUTS: dict[str, Callable[[list[Any]], list[Piece]]] = {
    "string": _strings,
    "boolean": _booleans,
    "null": _nothing,
    "number": _numbers,
    "date": _stepped(_days, lambda value: type(value) is date),
    "date and time": _dates_and_times,
    "time": _stepped(_clock, _is_plain_time),
    "days and time duration": _lengths,
    "years and months duration": _stepped(_months, lambda _value: True),
}
