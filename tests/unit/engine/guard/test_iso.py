"""Literal times of timers: the strict forms of ISO 8601, nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.engine.guard.iso import has_offset, is_cycle, is_duration, is_moment


@pytest.mark.parametrize("text", ["PT1H", "P1D", "P2W", "P1Y6M", "P1DT12H30M", "PT0.5S", "P0D"])
def test_a_duration(text: str) -> None:
    assert is_duration(text)


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1DT", "-PT1H", "P1WT1H", "1H", "P1H", "PT1D", "P1.5D", "pt1h", "P٣D"]
)
def test_no_duration(text: str) -> None:
    assert not is_duration(text)


@pytest.mark.parametrize("text", ["2026-03-01T09:00:00+01:00", "2026-03-01T09:00Z"])
def test_a_moment_on_a_known_clock(text: str) -> None:
    assert is_moment(text)
    assert has_offset(text)


def test_a_moment_without_offset_is_a_moment_on_an_unknown_clock() -> None:
    assert is_moment("2026-03-01T09:00:00")
    assert not has_offset("2026-03-01T09:00:00")


@pytest.mark.parametrize(
    "text", ["", "2026-03-01", "2026-02-30T09:00:00Z", "20260301T090000Z", "2026-03-01 09:00:00Z"]
)
def test_no_moment(text: str) -> None:
    assert not is_moment(text)


@pytest.mark.parametrize("text", ["R/PT1H", "R3/P1D", "R3/2026-03-01T09:00:00Z/P1M"])
def test_a_repetition(text: str) -> None:
    assert is_cycle(text)


@pytest.mark.parametrize(
    "text",
    ["", "P1D", "R0/P1D", "R-1/PT1H", "R/PT0S", "R3/2026-03-01T09:00:00/P1D", "0 0 9 * * MON-FRI"],
)
def test_no_repetition(text: str) -> None:
    assert not is_cycle(text)


@given(st.text(alphabet="PRTWYMDHS0123456789./-:+Z", max_size=30))
def test_any_text_gets_an_answer(text: str) -> None:
    assert is_duration(text) in (True, False)
    assert is_moment(text) in (True, False)
    assert is_cycle(text) in (True, False)
