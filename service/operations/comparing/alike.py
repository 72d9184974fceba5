"""Which thing in a list is which in another version of it, when nothing but likeness tells."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from service.operations.comparing.tree import Key

_ALIKE = 0.6
"""From this share of equal text on, two things are taken for versions of one."""


def alike(
    things: Sequence[tuple[str | None, str]],
    known: Sequence[tuple[Key, str]],
    parent: Key,
    start: str,
) -> list[Key]:
    """A key for each thing, of which name and content are given.

    The name decides when it is the only one; else things take, in their order, the key of the
    known thing with the same or nearly the same content. What is new gets a key by its content.
    """
    names = Counter(name for name, _ in things)
    keys: dict[int, Key] = {}
    there = {key for key, _ in known}
    for n, (name, _) in enumerate(things):
        key = (*parent, f"{start}{name}")
        if name is not None and names[name] == 1 and (key in there or not known):
            keys[n] = key
    left = [n for n in range(len(things)) if n not in keys]
    free = [(key, content) for key, content in known if key not in keys.values()]
    keys |= dict(_matched([(n, things[n][1]) for n in left], free))
    return list(_all(things, keys, parent, start))


def _matched(
    left: Sequence[tuple[int, str]], free: Sequence[tuple[Key, str]]
) -> Iterator[tuple[int, Key]]:
    matcher = SequenceMatcher(
        None, [content for _, content in free], [content for _, content in left], autojunk=False
    )
    for what, a, a_end, b, b_end in matcher.get_opcodes():
        if what not in ("equal", "replace"):
            continue
        for (key, old), (n, new) in zip(free[a:a_end], left[b:b_end], strict=False):
            if what == "equal" or SequenceMatcher(None, old, new).ratio() >= _ALIKE:
                yield n, key


def _all(
    things: Sequence[tuple[str | None, str]], keys: dict[int, Key], parent: Key, start: str
) -> Iterator[Key]:
    taken: set[Key] = set(keys.values())
    names = Counter(name for name, _ in things)
    for n, (name, content) in enumerate(things):
        if n in keys:
            yield keys[n]
            continue
        alone = name is not None and names[name] == 1
        own = name if alone else hashlib.sha256(content.encode()).hexdigest()[:12]
        key = (*parent, f"{start}{own}")
        while key in taken:
            key = (*key[:-1], f"{key[-1]}#")
        taken.add(key)
        yield key
