"""Sets of inputs as boxes: per column a set of pieces, as the bits of a number."""

from collections.abc import Iterable, Sequence
from typing import Final

Box = tuple[int, ...]
"""Per column the pieces that belong to it; a box without pieces in some column is empty."""
MOST: Final = 100_000
"""Boxes that the analysis of one table may make before it gives up."""


class TooMany(Exception):
    """The table is too large to be taken apart."""


class Budget:
    """What is left of the work on one table."""

    def __init__(self, boxes: int = MOST) -> None:
        self.boxes = boxes

    def spend(self, boxes: int) -> None:
        """Use up a part.

        Raises:
            TooMany: nothing is left.
        """
        self.boxes -= boxes
        if self.boxes < 0:
            raise TooMany


def common(left: Box, right: Box) -> Box:
    """The inputs that belong to both."""
    return tuple(a & b for a, b in zip(left, right, strict=True))


def is_empty(box: Box) -> bool:
    """Whether no input belongs to it."""
    return 0 in box


def without(boxes: Iterable[Box], taken: Box) -> list[Box]:
    """The inputs of ``boxes`` that do not belong to ``taken``, in boxes that do not overlap."""
    return [part for box in boxes for part in _without_one(box, taken)]


def left_over(whole: Box, taken: Sequence[Box], budget: Budget) -> list[Box]:
    """The inputs of ``whole`` that belong to none of ``taken``.

    Raises:
        TooMany: that takes more boxes than the budget has.
    """
    rest = [] if is_empty(whole) else [whole]
    for box in taken:
        if not rest:
            break
        budget.spend(len(rest))
        rest = without(rest, box)
    return rest


def _without_one(box: Box, taken: Box) -> list[Box]:
    if is_empty(common(box, taken)):
        return [box]
    parts: list[Box] = []
    for place, (have, lose) in enumerate(zip(box, taken, strict=True)):
        outside = have & ~lose
        if outside:
            parts.append((*box[:place], outside, *box[place + 1 :]))
            box = (*box[:place], have & lose, *box[place + 1 :])
    return parts
