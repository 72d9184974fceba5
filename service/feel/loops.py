"""``for``, ``some`` and ``every``: going through lists and ranges within the budget."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from service.feel.limits import MAX_LIST
from service.feel.moments import date_of_number, day_number
from service.feel.numeric import whole
from service.feel.run import Exceeded, Frame, Problem, Spot
from service.feel.values import Range, in_dutch, kind

Code = Callable[[Frame], Any]
_MANY = Decimal(10) ** 18


@dataclass(frozen=True, kw_only=True, slots=True)
class Loop:
    """One ``name in source`` of a loop."""

    name: str
    source: Code
    end: Code | None
    spot: Spot


def compile_for(loops: Sequence[Loop], result: Code, weight: int, *, partial: bool) -> Code:
    """The closure of ``for``; ``partial`` tells whether the body reads its own earlier results."""

    def run(frame: Frame) -> Any:
        results: list[Any] = []
        try:
            for inner in _each(loops, frame):
                frame.run.spend(weight)
                results.append(result(_with_partial(inner, results) if partial else inner))
                if len(results) > MAX_LIST:
                    raise Exceeded(f"Een lijst krijgt meer dan {MAX_LIST} onderdelen.")
        except _Unloopable as problem:
            return frame.run.note(problem.spot, str(problem))
        return results

    return run


def compile_quantified(loops: Sequence[Loop], condition: Code, weight: int, decisive: bool) -> Code:
    """The closure of ``some`` (an answer true decides) or ``every`` (false decides)."""

    def run(frame: Frame) -> Any:
        outcome: bool | None = not decisive
        try:
            for inner in _each(loops, frame):
                frame.run.spend(weight)
                answer = condition(inner)
                if answer is decisive:
                    return decisive
                if answer is not (not decisive):
                    outcome = None
        except _Unloopable as problem:
            return frame.run.note(problem.spot, str(problem))
        return outcome

    return run


def _with_partial(frame: Frame, results: list[Any]) -> Frame:
    """A frame in which ``partial`` is what the loop gave so far."""
    frame.run.spend(len(results) // 8)
    return Frame(frame.run, {"partial": results.copy()}, frame)


class _Unloopable(Problem):
    def __init__(self, message: str, spot: Spot) -> None:
        super().__init__(message)
        self.spot = spot


def _each(loops: Sequence[Loop], frame: Frame) -> Iterator[Frame]:
    """A frame per combination of items; the last loop goes fastest."""
    first, rest = loops[0], loops[1:]
    frame.run.spend(3)
    for item in _items(first, frame):
        frame.run.spend(2)
        inner = Frame(frame.run, {first.name: item}, frame)
        if rest:
            yield from _each(rest, inner)
        else:
            yield inner


def _items(loop: Loop, frame: Frame) -> Iterable[Any]:
    source = loop.source(frame)
    if loop.end is not None:
        return _count(source, loop.end(frame), loop.spot)
    if isinstance(source, list):
        return source
    if isinstance(source, Range):
        return _through(source, loop.spot)
    if source is None:
        raise _Unloopable("De lijst om doorheen te lopen is leeg (null).", loop.spot)
    return [source]


def _through(bounds: Range, spot: Spot) -> Iterable[Any]:
    if not (bounds.low_bounded and bounds.high_bounded) or bounds.unequal:
        raise _Unloopable("Dit bereik heeft geen begin of geen einde.", spot)
    items = _count(bounds.low, bounds.high, spot)
    return (
        item
        for item in items
        if (bounds.low_included or item != bounds.low)
        and (bounds.high_included or item != bounds.high)
    )


def _count(start: Any, end: Any, spot: Spot) -> Iterable[Any]:
    kinds = {kind(start), kind(end)}
    if kinds == {"number"} and _countable(start) and _countable(end):
        return _numbers(start, end)
    if kinds == {"date"}:
        return (date_of_number(int(n)) for n in _numbers(_day(start), _day(end)))
    raise _Unloopable(
        f"Van {in_dutch(start)} tot {in_dutch(end)} kan niet geteld worden; "
        "alleen van heel getal tot heel getal of van datum tot datum.",
        spot,
    )


def _countable(number: Decimal) -> bool:
    return whole(number) and abs(number) < _MANY


def _numbers(start: Decimal, end: Decimal) -> Iterator[Decimal]:
    step = 1 if start <= end else -1
    return (Decimal(number) for number in range(int(start), int(end) + step, step))


def _day(day: Any) -> Decimal:
    return Decimal(day_number(day))
