"""Random processes of every kind of block come to their end, whatever happens on the way."""

import pytest

from tests.unit.engine.soak import run


@pytest.mark.parametrize("first", range(0, 200, 20))
def test_random_processes_keep_their_promises_with_a_restart_after_every_step(first: int) -> None:
    for seed in range(first, first + 20):
        try:
            run(seed, guarded=seed % 20 == 0)
        except Exception as error:
            raise AssertionError(f"again: python -m tests.unit.engine.soak {seed}") from error
