"""kill -9 of web, worker and database during a run of 50 cases: nothing lost, nothing twice."""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from random import Random
from uuid import UUID

import pytest

from tests.faults.node import until
from tests.faults.people import ANSWERS, Book, Person
from tests.faults.proof import calm, left_over, prove, prove_mail
from tests.faults.site import Site, site

CASES = 50
KILLS = 3  # of each part
SEEDS = [int(seed) for seed in os.environ.get("FAULT_SEEDS", "1").split(",")]
"""``FAULT_SEEDS=2,3,4 pytest tests/faults/test_kill.py`` lives through other mishaps."""
_STAFF = ("af-zorg", "af-zorg", "af-veiligheid")
_PATIENCE = 600.0  # seconds for all people to be done, while things are being killed
_PROGRESS = 12  # acknowledgements between two kills
_LONGEST_LIFE = 3.0  # seconds, when there is little progress
_JOBS_AT_ONCE = 4


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_that_was_acknowledged_is_lost_or_done_twice(seed: int) -> None:
    with site() as place:
        place.start()
        book = Book(deadline=time.monotonic() + _PATIENCE)
        _live_through_it(place, book, Random(seed))  # noqa: S311 - to be repeated, not secret
        place.start()
        until(
            lambda: calm(place.application),
            lambda: f"the work is drained: {left_over(place.application)}",
        )

        assert len(book.reported) == CASES
        assert len(book.completed) == CASES * len(ANSWERS)
        assert book.strange == []
        prove(place.application, book)
        twice = prove_mail(place.application, place.mail)
        assert twice <= _JOBS_AT_ONCE * 2 * KILLS


def _live_through_it(place: Site, book: Book, rng: Random) -> None:
    """All people at work while parts are killed."""
    moods = [Random(rng.random()) for _ in range(6)]  # noqa: S311
    submissions = [UUID(int=rng.getrandbits(128), version=4) for _ in range(CASES)]
    over = threading.Event()
    with ThreadPoolExecutor(6) as crowd:
        work = [
            crowd.submit(_report, place, book, submissions[0::2], place.token("melder"), moods[0]),
            crowd.submit(_report, place, book, submissions[1::2], None, moods[1]),
        ]
        for role, mood in zip(_STAFF, moods[2:], strict=False):
            work.append(crowd.submit(_handle, place, book, place.token(role), mood))
        killer = crowd.submit(_kill, place, book, over, moods[5])
        try:
            for part in as_completed([*work, killer]):
                part.result()
        finally:  # the first failure ends it for all
            book.deadline = 0
            over.set()


def _report(
    place: Site, book: Book, submissions: list[UUID], token: str | None, rng: Random
) -> None:
    with Person(place.url, token, book) as person:
        for submission in submissions:
            for _ in range(rng.choice((1, 1, 2))):  # some press the button twice
                person.report(submission)
            time.sleep(rng.uniform(0, 0.5))


def _handle(place: Site, book: Book, token: str, rng: Random) -> None:
    with Person(place.url, token, book) as person:
        while len(book.completed) < CASES * len(ANSWERS):
            if not person.work(rng):
                time.sleep(0.3)
            assert time.monotonic() < book.deadline, _stuck(place, book)


def _kill(place: Site, book: Book, over: threading.Event, rng: Random) -> None:
    """Now one part and now two at once, in the midst of work; each comes back soon."""
    doomed = ["web", "worker", "database"] * KILLS
    rng.shuffle(doomed)
    while doomed and not over.is_set():
        seen, begun = book.acknowledged, time.monotonic()
        wanted = rng.randrange(1, 2 * _PROGRESS)
        while book.acknowledged < seen + wanted and time.monotonic() < begun + _LONGEST_LIFE:
            over.wait(0.002)
        for _ in range(rng.choice((1, 1, 2))):
            if doomed:
                place.kill(doomed.pop())
        over.wait(rng.uniform(0, 0.5))
        place.start()


def _stuck(place: Site, book: Book) -> str:
    return (
        f"after {len(book.reported)} reports and {len(book.completed)} completions the cases do "
        f"not go on: {left_over(place.application)}"
    )
