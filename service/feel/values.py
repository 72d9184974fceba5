"""The values of FEEL and how values from Python and JSON become them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from service.domain.errors import ExpressionError
from service.feel.limits import MAX_LIST, MAX_RESULT, MAX_STRING, MAX_VALUE_DEPTH
from service.feel.numeric import NUMBERS
from service.feel.wide import WideDate, WideDateTime, WideTime

if TYPE_CHECKING:
    from service.feel.nodes import TypeRef
    from service.feel.run import Run


@dataclass(frozen=True, slots=True, order=True)
class YearMonthDuration:
    """A number of months, printed as years and months; unlike days they have no fixed length."""

    months: int


@dataclass(frozen=True, slots=True)
class Range:
    """Everything between two ends, or everything that a comparison like ``< high`` holds for."""

    low: Any
    high: Any
    low_included: bool = True
    high_included: bool = True
    sign: str = ""
    """The comparison it was written as (``(<= 5)``), or empty for a range with two ends."""

    @property
    def low_bounded(self) -> bool:
        """Whether there is a first end."""
        return self.sign not in ("<", "<=")

    @property
    def high_bounded(self) -> bool:
        """Whether there is a last end."""
        return self.sign not in (">", ">=")

    @property
    def unequal(self) -> bool:
        """Whether it is everything except its end: ``(!= 5)``."""
        return self.sign == "!="


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """Something that can be called: written in FEEL, built in, or given by the decision model."""

    name: str
    parameters: tuple[str, ...]
    call: Callable[["Run", list[Any]], Any]
    """Gets the run, whose budget it shares, and one value per parameter."""
    types: "tuple[TypeRef | None, ...]" = ()
    """The declared types of the parameters, where there are any."""
    depth: int = 1
    """Syntax levels of its body, charged per nested call."""
    variadic: bool = False


FeelValue = (
    None
    | bool
    | str
    | Decimal
    | date
    | time
    | datetime
    | timedelta
    | WideDate
    | WideTime
    | WideDateTime
    | YearMonthDuration
    | Range
    | Function
    | list[Any]
    | dict[str, Any]
)

KINDS: Final[dict[type, str]] = {
    type(None): "null",
    bool: "boolean",
    str: "string",
    Decimal: "number",
    date: "date",
    WideDate: "date",
    time: "time",
    WideTime: "time",
    datetime: "date and time",
    WideDateTime: "date and time",
    timedelta: "days and time duration",
    YearMonthDuration: "years and months duration",
    Range: "range",
    list: "list",
    dict: "context",
    Function: "function",
}
"""The FEEL type of each Python class a value may have; values have no other class."""

DUTCH: Final = {
    "null": "niets (null)",
    "boolean": "waar of onwaar",
    "string": "een tekst",
    "number": "een getal",
    "date": "een datum",
    "time": "een tijd",
    "date and time": "een datum met tijd",
    "days and time duration": "een duur in dagen en tijd",
    "years and months duration": "een duur in jaren en maanden",
    "range": "een bereik",
    "list": "een lijst",
    "context": "een context",
    "function": "een functie",
}
_READY: Final = frozenset(KINDS) - {list, dict, str, Decimal, Range}


def kind(value: FeelValue) -> str:
    """The FEEL type of ``value``."""
    return KINDS[type(value)]


def in_dutch(value: FeelValue) -> str:
    """The type of ``value`` as a reader knows it, with its article."""
    return DUTCH[kind(value)]


def to_feel(value: Any, *, spend: Callable[[int], None] | None = None) -> Any:
    """``value`` from Python or JSON as a FEEL value; containers are copied.

    ``spend`` is told the size of every container, so that an evaluation can pay for it.

    Raises:
        ExpressionError: it is of an unknown class, too large or too deep.
    """
    return value if type(value) in _READY else _take_in(value, 0, spend or _bounded())


def _bounded() -> Callable[[int], None]:
    left = MAX_RESULT

    def spend(size: int) -> None:
        nonlocal left
        left -= size
        if left < 0:
            raise ExpressionError(f"Een waarde heeft meer dan {MAX_RESULT} onderdelen.")

    return spend


def _take_in(value: Any, depth: int, spend: Callable[[int], None]) -> Any:
    if type(value) in _READY:
        return value
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if depth > MAX_VALUE_DEPTH:
        raise ExpressionError("Een waarde is te diep genest.")
    if isinstance(value, Mapping):
        spend(_check_size(len(value)))
        return {_key(key): _take_in(item, depth + 1, spend) for key, item in value.items()}
    if isinstance(value, list | tuple):
        spend(_check_size(len(value)))
        return [_take_in(item, depth + 1, spend) for item in value]
    return _unusual(value)


def _unusual(value: Any) -> Any:
    if type(value) is Range:
        return value
    if isinstance(value, Enum):
        return to_feel(value.value)
    if isinstance(value, datetime):
        return datetime.combine(value.date(), value.timetz())
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    raise ExpressionError(f"Een waarde van soort {type(value).__name__} hoort niet in FEEL.")


def _string(value: str) -> str:
    if len(value) > MAX_STRING:
        raise ExpressionError(f"Een tekst is langer dan {MAX_STRING} tekens.")
    return value if type(value) is str else str.__str__(value)


def _number(value: float | Decimal) -> Decimal:
    if isinstance(value, Decimal):
        number = value
    elif isinstance(value, int):
        # Python turns very long integers into text only up to a limit; we refuse them sooner.
        if value.bit_length() > 20_500:
            raise ExpressionError("Een getal is te groot.")
        number = Decimal(int(value))
    else:
        number = Decimal(repr(float(value)))
    if not number.is_finite() or number.adjusted() > NUMBERS.Emax:
        raise ExpressionError("Een getal is oneindig of te groot.")
    return NUMBERS.plus(number)


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise ExpressionError(f"De sleutel {key!r} van een context is geen tekst.")
    return key


def _check_size(size: int) -> int:
    if size > MAX_LIST:
        raise ExpressionError(f"Een lijst of context heeft meer dan {MAX_LIST} onderdelen.")
    return size
