"""Functions about lists."""

from decimal import Decimal
from functools import cmp_to_key
from typing import Any

from service.feel.builtins.numbers import total
from service.feel.calls import call_function
from service.feel.compare import equals, order
from service.feel.functions import built_in
from service.feel.limits import CHARS_PER_STEP, MAX_LIST
from service.feel.numeric import NUMBERS
from service.feel.run import Exceeded, Problem, Run
from service.feel.values import Function, in_dutch

_ONE_OR_MORE = ("list: list", "values*:")


def _items(run: Run, values: tuple[Any, ...]) -> list[Any]:
    """The items of the one list given, or the arguments themselves."""
    items = values[0] if len(values) == 1 and isinstance(values[0], list) else list(values)
    run.spend(len(items))
    return items


def _checked(run: Run, items: list[Any]) -> list[Any]:
    _room(run, len(items))
    return items


def _room(run: Run, length: int) -> None:
    if length > MAX_LIST:
        raise Exceeded(f"Een lijst krijgt meer dan {MAX_LIST} onderdelen.")
    run.spend(length)


def _numbers(run: Run, values: tuple[Any, ...], name: str) -> list[Decimal]:
    items = _items(run, values)
    for item in items:
        if not isinstance(item, Decimal):
            raise Problem(f"{name}: de lijst bevat {in_dutch(item)}, geen getal.")
    return items


@built_in("count", "list: list")
def count(_run: Run, items: list[Any]) -> Decimal:
    """How many items there are."""
    return Decimal(len(items))


@built_in("list contains", "list: list, element:")
def list_contains(run: Run, items: list[Any], element: Any) -> bool:
    """Whether an item equals the element."""
    run.spend(len(items))
    return any(equals(item, element, run) for item in items)


@built_in("min", *_ONE_OR_MORE)
def min_(run: Run, *values: Any) -> Any:
    """The first of the items in order."""
    return _extreme(run, values, -1)


@built_in("max", *_ONE_OR_MORE)
def max_(run: Run, *values: Any) -> Any:
    """The last of the items in order."""
    return _extreme(run, values, 1)


def _extreme(run: Run, values: tuple[Any, ...], side: int) -> Any:
    items = _items(run, values)
    if not items:
        return None
    best = items[0]
    order(best, best, run)
    for item in items[1:]:
        if order(item, best, run) * side > 0:
            best = item
    return best


@built_in("sum", *_ONE_OR_MORE)
def sum_(run: Run, *values: Any) -> Any:
    """The sum of numbers or durations; null for an empty list."""
    items = _items(run, values)
    return total(items, "sum") if items else None


@built_in("mean", *_ONE_OR_MORE)
def mean(run: Run, *values: Any) -> Decimal | None:
    """The average."""
    items = _numbers(run, values, "mean")
    return NUMBERS.divide(total(items, "mean"), Decimal(len(items))) if items else None


@built_in("median", *_ONE_OR_MORE)
def median(run: Run, *values: Any) -> Decimal | None:
    """The middle one, or the average of the middle two."""
    items = sorted(_numbers(run, values, "median"))
    if not items:
        return None
    middle = len(items) // 2
    if len(items) % 2:
        return items[middle]
    return NUMBERS.divide(NUMBERS.add(items[middle - 1], items[middle]), Decimal(2))


@built_in("stddev", *_ONE_OR_MORE)
def stddev(run: Run, *values: Any) -> Decimal | None:
    """The standard deviation of a sample."""
    items = _numbers(run, values, "stddev")
    if len(items) < 2:
        raise Problem("stddev: er zijn ten minste twee getallen nodig.")
    run.spend(2 * len(items))
    average = NUMBERS.divide(total(items, "stddev"), Decimal(len(items)))
    squares = [
        NUMBERS.multiply(apart, apart)
        for apart in (NUMBERS.subtract(item, average) for item in items)
    ]
    return NUMBERS.sqrt(NUMBERS.divide(total(squares, "stddev"), Decimal(len(items) - 1)))


