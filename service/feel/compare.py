"""Equality and order of FEEL values; values of different kinds have neither."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from service.feel.instants import SECOND, clock, instant, midnight, offset_of
from service.feel.limits import CHARS_PER_STEP, MAX_VALUE_DEPTH
from service.feel.moments import day_number, zone_name
from service.feel.run import Exceeded, Problem, Run
from service.feel.values import Range, YearMonthDuration, in_dutch, kind
from service.feel.wide import WideDate, WideDateTime, WideTime

_SIMPLE = frozenset({str, bool, Decimal, timedelta, YearMonthDuration, date})
_MOMENT = 5
_ORDERED = frozenset({str, Decimal, timedelta, YearMonthDuration, date})


def equals(left: Any, right: Any, run: Run, depth: int = 0) -> bool | None:
    """Whether two values are the same; nothing if they cannot be compared."""
    if type(left) is type(right) and type(left) in _SIMPLE:
        if type(left) is str:
            run.spend(len(left) // CHARS_PER_STEP)
        return bool(left == right)
    if left is None or right is None:
        return left is right
    if kind(left) != kind(right):
        return None
    if isinstance(left, list):
        return _same_lists(left, right, run, depth)
    if isinstance(left, dict):
        return _same_contexts(left, right, run, depth)
    if isinstance(left, Range):
        return _same_ranges(left, right, run, depth)
    if kind(left) in ("date", "time", "date and time"):
        return _moment_key(left, run) == _moment_key(right, run)
    return left is right


def require_equals(left: Any, right: Any, run: Run) -> bool:
    """As :func:`equals`, with a problem for values of different kinds."""
    same = equals(left, right, run)
    if same is None:
        raise Problem(f"Tussen {in_dutch(left)} en {in_dutch(right)} is niet te vergelijken.")
    return same


def order(left: Any, right: Any, run: Run) -> int:
    """Negative, 0 or positive as ``left`` comes before, with or after ``right``.

    Raises:
        Problem: the two have no order.
    """
    if type(left) is type(right) and type(left) in _ORDERED:
        if type(left) is str:
            run.spend(len(left) // CHARS_PER_STEP)
        return int(left > right) - int(left < right)
    if left is None or right is None:
        raise Problem("Er ontbreekt een waarde om te vergelijken (null).")
    left_key, right_key = _order_key(left, run), _order_key(right, run)
    if left_key is None or right_key is None or left_key[0] != right_key[0]:
        raise Problem(f"Tussen {in_dutch(left)} en {in_dutch(right)} bestaat geen volgorde.")
    return int(left_key > right_key) - int(left_key < right_key)


def contains(bounds: Range, value: Any, run: Run) -> bool:
    """Whether ``value`` lies within a range.

    Raises:
        Problem: the value and the ends have no order.
    """
    if bounds.unequal:
        return not require_equals(value, bounds.low, run)
    if bounds.low_bounded:
        place = order(value, bounds.low, run)
        if place < 0 or (place == 0 and not bounds.low_included):
            # The other end must make sense too: 5 in [10..null] is no answer.
            if bounds.high_bounded:
                order(value, bounds.high, run)
            return False
    if bounds.high_bounded:
        place = order(value, bounds.high, run)
        return place < 0 or (place == 0 and bounds.high_included)
    return True


def _same_lists(left: list[Any], right: list[Any], run: Run, depth: int) -> bool | None:
    if len(left) != len(right):
        return False
    return _all_same([*zip(left, right, strict=True)], run, depth)


def _same_contexts(
    left: dict[str, Any], right: dict[str, Any], run: Run, depth: int
) -> bool | None:
    if left.keys() != right.keys():
        return False
    return _all_same([(value, right[key]) for key, value in left.items()], run, depth)


def _same_ranges(left: Range, right: Range, run: Run, depth: int) -> bool | None:
    shape = [(r.low_included, r.high_included, r.sign) for r in (left, right)]
    if shape[0] != shape[1]:
        return False
    return _all_same([(left.low, right.low), (left.high, right.high)], run, depth)


def _all_same(pairs: list[tuple[Any, Any]], run: Run, depth: int) -> bool | None:
    if depth > MAX_VALUE_DEPTH:
        raise Exceeded("Deze waarden zijn te diep genest om te vergelijken.")
    run.spend(2 + len(pairs))
    for left, right in pairs:
        same = equals(left, right, run, depth + 1)
        if not same:
            return same
    return True


def _moment_key(value: Any, run: Run) -> tuple[Any, ...]:
    """What two dates, times or moments must share to be equal; seconds count, not fractions."""
    run.spend(_MOMENT)
    match value:
        case datetime() | WideDateTime():
            if value.tzinfo is None:
                return ("local", day_number(value), clock(value) // SECOND)
            return ("world", instant(value, run.env.zone) // SECOND)
        case date() | WideDate():
            return ("date", day_number(value))
        case _:
            offset = offset_of(value)
            if offset is None:
                return (zone_name(value.tzinfo), clock(value) // SECOND)
            return ("world", clock(value) // SECOND - int(offset.total_seconds()))


def _order_key(value: Any, run: Run) -> tuple[str, int] | None:
    run.spend(_MOMENT)
    match value:
        case datetime() | WideDateTime():
            return ("moment", instant(value, run.env.zone))
        case date() | WideDate():
            return ("moment", instant(midnight(value), run.env.zone))
        case time() | WideTime():
            offset = offset_of(value)
            seconds = int(offset.total_seconds()) if offset else 0
            return ("time", clock(value) - seconds * SECOND)
        case _:
            return None
