"""Remembers what follows from the content of a file alone: most files of a bundle never change."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from functools import update_wrapper
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar

KEPT = 2_000
"""Outcomes of one function; a bundle has some two hundred files."""

_More = ParamSpec("_More")
_Outcome = TypeVar("_Outcome")


def by_content(
    read: Callable[Concatenate[bytes, _More], _Outcome],
) -> Callable[Concatenate[bytes, _More], _Outcome]:
    """The same function; for a content that it has read before it gives the outcome of then.

    The outcome must be immutable, and follow from the arguments, of which the others hash. What
    is raised is not remembered. The content itself is not kept, only its digest.
    """
    kept: OrderedDict[tuple[object, ...], _Outcome] = OrderedDict()
    lock = Lock()

    def remembered(content: bytes, /, *args: _More.args, **more: _More.kwargs) -> _Outcome:
        key = (hashlib.sha256(content).digest(), args, *sorted(more.items()))
        with lock:
            if key in kept:
                kept.move_to_end(key)
                return kept[key]
        outcome = read(content, *args, **more)
        with lock:
            kept[key] = outcome
            while len(kept) > KEPT:
                kept.popitem(last=False)
        return outcome

    update_wrapper(remembered, read)
    return remembered