@built_in("mode", *_ONE_OR_MORE)
def mode(run: Run, *values: Any) -> list[Decimal]:
    """The numbers that occur most often, in order."""
    counts: dict[Decimal, int] = {}
    for item in _numbers(run, values, "mode"):
        counts[item] = counts.get(item, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(item for item, times in counts.items() if times == most)


@built_in("product", *_ONE_OR_MORE)
def product(run: Run, *values: Any) -> Decimal | None:
    """All numbers multiplied."""
    items = _numbers(run, values, "product")
    if not items:
        return None
    result = Decimal(1)
    for item in items:
        result = NUMBERS.multiply(result, item)
    return result


@built_in("append", "list: list, item*:")
def append(run: Run, items: list[Any], *more: Any) -> list[Any]:
    """The list with items added at the end."""
    return _checked(run, [*items, *more])


@built_in("concatenate", "list*: list")
def concatenate(run: Run, *lists: list[Any]) -> list[Any]:
    """All lists in one."""
    _room(run, sum(map(len, lists)))
    return [item for items in lists for item in items]


@built_in("sublist", "list: list, start position: number, length?: number")
def sublist(run: Run, items: list[Any], start: Decimal, length: Decimal | None = None) -> list[Any]:
    """``length`` items from a position; a negative position counts from the end."""
    first = _place(start, len(items))
    if length is None:
        return _checked(run, items[first:])
    if length < 1 or first + length > len(items):
        raise Problem("sublist: zoveel onderdelen heeft de lijst niet.")
    return _checked(run, items[first : first + int(length)])


@built_in("insert before", "list: list, position: number, newItem:")
def insert_before(run: Run, items: list[Any], position: Decimal, new: Any) -> list[Any]:
    """The list with an item put in before a position."""
    place = _place(position, len(items))
    return _checked(run, [*items[:place], new, *items[place:]])


@built_in("remove", "list: list, position: number")
def remove(run: Run, items: list[Any], position: Decimal) -> list[Any]:
    """The list without the item at a position."""
    place = _place(position, len(items))
    return _checked(run, items[:place] + items[place + 1 :])


@built_in(
    "list replace",
    "list: list, position: number, newItem:",
    "list: list, match: function, newItem:",
)
def list_replace(run: Run, items: list[Any], which: Decimal | Function, new: Any) -> list[Any]:
    """The list with the item at a position, or each item that matches, replaced."""
    if isinstance(which, Decimal):
        place = _place(which, len(items))
        return _checked(run, [*items[:place], new, *items[place + 1 :]])
    replaced = []
    for item in _checked(run, items):
        matched = call_function(which, run, [item, new])
        if type(matched) is not bool:
            raise Problem("list replace: de functie geeft geen waar of onwaar.")
        replaced.append(new if matched else item)
    return replaced


@built_in("reverse", "list: list")
def reverse(run: Run, items: list[Any]) -> list[Any]:
    """The list back to front."""
    return _checked(run, items[::-1])


@built_in("index of", "list: list, match:")
def index_of(run: Run, items: list[Any], match: Any) -> list[Decimal]:
    """The positions of the items that equal ``match``."""
    run.spend(len(items))
    return [Decimal(n) for n, item in enumerate(items, 1) if equals(item, match, run)]


@built_in("union", "list*: list")
def union(run: Run, *lists: list[Any]) -> list[Any]:
    """All lists in one, without doubles."""
    return _distinct(run, concatenate(run, *lists))


@built_in("distinct values", "list: list")
def distinct_values(run: Run, items: list[Any]) -> list[Any]:
    """The list without doubles."""
    return _distinct(run, items)


def _distinct(run: Run, items: list[Any]) -> list[Any]:
    kept: list[Any] = []
    seen: set[Any] = set()
    for item in items:
        run.spend(1)
        if isinstance(item, str | bool | Decimal):
            key = (type(item), item)
            if key not in seen:
                seen.add(key)
                kept.append(item)
            continue
        run.spend(len(kept))
        if not any(equals(item, other, run) for other in kept):
            kept.append(item)
    return kept


@built_in("duplicate values", "list: list")
def duplicate_values(run: Run, items: list[Any]) -> list[Any]:
    """The values that occur more than once."""
    run.spend(len(items) * len(items) // 4)
    found: list[Any] = []
    for place, item in enumerate(items):
        again = any(equals(item, other, run) for other in items[place + 1 :])
        if again and not any(equals(item, other, run) for other in found):
            found.append(item)
    return found


@built_in("flatten", "list: list")
def flatten(run: Run, items: list[Any]) -> list[Any]:
    """One list with the items of all lists within lists."""
    flat: list[Any] = []
    waiting = [iter(items)]
    while waiting:
        for item in waiting[-1]:
            run.spend(1)
            if isinstance(item, list):
                waiting.append(iter(item))
                break
            flat.append(item)
        else:
            waiting.pop()
    return _checked(run, flat)


@built_in("sort", "list: list, precedes?: function")
def sort(run: Run, items: list[Any], precedes: Function | None = None) -> list[Any]:
    """The list in order; ``precedes(a, b)`` tells whether ``a`` comes first."""

    def compare(left: Any, right: Any) -> int:
        run.spend(1)
        if precedes is None:
            return order(left, right, run)
        if call_function(precedes, run, [left, right]) is True:
            return -1
        return 1 if call_function(precedes, run, [right, left]) is True else 0

    kinds = {type(item) for item in items}
    if precedes is None and kinds in ({str}, {Decimal}):
        if kinds == {str}:
            run.spend(sum(map(len, items)) // CHARS_PER_STEP)
        return sorted(_checked(run, items))
    return sorted(items, key=cmp_to_key(compare))


@built_in("string join", "list: list, delimiter?: string | null")
def string_join(run: Run, items: list[Any], delimiter: str | None = None) -> str:
    """The texts in a list with the delimiter between them; nulls are left out."""
    run.spend(len(items))
    texts = [item for item in items if item is not None]
    if not all(type(text) is str for text in texts):
        raise Problem("string join: de lijst bevat iets anders dan tekst.")
    run.spend_text(sum(map(len, texts)) + len(delimiter or "") * len(texts))
    return (delimiter or "").join(texts)


def _place(position: Decimal, length: int) -> int:
    """The index of a position that counts from 1, or from the end if negative."""
    if not 1 <= abs(position) < length + 1:
        raise Problem(f"De lijst heeft geen positie {position}.")
    return int(position) - 1 if position > 0 else length + int(position)
