"""Values of a case as JSON: what JSON lacks is spelled the way FEEL and ISO 8601 spell it."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from service.domain.errors import ExpressionError
from service.feel import feel_text

_LARGEST_WHOLE = 2**53
_JSON = (str, bool, int, float, type(None))


def plain(value: Any) -> Any:
    """``value`` with only what JSON has.

    Decimals become numbers (a text when a number would lose digits), dates, times and moments
    ISO 8601, durations ISO 8601, and anything else of FEEL its own notation.
    """
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, date | time | datetime):
        return value.isoformat()
    if isinstance(value, _JSON):
        return value
    return str(value) if isinstance(value, UUID) else _text(value)


def _number(value: Decimal) -> int | float | str:
    if not value.is_finite():
        return str(value)
    if value == value.to_integral_value() and abs(value) <= _LARGEST_WHOLE:
        return int(value)
    near = float(value)
    return near if Decimal(repr(near)) == value else str(value)


def _text(value: Any) -> str:
    """Durations and the like as FEEL writes them, without the sign that marks them in FEEL."""
    try:
        return feel_text(value).removeprefix('@"').removesuffix('"')
    except (ExpressionError, TypeError, ValueError):
        return str(value)
