"""``source[condition]``: the items for which a condition holds, or the item at a position."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from service.feel.numeric import whole
from service.feel.run import Frame, Run, Spot

Code = Callable[[Frame], Any]


def compile_filter(source: Code, condition: Code, weight: int, spot: Spot) -> Code:
    """The closure of a filter whose condition has ``weight`` nodes."""

    def select(frame: Frame) -> Any:
        value = source(frame)
        items = value if isinstance(value, list) else [] if value is None else [value]
        if not items:
            return _from_nothing(condition, frame)
        chosen = []
        for item in items:
            frame.run.spend(weight)
            answer = condition(_item_frame(item, frame))
            if type(answer) is Decimal:
                return _at(items, answer, frame.run, spot)
            if answer is True:
                chosen.append(item)
        return chosen

    return select


def _item_frame(item: Any, frame: Frame) -> Frame:
    inner = Frame(frame.run, {"item": item}, frame)
    return Frame(frame.run, item, inner) if isinstance(item, dict) else inner


def _from_nothing(condition: Code, frame: Frame) -> list[Any] | None:
    """An empty list stays empty, but has no item at any position."""
    remarks = len(frame.run.diagnoses)
    answer = condition(_item_frame(None, frame))
    del frame.run.diagnoses[remarks:]
    return None if type(answer) is Decimal else []


def _at(items: list[Any], position: Decimal, run: Run, spot: Spot) -> Any:
    if whole(position) and 1 <= abs(position) <= len(items):
        index = int(position)
        return items[index - 1 if index > 0 else index]
    run.note(spot, f"De lijst heeft geen onderdeel {position}.", minor=True)
    return None
