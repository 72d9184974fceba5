"""The small rules by which a step of a case is written."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.operations.settle import event_hash, three_quarters, urgency_of, waiting_key

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


@given(minutes=st.integers(min_value=0, max_value=100_000))
def test_a_reminder_comes_at_three_quarters_of_the_time(minutes: int) -> None:
    end = NOON + timedelta(minutes=minutes)
    assert three_quarters(NOON, end) - NOON == (end - NOON) * 3 / 4


def test_a_norm_time_that_is_over_is_reminded_of_at_once() -> None:
    assert three_quarters(NOON, NOON - timedelta(days=1)) == NOON


@pytest.mark.parametrize(
    ("variables", "urgency"),
    [
        ({}, None),
        ({"voorstel_urgentie": "hoog"}, "hoog"),
        ({"voorstel_urgentie": "hoog", "triage": {"urgentie": "laag"}}, "laag"),
        ({"voorstel_urgentie": "hoog", "triage": {}}, "hoog"),
        ({"triage": "kapot"}, None),
        ({"triage": {"urgentie": 3}}, None),
    ],
)
def test_what_triage_decides_goes_before_what_the_table_proposes(
    variables: dict[str, Any], urgency: str | None
) -> None:
    assert urgency_of(variables) == urgency


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


def test_a_message_without_key_waits_under_its_name_alone() -> None:
    assert waiting_key("post", None) == "post|"
    assert waiting_key("post", "S1") == "post|S1"
