"""Functions about numbers."""

from collections.abc import Callable
from datetime import timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from typing import Any

from service.feel.functions import built_in
from service.feel.numeric import NUMBERS, ZERO, whole
from service.feel.run import Problem, Run
from service.feel.values import YearMonthDuration

_SLOW, _ROOT = 60, 20
_SCALING = 5
_MAX_SCALE, _MIN_SCALE = 6176, -6111
_WIDE = NUMBERS.copy()
_WIDE.prec = 12_400  # any number of 34 digits rounded at any scale fits exactly


def round_to(run: Run, number: Decimal, scale: Decimal, rounding: str) -> Decimal:
    """``number`` with ``scale`` digits after the point (negative: before it)."""
    if not _MIN_SCALE <= scale <= _MAX_SCALE:
        raise Problem(f"De schaal ligt tussen {_MIN_SCALE} en {_MAX_SCALE}.")
    run.spend(_SCALING)
    exponent = -int(scale)
    if number.as_tuple().exponent >= exponent:  # type: ignore[operator]  # numbers are finite
        return number
    return NUMBERS.plus(number.quantize(Decimal((0, (1,), exponent)), rounding, _WIDE))


@built_in("decimal", "n: number, scale: number")
def decimal(run: Run, n: Decimal, scale: Decimal) -> Decimal:
    """``n`` rounded half to even."""
    return round_to(run, n, scale, ROUND_HALF_EVEN)


@built_in("floor", "n: number, scale?: number")
def floor(run: Run, n: Decimal, scale: Decimal = ZERO) -> Decimal:
    """``n`` rounded down."""
    return round_to(run, n, scale, ROUND_FLOOR)


@built_in("ceiling", "n: number, scale?: number")
def ceiling(run: Run, n: Decimal, scale: Decimal = ZERO) -> Decimal:
    """``n`` rounded up."""
    return round_to(run, n, scale, ROUND_CEILING)


def _rounding(name: str, rounding: str) -> None:
    def body(run: Run, n: Decimal, scale: Decimal) -> Decimal:
        if not whole(scale):
            raise Problem(f"{name}: de schaal moet een heel getal zijn.")
        return round_to(run, n, scale, rounding)

    built_in(name, "n: number, scale: number")(body)


_rounding("round up", ROUND_UP)
_rounding("round down", ROUND_DOWN)
_rounding("round half up", ROUND_HALF_UP)
_rounding("round half down", ROUND_HALF_DOWN)


@built_in("abs", "n: number | duration")
def abs_(_run: Run, n: Any) -> Any:
    """``n`` without its minus."""
    if isinstance(n, YearMonthDuration):
        return YearMonthDuration(abs(n.months))
    return NUMBERS.abs(n) if isinstance(n, Decimal) else abs(n)


@built_in("modulo", "dividend: number, divisor: number")
def modulo(_run: Run, dividend: Decimal, divisor: Decimal) -> Decimal:
    """The rest of a division, with the sign of the divisor."""
    if not divisor:
        raise Problem("modulo: delen door nul kan niet.")
    times = NUMBERS.divide(dividend, divisor).to_integral_value(ROUND_FLOOR)
    return NUMBERS.subtract(dividend, NUMBERS.multiply(divisor, times))


@built_in("sqrt", "number: number")
def sqrt(run: Run, number: Decimal) -> Decimal:
    """The square root."""
    run.spend(_ROOT)
    return NUMBERS.sqrt(number)


@built_in("log", "number: number")
def log(run: Run, number: Decimal) -> Decimal:
    """The natural logarithm."""
    if number <= 0:
        raise Problem("log: het getal moet groter dan nul zijn.")
    return _slowly(run, NUMBERS.ln, number)


@built_in("exp", "number: number")
def exp(run: Run, number: Decimal) -> Decimal:
    """e to the power of ``number``."""
    return _slowly(run, NUMBERS.exp, number)


@built_in("odd", "number: number")
def odd(_run: Run, number: Decimal) -> bool:
    """Whether a whole number is odd."""
    return whole(number) and _last_digit(number) % 2 == 1


@built_in("even", "number: number")
def even(_run: Run, number: Decimal) -> bool:
    """Whether a whole number is even."""
    return whole(number) and _last_digit(number) % 2 == 0


def _last_digit(number: Decimal) -> int:
    return 0 if number.adjusted() > NUMBERS.prec else int(abs(number)) % 10


def _slowly(run: Run, function: Callable[[Decimal], Decimal], number: Decimal) -> Decimal:
    run.spend(_SLOW)
    return function(number)


def total(values: list[Any], name: str) -> Any:
    """The sum of numbers or of durations of one kind."""
    result = values[0]
    if not isinstance(values[0], Decimal | timedelta | YearMonthDuration):
        raise Problem(f"{name}: de waarden moeten getallen of duren zijn.")
    for value in values[1:]:
        if type(value) is not type(result):
            raise Problem(f"{name}: alle waarden moeten van dezelfde soort zijn.")
        result = (
            YearMonthDuration(result.months + value.months)
            if isinstance(value, YearMonthDuration)
            else NUMBERS.add(result, value)
            if isinstance(value, Decimal)
            else result + value
        )
    return result
