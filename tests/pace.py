"""Bounds on computing that hold on a slow or busy machine too."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager

_ROUNDS, _USUAL = 1_000_000, 0.03
"""Turns of a plain loop, and how many seconds they take where the bounds were set."""


def here(seconds: float) -> float:
    """As much computing on this machine, now, as ``seconds`` on a usual one; never less."""
    total, began = 0, time.process_time()
    for number in range(_ROUNDS):
        total += number
    return seconds * max(1.0, (time.process_time() - began) / _USUAL)


@contextmanager
def costs_at_most(seconds: float) -> Iterator[None]:
    """Fails when what happens takes more computing; clearing up after other tests is not of it."""
    bound = here(seconds)
    gc.disable()
    began = time.process_time()
    try:
        yield
        spent = time.process_time() - began
    finally:
        gc.enable()
    assert spent < bound, f"{spent:.2f} s, where {bound:.2f} is the most"
