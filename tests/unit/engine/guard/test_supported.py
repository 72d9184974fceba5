"""What runs is let through without a word."""

from pathlib import Path

import pytest

from service.domain.findings import errors_of
from service.engine.guard import Known, check_bpmn, errors_caught_by_calls
from tests.unit.engine.guard import snippets as s
from tests.unit.engine.guard.clean import CLEAN

BENCH = Path("bench/meldroute_bench.bpmn")


@pytest.mark.parametrize("construct", sorted(CLEAN))
def test_the_guard_lets_through(construct: str) -> None:
    assert check_bpmn(CLEAN[construct], file="proces.bpmn") == []


@pytest.mark.skipif(not BENCH.exists(), reason="bench/meldroute_bench.bpmn is not there")
def test_the_benchmark_process_has_no_errors() -> None:
    assert errors_of(check_bpmn(BENCH.read_bytes(), file=BENCH.name)) == []


def test_references_that_exist_are_no_finding() -> None:
    known = Known(
        processes=frozenset({"ander"}),
        decisions=frozenset({"urgentie"}),
        forms=frozenset({"stap", "s_taak"}),
        roles=frozenset({"af-zorg"}),
        job_types=frozenset({"registreren"}),
    )
    for construct in ("user task", "service task", "business rule task", "call activity"):
        assert check_bpmn(CLEAN[construct], file="proces.bpmn", known=known) == []


def test_an_error_may_be_caught_by_a_call_in_another_file() -> None:
    thrower = s.diagram(
        f'{s.START}<endEvent id="einde">{s.ON_ERROR}</endEvent>' + s.chain("begin", "einde"),
        shared=s.ERROR,
    )
    caller = s.diagram(s.around(s.call()) + s.boundary(s.ON_ERROR), shared=s.ERROR)
    catches_all = s.diagram(s.around(s.call()) + s.boundary("<errorEventDefinition/>"))

    assert [found.code for found in check_bpmn(thrower, file="p")] == ["error-not-caught"]
    for file in (caller, catches_all):
        caught = errors_caught_by_calls(file, file="p")
        assert check_bpmn(thrower, file="p", known=Known(caught_errors=caught)) == []


def test_an_unreadable_file_catches_nothing() -> None:
    assert errors_caught_by_calls(b"geen xml", file="p") == frozenset()
