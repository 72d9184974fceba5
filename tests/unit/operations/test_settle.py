"""The small rules by which a step of a case is written."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.operations.settle import three_quarters, urgency_of
from service.storage.instance import waiting_key

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


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


def test_a_message_without_key_waits_under_its_name_alone() -> None:
    assert waiting_key("post", None) == "post|"
    assert waiting_key("post", "S1") == "post|S1"
