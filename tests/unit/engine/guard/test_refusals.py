"""Every code of the guard is provoked by one small diagram, and speaks to a process owner."""

import re

import pytest

from service.domain.findings import Finding, Severity
from service.engine.guard import Known, check_bpmn, rules_by_place
from service.engine.guard.check import READING
from tests.unit.engine.guard.cases import CASES

RULES = [rule for _, rules in rules_by_place() for rule in rules]
CODES = {code for rule in RULES for code in rule.codes} | set(READING)
NEVER_GIVEN = {"guard-failed"}


def found(code: str) -> list[Finding]:
    """What the guard says about the case for this code."""
    case = CASES[code]
    content, known = case if isinstance(case, tuple) else (case, Known())
    return check_bpmn(content, file="proces.bpmn", known=known)


def test_every_code_has_a_case_and_every_case_a_code() -> None:
    assert set(CASES) == CODES - NEVER_GIVEN


@pytest.mark.parametrize("code", sorted(CASES))
def test_the_guard_finds(code: str) -> None:
    findings = found(code)
    assert code in {finding.code for finding in findings}
    assert "guard-failed" not in {finding.code for finding in findings}


@pytest.mark.parametrize("code", sorted(CASES))
def test_a_finding_names_the_thing_and_the_way_out(code: str) -> None:
    for finding in found(code):
        assert finding.file == "proces.bpmn"
        assert finding.way_out.endswith((".", ").", ",")), finding
        assert finding.reason[0].isupper() or finding.reason.startswith("("), finding
        assert re.search(r"[.:] ?\S", finding.reason + " x"), finding
        assert len(finding.reason) < 1200


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_code_is_kebab_case_english(code: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)


def test_one_code_has_one_severity_and_one_meaning() -> None:
    severities: dict[str, set[Severity]] = {}
    meanings: dict[str, set[str]] = {}
    for rule in RULES:
        for code, meaning in rule.codes.items():
            severities.setdefault(code, set()).add(rule.severity)
            meanings.setdefault(code, set()).add(meaning)
    assert {code for code, found in severities.items() if len(found) > 1} == set()
    assert {code for code, found in meanings.items() if len(found) > 1} <= {"default-elsewhere"}
