"""Functions that turn one kind of value into another."""

import re
from decimal import Decimal
from typing import Any

from service.feel.functions import built_in
from service.feel.numeric import number_of
from service.feel.run import Problem, Run
from service.feel.text import string_of

_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,5})?")


@built_in("string", "from:")
def string(run: Run, value: Any) -> str | None:
    """The value as text; null stays null."""
    return string_of(value, run)


@built_in(
    "number",
    "from: string",
    "from: string, grouping separator: string | null, decimal separator?: string | null",
)
def number(_run: Run, text: str, grouping: str | None = None, point: str | None = None) -> Decimal:
    """The number in a text; grouping is a space, comma or point, the decimal a comma or point."""
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", "."):
        raise Problem("number: dit scheidingsteken kan niet.")
    if grouping is not None and grouping == point:
        raise Problem("number: de twee scheidingstekens zijn gelijk.")
    if grouping:
        text = text.replace(grouping, "")
    if point:
        text = text.replace(point, ".")
    if not _NUMBER.fullmatch(text):
        raise Problem("number: deze tekst is geen getal.")
    return number_of(text)
