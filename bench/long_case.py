"""Whether a case with a long history is as fast as a new one."""

import time

from bench.completion import completed, open_task, started
from bench.figures import Figure, median
from bench.place import LOOP, Place

EVENTS = 500
GOAL = 1.1


def measure(at: Place, *, events: int = EVENTS, repeat: int) -> list[Figure]:
    """Completes a task in an old case and in a new one, in turn."""
    old_case = started(at, LOOP).id
    for _ in range(events - 1):
        task = open_task(at, old_case)
        assert task is not None
        completed(at, *task)
    old, new = [], []
    for _ in range(repeat):
        new_case = started(at, LOOP).id
        for times, case in ((old, old_case), (new, new_case)):
            task = open_task(at, case)
            assert task is not None
            begin = time.perf_counter()
            completed(at, *task)
            times.append((time.perf_counter() - begin) * 1000)
    return [
        Figure(
            name=f"afronden na {events} gebeurtenissen / in nieuwe zaak",
            value=median(old) / median(new),
            goal=GOAL,
            how=f"{median(old):.2f} ms tegen {median(new):.2f} ms",
        )
    ]
