"""Functions about how ranges and points lie to each other."""

from typing import Any

from service.domain.errors import ExpressionError
from service.feel.compare import equals, order
from service.feel.compile import compile_tree
from service.feel.functions import built_in
from service.feel.nodes import AtLiteral, Call, Literal, Name, Negate, Node, RangeOf
from service.feel.parse import parse_expression
from service.feel.run import Frame, Problem, Run
from service.feel.values import Range

_READ = 8  # steps for reading one character as FEEL
_ANY_TWO = (
    "point1:, point2:",
    "point:, range: range",
    "range: range, point:",
    "range1: range, range2: range",
)


def _as_range(value: Any) -> Range:
    """A point is the range of that point alone."""
    if isinstance(value, Range):
        if value.unequal:
            raise Problem("Dit bereik heeft geen begin en einde.")
        return value
    if value is None:
        raise Problem("Er ontbreekt een waarde (null).")
    return Range(value, value)


def _ends_before(run: Run, left: Range, right: Range) -> bool:
    """Whether ``left`` ends before ``right`` begins."""
    if not (left.high_bounded and right.low_bounded):
        return False
    place = order(left.high, right.low, run)
    return place < 0 or (place == 0 and not (left.high_included and right.low_included))


def _starts(run: Run, left: Range, right: Range) -> int:
    """The order of the beginnings."""
    if not (left.low_bounded and right.low_bounded):
        return int(left.low_bounded) - int(right.low_bounded)
    place = order(left.low, right.low, run)
    return place or int(right.low_included) - int(left.low_included)


def _ends(run: Run, left: Range, right: Range) -> int:
    """The order of the ends."""
    if not (left.high_bounded and right.high_bounded):
        return int(right.high_bounded) - int(left.high_bounded)
    place = order(left.high, right.high, run)
    return place or int(left.high_included) - int(right.high_included)


def _meet(run: Run, left: Range, right: Range) -> bool:
    return (
        left.high_bounded
        and right.low_bounded
        and left.high_included
        and right.low_included
        and equals(left.high, right.low, run) is True
    )


@built_in("before", *_ANY_TWO)
def before(run: Run, a: Any, b: Any) -> bool:
    """Whether the first ends before the second begins."""
    return _ends_before(run, _as_range(a), _as_range(b))


@built_in("after", *_ANY_TWO)
def after(run: Run, a: Any, b: Any) -> bool:
    """Whether the first begins after the second ends."""
    return _ends_before(run, _as_range(b), _as_range(a))


@built_in("meets", "range1: range, range2: range")
def meets(run: Run, a: Range, b: Range) -> bool:
    """Whether the second begins exactly where the first ends."""
    return _meet(run, a, b)


@built_in("met by", "range1: range, range2: range")
def met_by(run: Run, a: Range, b: Range) -> bool:
    """Whether the first begins exactly where the second ends."""
    return _meet(run, b, a)


@built_in("overlaps", "range1: range, range2: range")
def overlaps(run: Run, a: Range, b: Range) -> bool:
    """Whether the two share a point."""
    return not _ends_before(run, a, b) and not _ends_before(run, b, a)


@built_in("overlaps before", "range1: range, range2: range")
def overlaps_before(run: Run, a: Range, b: Range) -> bool:
    """Whether the first begins earlier and ends inside the second."""
    return _starts(run, a, b) < 0 and not _ends_before(run, a, b) and _ends(run, a, b) <= 0


@built_in("overlaps after", "range1: range, range2: range")
def overlaps_after(run: Run, a: Range, b: Range) -> bool:
    """Whether the first begins inside the second and ends later."""
    return _starts(run, a, b) > 0 and not _ends_before(run, b, a) and _ends(run, a, b) >= 0


@built_in("finishes", "point:, range: range", "range1: range, range2: range")
def finishes(run: Run, a: Any, b: Range) -> bool:
    """Whether the first ends where the second ends."""
    first = _as_range(a)
    return _ends(run, first, b) == 0 and _starts(run, first, b) >= 0


@built_in("finished by", "range: range, point:", "range1: range, range2: range")
def finished_by(run: Run, a: Range, b: Any) -> bool:
    """Whether the second ends where the first ends."""
    return finishes(run, b, a)


@built_in("includes", "range: range, point:", "range1: range, range2: range")
def includes(run: Run, a: Range, b: Any) -> bool:
    """Whether the second lies within the first."""
    second = _as_range(b)
    return _starts(run, a, second) <= 0 and _ends(run, a, second) >= 0


@built_in("during", "point:, range: range", "range1: range, range2: range")
def during(run: Run, a: Any, b: Range) -> bool:
    """Whether the first lies within the second."""
    return includes(run, b, a)


@built_in("starts", "point:, range: range", "range1: range, range2: range")
def starts(run: Run, a: Any, b: Range) -> bool:
    """Whether the first begins where the second begins."""
    first = _as_range(a)
    return _starts(run, first, b) == 0 and _ends(run, first, b) <= 0


@built_in("started by", "range: range, point:", "range1: range, range2: range")
def started_by(run: Run, a: Range, b: Any) -> bool:
    """Whether the second begins where the first begins."""
    return starts(run, b, a)


@built_in("coincides", "point1:, point2:", "range1: range, range2: range")
def coincides(run: Run, a: Any, b: Any) -> bool:
    """Whether the two are the same points."""
    first, second = _as_range(a), _as_range(b)
    return _starts(run, first, second) == 0 and _ends(run, first, second) == 0


@built_in("range", "from: string")
def range_(run: Run, text: str) -> Range:
    """The range that a text spells, with constants as its ends: ``"[1..10)"``."""
    run.spend(_READ * len(text))
    try:
        tree = parse_expression(text)
    except ExpressionError as error:
        raise Problem("range: deze tekst is geen bereik.") from error
    if not isinstance(tree, RangeOf) or not (_constant(tree.low) and _constant(tree.high)):
        raise Problem("range: deze tekst is geen bereik tussen twee vaste waarden.")
    value = compile_tree(tree, text)(Frame(run, {}))
    if not isinstance(value, Range) or value.low is None or value.high is None:
        raise Problem("range: de einden van het bereik passen niet bij elkaar.")
    return value


def _constant(node: Node) -> bool:
    if isinstance(node, Negate):
        return _constant(node.operand)
    if isinstance(node, Call):
        return (
            isinstance(node.function, Name)
            and node.function.name in ("date", "time", "date and time", "duration")
            and all(isinstance(argument, Literal) for argument in node.arguments)
        )
    return isinstance(node, Literal | AtLiteral)
