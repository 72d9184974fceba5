"""Values that can only be of the wrong kind, and moments that are over."""

from datetime import UTC, datetime

import pytest

from service.engine.guard import Known, check_bpmn
from tests.unit.engine.guard import snippets as s
from tests.unit.engine.guard.dataflow.cases import due, repeated, waits_until

KINDS = {"condition-not-boolean", "collection-not-list", "time-not-time"}
NOW = Known(now=datetime(2026, 6, 1, tzinfo=UTC))


def codes(content: bytes, known: Known | None = None) -> set[str]:
    """The codes of the findings."""
    return {finding.code for finding in check_bpmn(content, file="p", known=known)}


@pytest.mark.parametrize(
    "expression", ['"ja"', "1", "1 + x", "[x]", "{a: x}", '@"2026-01-01"', "-x"]
)
def test_a_condition_of_another_kind_is_refused(expression: str) -> None:
    assert "condition-not-boolean" in codes(s.diagram(s.choice(f"={expression}")))


@pytest.mark.parametrize(
    "expression", ["true", "x", "x = 1", "x and y", "not(x)", "if x then y else z", "f.g", "null"]
)
def test_a_condition_that_may_be_true_is_let_through(expression: str) -> None:
    assert not codes(s.diagram(s.choice(f"={expression}"))) & KINDS


def test_a_repetition_is_over_a_list() -> None:
    assert "collection-not-list" in codes(repeated("{a: 1}"))
    for list_of in ("partners", "[1, 2]", "x[y]", "for a in b return c"):
        assert not codes(repeated(list_of)) & KINDS


def test_a_due_date_is_a_time() -> None:
    assert "time-not-time" in codes(due("true"))
    for time in ("na_normtijd(now(), x)", "@&quot;2026-01-01&quot;", "now() + x", "x"):
        assert not codes(due(time)) & KINDS


@pytest.mark.parametrize(
    "moment",
    [
        "2026-03-01T09:00:00+01:00",
        '=@"2026-03-01T09:00:00+01:00"',
        '="2026-03-01T09:00:00Z"',
        '=date and time("2026-03-01T09:00:00Z")',
    ],
)
def test_a_literal_moment_that_is_over_is_a_warning(moment: str) -> None:
    assert "timer-in-past" in codes(waits_until(moment), NOW)
    assert "timer-in-past" not in codes(waits_until(moment))


@pytest.mark.parametrize(
    "moment", ["2027-03-01T09:00:00+01:00", "=x", "=now()", '=date("2026-03-01")', '=@"P1D"']
)
def test_a_moment_to_come_or_to_be_computed_is_no_finding(moment: str) -> None:
    assert "timer-in-past" not in codes(waits_until(moment), NOW)
