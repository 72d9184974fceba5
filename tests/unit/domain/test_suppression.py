"""Small numbers: what is published never gives a hidden count away."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations, permutations, product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from service.domain.errors import InvalidInput
from service.domain.suppression import (
    Rule,
    Shown,
    given_away,
    percentage,
    protect,
    protect_each,
    rounded,
)

RULE = Rule()
PUBLIC = Rule(rounding=5)
NAMES = "abcdefgh"


def table(*counts: int) -> dict[str, int]:
    return dict(zip(NAMES, counts, strict=False))


def shown(*counts: int, rule: Rule = RULE) -> list[int | None]:
    return list(protect(table(*counts), rule).cells.values())


def test_a_count_of_three_is_hidden_and_another_with_it() -> None:
    assert shown(3, 8, 20) == [None, None, 20]


def test_what_is_large_enough_is_shown_and_a_zero_beside_it_too() -> None:
    assert shown(5, 0, 20) == [5, 0, 20]


def test_a_zero_beside_a_small_count_is_hidden_with_it() -> None:
    assert shown(0, 3, 8, 20) == [None, None, None, 20]


def test_small_counts_whose_sum_is_small_hide_another_one() -> None:
    """The total tells their sum: one and two would be three."""
    assert shown(1, 2, 11, 30) == [None, None, None, 30]


def test_a_total_that_is_small_is_not_told_either() -> None:
    assert protect(table(1, 2, 0), RULE) == Shown(total=None)


def test_few_in_all_are_not_divided() -> None:
    assert protect(table(6, 3), RULE) == Shown(total=9)


def test_nothing_at_all_is_simply_nothing() -> None:
    assert protect(table(0, 0), RULE) == Shown(total=0, cells=table(0, 0))


def test_of_counts_as_large_as_small_ones_get_the_sum_would_tell_each() -> None:
    assert protect(table(4, 4, 4), RULE) == Shown(total=12)


def test_a_public_version_is_rounded_halves_up() -> None:
    assert protect(table(8, 12, 23), PUBLIC) == Shown(total=45, cells=table(10, 10, 25))
    assert [rounded(n, PUBLIC) for n in (0, 2, 3, 7, 8)] == [0, 0, 5, 5, 10]


def test_counts_without_a_total_are_hidden_one_by_one() -> None:
    assert protect_each(table(3, 0, 7), RULE) == {"a": None, "b": None, "c": 7}
    assert protect_each(table(6, 0, 7), RULE) == table(6, 0, 7)


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [(10, 20, 50), (10, 19, None), (None, 40, None), (10, None, None), (20, 20, 100)],
)
def test_a_percentage_needs_enough_to_be_a_percentage_of(
    part: int | None, whole: int | None, share: int | None
) -> None:
    assert percentage(part, whole, RULE) == share


def test_a_difference_with_an_earlier_report_is_a_count_too() -> None:
    before = {"a": 10, "b": 20, "c": None}
    assert given_away(before, {"a": 12, "b": 20, "c": 9, "d": 3}, RULE) == {"a"}


def test_what_an_earlier_report_gives_away_is_hidden_with_another() -> None:
    assert protect(table(12, 20, 30), RULE, forced=["a"]).cells == {"a": None, "b": None, "c": 30}


@pytest.mark.parametrize("given", [{"threshold": 1}, {"rounding": 0}, {"denominator": 3}])
def test_a_rule_that_hides_nothing_is_refused(given: dict[str, int]) -> None:
    with pytest.raises(InvalidInput, match="kleine_aantallen"):
        Rule(**given)


@pytest.mark.parametrize(
    ("columns", "most", "rule"),
    [
        (2, 30, RULE),
        (3, 26, RULE),
        (4, 20, RULE),
        (3, 24, PUBLIC),
        (4, 16, Rule(threshold=3, denominator=20)),
        (5, 13, Rule(threshold=3, denominator=20)),
    ],
)
def test_nobody_who_knows_the_rule_can_work_back_to_a_hidden_count(
    columns: int, most: int, rule: Rule
) -> None:
    """Of every table that looks like this once published, a hidden count differs between two."""
    behind: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(most + 1), repeat=columns):
        if sum(counts) <= most:
            behind[_published(protect(table(*counts), rule))].append(counts)
    for (total, cells), tables in behind.items():  # type: ignore[misc]
        if total is None:
            continue
        for place in range(columns):
            if not cells or cells[place] is None:
                assert len({counts[place] for counts in tables}) > 1, (total, cells, tables)


@example([4, 4, 4, 4])
@given(st.lists(st.integers(0, 40), min_size=2, max_size=8))
def test_every_hidden_count_of_a_larger_table_could_be_another(counts: list[int]) -> None:
    """For each there is a second table that is published just the same."""
    cells = table(*counts)
    published = protect(cells, RULE)
    if published.total is None:
        return
    hidden = [name for name in cells if published.cells.get(name) is None]
    for name in hidden:
        assert any(
            other[name] != cells[name] and protect(other, RULE) == published
            for other in _alike(cells, hidden)
        ), (name, cells)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8))
def test_no_count_below_the_threshold_is_ever_shown_beside_a_small_one(counts: list[int]) -> None:
    cells = table(*counts)
    for name, count in protect(cells, RULE).cells.items():
        assert count is None or not RULE.is_small(cells[name])


def _published(result: Shown) -> tuple[int | None, tuple[int | None, ...]]:
    return result.total, tuple(result.cells.values())


def _alike(cells: Mapping[str, int], hidden: list[str]) -> Iterator[Mapping[str, int]]:
    """Tables with the same total: two hidden counts change places, or shift a little."""
    for one, other in permutations(hidden, 2):
        yield {**cells, one: cells[other], other: cells[one]}
        for shift in range(1, 9):
            if cells[one] >= shift:
                yield {**cells, one: cells[one] - shift, other: cells[other] + shift}
    for one, two, three in combinations(hidden, 3):
        yield {**cells, one: cells[two], two: cells[three], three: cells[one]}
    for one in hidden:
        yield from _spread(cells, one, [name for name in hidden if name != one])


def _spread(cells: Mapping[str, int], one: str, others: list[str]) -> Iterator[Mapping[str, int]]:
    """One hidden count is small, and the others share the rest as evenly as they can."""
    together = sum(cells[name] for name in (one, *others))
    for count in range(min(together + 1, 9) if others else 0):
        each, left = divmod(together - count, len(others))
        shares = {name: each + (place < left) for place, name in enumerate(others)}
        yield {**cells, one: count, **shares}
