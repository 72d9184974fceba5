"""The columns of a table as pieces, and its rules as boxes of pieces."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from service.dmn.analysis.boxes import Box
from service.dmn.analysis.cells import ANYTHING, holds
from service.dmn.analysis.constants import constants_of
from service.dmn.analysis.pieces import Piece, Uncuttable, pieces_between
from service.dmn.analysis.types import column_type, values_named_by
from service.dmn.compiling import Compiling
from service.dmn.model import InputColumn, TableBox

_MOST_PIECES: Final = 2_000
_MOST_ANSWERS: Final = 200_000


@dataclass(kw_only=True)
class Dimension:
    """One thing that is tested: an input expression, or whether an unknown condition holds."""

    name: str
    """How the table calls it; empty for an unknown condition."""
    pieces: list[Piece]
    columns: list[int]
    """The columns that test it; an expression may occur more than once."""
    answers: dict[str, int] = field(default_factory=dict)
    """Per text of a cell the pieces for which it holds."""

    @property
    def whole(self) -> int:
        """All pieces."""
        return (1 << len(self.pieces)) - 1


@dataclass(frozen=True, kw_only=True)
class Space:
    """All inputs of a table, and for each rule those for which it holds."""

    dimensions: tuple[Dimension, ...]
    rules: tuple[Box, ...]
    widest: tuple[Box, ...]
    """The same, with every unknown condition taken to hold."""
    unknown: tuple[frozenset[tuple[int, str]], ...]
    """Per rule its unknown conditions: column and text."""
    touched: frozenset[int]
    """Columns with an unknown condition somewhere."""

    @property
    def whole(self) -> Box:
        """Every input."""
        return tuple(dimension.whole for dimension in self.dimensions)


def space_of(table: TableBox, compiling: Compiling) -> Space:
    """The inputs of ``table``, of which every rule has one cell per column."""
    by_text: dict[str, list[int]] = {}
    for place, column in enumerate(table.inputs):
        by_text.setdefault(" ".join(column.expression.text.split()), []).append(place)
    dimensions: list[Dimension] = []
    unknown: set[tuple[int, str]] = set()
    for name, places in by_text.items():
        cells = {rule.tests[place].text for rule in table.rules for place in places} - ANYTHING
        known = {cell: values for cell in cells if (values := constants_of(cell)) is not None}
        dimension = _dimension(name, [table.inputs[p] for p in places], places, known, compiling)
        if dimension is not None:
            dimensions.append(dimension)
        for place in places:
            unknown |= {
                (place, cell)
                for rule in table.rules
                if (cell := rule.tests[place].text) not in ANYTHING
                and (dimension is None or cell not in dimension.answers)
            }
    conditions = sorted(unknown)
    return Space(
        dimensions=(*dimensions, *(_condition(place) for place, _ in conditions)),
        rules=_boxes(table, dimensions, conditions, sure=True),
        widest=_boxes(table, dimensions, conditions, sure=False),
        unknown=tuple(
            frozenset(
                (place, cell.text)
                for place, cell in enumerate(rule.tests)
                if (place, cell.text) in unknown
            )
            for rule in table.rules
        ),
        touched=frozenset(place for place, _ in conditions),
    )


def _dimension(
    name: str,
    columns: Sequence[InputColumn],
    places: list[int],
    cells: dict[str, list[Any]],
    compiling: Compiling,
) -> Dimension | None:
    declared = column_type(columns[0], compiling)
    named = [value for values in cells.values() for value in values]
    named += values_named_by(declared)
    for column in columns:
        if column.allowed is not None and column.allowed.text not in ANYTHING:
            allowed = constants_of(column.allowed.text)
            if allowed is None:
                return None
            named += allowed
    try:
        pieces = pieces_between(named)
    except Uncuttable:
        return None
    limits = [c.allowed.text for c in columns if c.allowed and c.allowed.text not in ANYTHING]
    pieces = [
        piece
        for piece in pieces
        if declared.accepts(piece.value)
        and (piece.value is None or all(holds(t, piece.value, compiling) for t in limits))
    ]
    if not pieces or len(pieces) > _MOST_PIECES or len(pieces) * len(cells) > _MOST_ANSWERS:
        return None
    found = Dimension(name=name, pieces=pieces, columns=places)
    for cell in cells:
        holding = (holds(cell, piece.value, compiling) for piece in pieces)
        found.answers[cell] = sum(1 << place for place, holds in enumerate(holding) if holds)
    return found


def _condition(place: int) -> Dimension:
    return Dimension(
        name="", pieces=[Piece(value=True, text=""), Piece(value=False, text="")], columns=[place]
    )


def _boxes(
    table: TableBox,
    dimensions: list[Dimension],
    conditions: list[tuple[int, str]],
    *,
    sure: bool,
) -> tuple[Box, ...]:
    boxes = []
    for rule in table.rules:
        box = []
        for dimension in dimensions:
            bits = dimension.whole
            for place in dimension.columns:
                bits &= dimension.answers.get(rule.tests[place].text, bits)
            box.append(bits)
        for place, text in conditions:
            box.append(1 if sure and rule.tests[place].text == text else 3)
        boxes.append(tuple(box))
    return tuple(boxes)
