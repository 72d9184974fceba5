"""Every code of the guard is provoked by one small diagram, and speaks to a process owner."""

import re

import pytest

from service.domain.findings import Finding, Severity
from service.engine.guard import Known, check_bpmn, rules_by_place
from service.engine.guard.check import READING
from tests.unit.engine.guard import snippets as s
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


FOLLOWS = {
    "event-subprocess-boundary": {"unreachable"},
    "link-without-target": {"no-path-to-end"},
    "link-without-name": {"no-path-to-end", "unreachable"},
    "link-with-flow": {"unreachable", "no-path-to-end"},
    "subprocess-without-end": {"path-without-end"},
    "flow-crosses-border": {"no-path-to-end", "unreachable"},
    "flow-into-start": {"unreachable"},
    "twin-flows": {"unreachable"},
    "end-with-outgoing": {"path-without-end"},
    "event-gateway-shared-target": {"unreachable"},
    "too-much-feel": {"path-without-end", "unreachable"},
}


@pytest.mark.parametrize("code", sorted(CASES))
def test_one_mistake_gives_no_other_error(code: str) -> None:
    errors = {finding.code for finding in found(code) if finding.severity is Severity.ERROR}
    assert errors - {code} <= FOLLOWS.get(code, set())


def test_the_position_in_the_expression_is_in_the_reason() -> None:
    (finding,) = found("feel-syntax")
    assert finding.element_id == "eerst"
    assert "teken 3" in finding.reason


def test_a_finding_about_a_part_points_at_the_element_on_the_canvas() -> None:
    for code, key in {
        "timer-literal": "stap",
        "variable-name": "stap",
        "feel-syntax": "eerst",
        "lane-unknown-node": "af-zorg",
        "coordinates": "begin",
    }.items():
        assert {finding.element_id for finding in found(code) if finding.code == code} == {key}


def test_a_finding_knows_its_line() -> None:
    content = s.diagram(f"\n{s.START}\n<usertask/>\n{s.END}" + s.chain("begin", "einde"))
    (finding,) = check_bpmn(content, file="proces.bpmn")
    assert (finding.code, finding.line) == ("unknown-element", 3)


HIDDEN = f'<b:process xmlns:b="{s.BPMN}" id="stil" isExecutable="true"/>'
HIDING_PLACES = {
    "in the drawing": "<bpmndi:BPMNDiagram>{}</bpmndi:BPMNDiagram>",
    "in a note": "<extensionElements><modeler:noot>{}</modeler:noot></extensionElements>",
    "in a drawn pool": '<process id="getekend" isExecutable="false">{}</process>',
}


@pytest.mark.parametrize("place", sorted(HIDING_PLACES))
def test_a_process_cannot_hide_where_nobody_looks(place: str) -> None:
    content = s.diagram(s.around(s.user()), shared=HIDING_PLACES[place].format(HIDDEN))
    assert "misplaced-element" in {found.code for found in check_bpmn(content, file="p")}


def test_a_name_as_long_as_a_book_is_cut_off() -> None:
    content = s.diagram(s.around(s.user(settings="").replace("Stap doen", "lang " * 20_000)))
    assert all(len(found.reason) < 500 for found in check_bpmn(content, file="p"))
