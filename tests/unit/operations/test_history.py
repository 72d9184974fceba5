"""The chain of events: what its hashes cover."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from service.operations.history import event_hash

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EVENT: dict[str, Any] = {
    "seq": 4,
    "at": NOON,
    "kind": "taak_afgerond",
    "actor_name": "Bram",
    "roles": ["af-zorg"],
    "trail": [["p", "e", "entered"]],
    "detail": b"verzegeld",
}


@pytest.mark.parametrize("changed", [name for name in EVENT if name != "at"])
def test_every_part_of_an_event_counts_in_its_hash(changed: str) -> None:
    other: dict[str, Any] = {
        "seq": 5,
        "kind": "gestart",
        "actor_name": "Eva",
        "roles": [],
        "trail": [],
        "detail": None,
    }
    assert event_hash(bytes(32), {**EVENT, changed: other[changed]}) != event_hash(bytes(32), EVENT)


def test_the_moment_and_what_went_before_count_too() -> None:
    first = event_hash(bytes(32), EVENT)
    later = {**EVENT, "at": NOON + timedelta(microseconds=1)}
    assert event_hash(bytes(32), later) != first
    assert event_hash(first, EVENT) != first
