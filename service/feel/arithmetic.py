"""The signs ``+ - * / **`` for every kind of value that has them."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from service.feel.instants import (
    add_clock,
    add_days,
    add_months,
    add_whole_days,
    clock,
    difference,
    instant,
    make_months,
    midnight,
)
from service.feel.numeric import NUMBERS
from service.feel.run import Problem, Run
from service.feel.values import DUTCH, YearMonthDuration, kind

DATE, TIME, MOMENT = "date", "time", "date and time"
DAYS, MONTHS, NUMBER, TEXT = (
    "days and time duration",
    "years and months duration",
    "number",
    "string",
)
_Operation = Callable[[Any, Any, Run], Any]
_POWER_COST = 100
_MOMENT_COST = 8
_HUGE = 30
_MICROSECOND = timedelta(microseconds=1)


def calculate(sign: str, left: Any, right: Any, run: Run) -> Any:
    """``left sign right``.

    Raises:
        Problem: the sign has no meaning for these values, or the outcome does not exist.
    """
    if left is None or right is None:
        raise Problem(f"Er ontbreekt een waarde bij {sign} (null).")
    operation = _TABLE.get((sign, kind(left), kind(right)))
    if operation is None:
        raise Problem(f"{sign} werkt niet tussen {DUTCH[kind(left)]} en {DUTCH[kind(right)]}.")
    try:
        result = operation(left, right, run)
    except ArithmeticError as error:
        raise Problem(_why(sign, right)) from error
    if result is None:
        raise Problem("De uitkomst past niet in de kalender.")
    return result


def negate(value: Any) -> Any:
    """``-value``."""
    match value:
        case Decimal():
            return NUMBERS.minus(value)
        case timedelta():
            return -value
        case YearMonthDuration():
            return YearMonthDuration(-value.months)
        case None:
            raise Problem("Er ontbreekt een waarde achter het minteken (null).")
        case _:
            raise Problem(f"Voor {DUTCH[kind(value)]} past geen minteken.")


def _why(sign: str, right: Any) -> str:
    if sign == "/" and not right:
        return "Delen door nul kan niet."
    return "De uitkomst is geen getal of te groot."


def _join(left: str, right: str, run: Run) -> str:
    run.spend_text(len(left) + len(right))
    return left + right


def _power(left: Decimal, right: Decimal, run: Run) -> Decimal:
    run.spend(_POWER_COST)
    return NUMBERS.power(left, right)


def _times(length: timedelta, factor: Decimal, _run: Run) -> timedelta:
    return _of_microseconds(NUMBERS.multiply(Decimal(length // _MICROSECOND), factor))


def _divided(length: timedelta, divisor: Decimal, _run: Run) -> timedelta:
    return _of_microseconds(NUMBERS.divide(Decimal(length // _MICROSECOND), divisor))


def _of_microseconds(number: Decimal) -> timedelta:
    if number.adjusted() > _HUGE:  # making an int of it would take long
        raise OverflowError
    return timedelta(microseconds=int(number))


def _ratio(left: timedelta, right: timedelta, _run: Run) -> Decimal:
    return NUMBERS.divide(Decimal(left // _MICROSECOND), Decimal(right // _MICROSECOND))


def _months(left: YearMonthDuration, right: YearMonthDuration, sign: int) -> Any:
    return make_months(left.months + sign * right.months)


def _scaled_months(months: Decimal) -> Any:
    return None if months.adjusted() > _HUGE else make_months(int(months))


def _between(left: Any, right: Any, run: Run) -> timedelta | None:
    run.spend(_MOMENT_COST)
    zone = run.env.zone
    start = midnight(right) if kind(right) == DATE else right
    end = midnight(left) if kind(left) == DATE else left
    if (start.tzinfo is None) is not (end.tzinfo is None):
        raise Problem("Van deze twee momenten heeft er maar één een tijdzone.")
    return difference(instant(end, zone) - instant(start, zone))


_TABLE: dict[tuple[str, str, str], _Operation] = {
    ("+", NUMBER, NUMBER): lambda a, b, _: NUMBERS.add(a, b),
    ("-", NUMBER, NUMBER): lambda a, b, _: NUMBERS.subtract(a, b),
    ("*", NUMBER, NUMBER): lambda a, b, _: NUMBERS.multiply(a, b),
    ("/", NUMBER, NUMBER): lambda a, b, _: NUMBERS.divide(a, b),
    ("**", NUMBER, NUMBER): _power,
    ("+", TEXT, TEXT): _join,
    ("+", DAYS, DAYS): lambda a, b, _: a + b,
    ("-", DAYS, DAYS): lambda a, b, _: a - b,
    ("*", DAYS, NUMBER): _times,
    ("*", NUMBER, DAYS): lambda a, b, run: _times(b, a, run),
    ("/", DAYS, NUMBER): _divided,
    ("/", DAYS, DAYS): _ratio,
    ("+", MONTHS, MONTHS): lambda a, b, _: _months(a, b, 1),
    ("-", MONTHS, MONTHS): lambda a, b, _: _months(a, b, -1),
    ("*", MONTHS, NUMBER): lambda a, b, _: _scaled_months(NUMBERS.multiply(a.months, b)),
    ("*", NUMBER, MONTHS): lambda a, b, _: _scaled_months(NUMBERS.multiply(b.months, a)),
    ("/", MONTHS, NUMBER): lambda a, b, _: _scaled_months(NUMBERS.divide(a.months, b)),
    ("/", MONTHS, MONTHS): lambda a, b, _: NUMBERS.divide(a.months, b.months),
    ("+", DATE, DAYS): lambda a, b, _: add_whole_days(a, b),
    ("-", DATE, DAYS): lambda a, b, _: add_whole_days(a, -b),
    ("+", DAYS, DATE): lambda a, b, _: add_whole_days(b, a),
    ("+", DATE, MONTHS): lambda a, b, _: add_months(a, b.months),
    ("-", DATE, MONTHS): lambda a, b, _: add_months(a, -b.months),
    ("+", MONTHS, DATE): lambda a, b, _: add_months(b, a.months),
    ("+", MOMENT, DAYS): lambda a, b, _: add_days(a, b),
    ("-", MOMENT, DAYS): lambda a, b, _: add_days(a, -b),
    ("+", DAYS, MOMENT): lambda a, b, _: add_days(b, a),
    ("+", MOMENT, MONTHS): lambda a, b, _: add_months(a, b.months),
    ("-", MOMENT, MONTHS): lambda a, b, _: add_months(a, -b.months),
    ("+", MONTHS, MOMENT): lambda a, b, _: add_months(b, a.months),
    ("+", TIME, DAYS): lambda a, b, _: add_clock(a, b),
    ("-", TIME, DAYS): lambda a, b, _: add_clock(a, -b),
    ("+", DAYS, TIME): lambda a, b, _: add_clock(b, a),
    ("-", TIME, TIME): lambda a, b, _: difference(clock(a) - clock(b)),
    ("-", DATE, DATE): _between,
    ("-", MOMENT, MOMENT): _between,
    ("-", MOMENT, DATE): _between,
    ("-", DATE, MOMENT): _between,
}
