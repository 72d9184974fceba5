"""Bounds on computing that hold on a slow or busy machine too."""

import time

_ROUNDS, _USUAL = 1_000_000, 0.03
"""Turns of a plain loop, and how many seconds they take where the bounds were set."""


def here(seconds: float) -> float:
    """As much computing on this machine, now, as ``seconds`` on a usual one; never less."""
    total, began = 0, time.process_time()
    for number in range(_ROUNDS):
        total += number
    return seconds * max(1.0, (time.process_time() - began) / _USUAL)
