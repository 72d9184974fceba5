"""Small numbers (D17): what of a count may be shown, so that nobody can be found in a figure.

A table counts each thing once, and its total is shown beside it. A count below the threshold is
hidden, and then as many others as it takes: with the total, with what is shown and with this
rule in hand, every hidden count can still be more than one number. That is why all hidden counts
look the same, and why a zero beside a small count is hidden with it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from service.domain.errors import InvalidInput

MAX_DIMENSIONS = 2
"""No table crosses more than this: a third dimension would point at people."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What an owner may change, in the table ``kleine_aantallen``."""

    threshold: int = 5
    """Counts from 1 up to this are small."""
    rounding: int = 1
    """Shown counts are rounded to a multiple of this; 1 leaves them as they are."""
    denominator: int = 20
    """A percentage needs at least this many to be a percentage of."""

    def __post_init__(self) -> None:
        """Raises InvalidInput for a rule that would hide nothing, or cannot be applied."""
        if self.threshold < 2 or self.rounding < 1 or self.denominator < self.threshold:
            raise InvalidInput(
                "De regel voor kleine aantallen klopt niet: de drempel is minstens 2, de afronding "
                "minstens 1, en de noemer minstens de drempel. Pas de tabel kleine_aantallen aan."
            )

    def is_small(self, count: int) -> bool:
        """Whether a count would point at people."""
        return 0 < count < self.threshold


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A table as it may be published; ``None`` is a hidden count."""

    total: int | None
    cells: Mapping[str, int | None] = field(default_factory=dict)
    """Empty when the division as a whole is withheld."""


def protect(cells: Mapping[str, int], rule: Rule, *, forced: Iterable[str] = ()) -> Shown:
    """A table of counts that add up to their total, as it may be published.

    ``forced`` are cells to hide though they are not small: an earlier report would give them away.
    """
    total = sum(cells.values())
    if rule.is_small(total):
        return Shown(total=None)
    sensitive = {name for name, count in cells.items() if rule.is_small(count)} | {*forced}
    if not sensitive:
        return Shown(total=rounded(total, rule), cells=_but(cells, (), rule))
    hidden = _enough(cells, sensitive, rule) if total >= 2 * rule.threshold else None
    if hidden is None:
        return Shown(total=rounded(total, rule))
    return Shown(total=rounded(total, rule), cells=_but(cells, hidden, rule))


def protect_each(cells: Mapping[str, int], rule: Rule) -> Mapping[str, int | None]:
    """Counts that add up to nothing that is shown, because one thing may be counted twice."""
    sensitive = any(rule.is_small(count) for count in cells.values())
    small = [name for name, count in cells.items() if sensitive and count < rule.threshold]
    return _but(cells, small, rule)


def percentage(part: int | None, whole: int | None, rule: Rule) -> int | None:
    """A share of what is shown; ``None`` when either is hidden or the whole is too small."""
    if part is None or whole is None or whole < rule.denominator:
        return None
    return min(100, round(100 * part / whole))


def given_away(
    before: Mapping[str, int | None], now: Mapping[str, int], rule: Rule
) -> frozenset[str]:
    """The cells whose difference with an earlier report over the same time is a small count."""
    return frozenset(
        name
        for name, count in now.items()
        if (was := before.get(name)) is not None and rule.is_small(abs(count - was))
    )


def rounded(count: int, rule: Rule) -> int:
    """A count as a version with this rounding shows it; halves go up."""
    return (2 * count + rule.rounding) // (2 * rule.rounding) * rule.rounding


def _but(cells: Mapping[str, int], hidden: Iterable[str], rule: Rule) -> dict[str, int | None]:
    """The counts, rounded, but for those that are hidden."""
    taken = {*hidden}
    return {name: None if name in taken else rounded(count, rule) for name, count in cells.items()}


def _enough(cells: Mapping[str, int], sensitive: set[str], rule: Rule) -> set[str] | None:
    """The cells to hide, the smallest first; ``None`` when nothing would be left to show."""
    hidden = {name for name, count in cells.items() if count < rule.threshold} | sensitive
    while not _unknowable([cells[name] for name in hidden], rule):
        left = [count for name, count in cells.items() if name not in hidden]
        if not left:
            return None
        # All that are as small: to hide one of two equals would tell which order was followed.
        hidden |= {name for name, count in cells.items() if count == min(left)}
    return hidden if len(hidden) < len(cells) else None


def _unknowable(hidden: list[int], rule: Rule) -> bool:
    """Whether each hidden count could be two numbers, given their sum.

    The sum is known from the total, so it may not be small itself; and it may not be what comes
    of counts that are all as large as a small one gets.
    """
    together = sum(hidden)
    largest = len(hidden) * (rule.threshold - 1)
    return len(hidden) > 1 and together >= rule.threshold and together != largest
