"""The order of what lies beside each other, after two people changed it."""

from collections.abc import Collection, Mapping, Sequence
from itertools import chain

from service.operations.comparing.tree import Key

Order = Sequence[Key]


def merged_order(
    base: Order, mine: Order, theirs: Order, kept: Collection[Key], *, mine_first: bool
) -> tuple[list[Key], bool]:
    """The keys of ``kept`` in an order that honours both, and whether both changed it differently.

    Who adds something puts it after what precedes it. The order does not depend on who is who,
    unless both changed the order of the same things; then ``mine_first`` decides.
    """
    b, m, t = ([key for key in one if key in kept] for one in (base, mine, theirs))
    shared = {*b} & {*m} & {*t}
    spines = [[key for key in one if key in shared] for one in (b, m, t)]
    spine, clash = _spine(*spines, mine_first=mine_first)
    runs = [_runs(one, shared) for one in (m, t)]
    after = _together(*runs)
    ordered = [
        *after.get(None, ()),
        *chain.from_iterable((key, *after.get(key, ())) for key in spine),
    ]
    rest = [key for key in kept if key not in {*ordered}]
    return [*ordered, *rest], clash


def _spine(
    base: list[Key], mine: list[Key], theirs: list[Key], *, mine_first: bool
) -> tuple[list[Key], bool]:
    if mine in (base, theirs):
        return theirs, False
    if theirs == base:
        return mine, False
    return (mine if mine_first else theirs), True


def _runs(order: list[Key], shared: set[Key]) -> dict[Key | None, list[Key]]:
    """What stands after each shared key, up to the next one."""
    found: dict[Key | None, list[Key]] = {}
    last: Key | None = None
    for key in order:
        if key in shared:
            last = key
        else:
            found.setdefault(last, []).append(key)
    return found


def _together(
    one: Mapping[Key | None, list[Key]], other: Mapping[Key | None, list[Key]]
) -> dict[Key | None, list[Key]]:
    """The runs of both; what both have, stands once."""
    found: dict[Key | None, list[Key]] = {}
    seen: set[Key] = set()
    for place in sorted({*one, *other}, key=lambda key: key or ()):
        for run in sorted((one.get(place, []), other.get(place, []))):
            new = [key for key in run if key not in seen]
            seen.update(new)
            found.setdefault(place, []).extend(new)
    return found
