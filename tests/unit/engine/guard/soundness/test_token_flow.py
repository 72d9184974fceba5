"""Joins that wait for ever and steps that go on twice, told so that a process owner sees them."""

from pathlib import Path

import pytest

from service.domain.findings import Finding, Severity
from service.engine.guard import check_bpmn
from tests.pace import costs_at_most
from tests.unit.engine import diagrams as d
from tests.unit.engine.guard import snippets as s
from tests.unit.engine.guard.soundness.cases import CASES, crowd, met

KINDS = ("parallel", "exclusive", "inclusive")
TOKENS = set(CASES)
BUNDLE = sorted(Path("processes").glob("*/*.bpmn"))


def about_tokens(content: bytes) -> list[Finding]:
    """The findings about tokens."""
    return [finding for finding in check_bpmn(content, file="p") if finding.code in TOKENS]


@pytest.mark.parametrize("kind", KINDS)
def test_ways_that_come_together_as_they_parted_are_sound(kind: str) -> None:
    assert about_tokens(met(kind, kind)) == []


@pytest.mark.parametrize("split", KINDS)
def test_an_inclusive_join_waits_for_whatever_comes(split: str) -> None:
    assert about_tokens(met(split, "inclusive")) == []


def test_a_parallel_join_behind_a_choice_names_the_elements_and_the_way() -> None:
    (finding,) = about_tokens(met("exclusive", "parallel").replace(b"Stap doen", b"Werk", 1))
    assert (finding.code, finding.severity) == ("deadlock", Severity.ERROR)
    assert finding.element_id == "samen"
    assert "komt de zaak van ‘Werk’, dan komt er niets van ‘Stap doen’" in finding.reason
    assert "‘Begin’ → ‘Uit elkaar’ → ‘Werk’" in finding.reason
    assert "bij ‘Uit elkaar’ gaat de zaak langs ‘links’" in finding.reason
    assert "nooit bereikt: ‘Einde’" in finding.reason


def test_a_join_that_conditions_may_save_is_a_warning() -> None:
    (finding,) = about_tokens(met("inclusive", "parallel"))
    assert (finding.code, finding.severity) == ("possible-deadlock", Severity.WARNING)


def test_a_step_behind_two_parallel_ways_is_said_to_happen_twice() -> None:
    (finding,) = about_tokens(met("parallel", "exclusive"))
    assert finding.element_id == "samen"
    assert "na ‘Uit elkaar’ naast elkaar" in finding.reason
    assert "twee keer" in finding.reason


def test_an_end_that_two_ways_reach_is_the_standard_way_to_end() -> None:
    content = s.diagram(
        s.START
        + '<parallelGateway id="uit"/>'
        + s.user("links")
        + s.user("rechts")
        + s.END
        + s.chain("begin", "uit", "links", "einde")
        + s.chain("uit", "rechts", "einde")
    )
    assert about_tokens(content) == []


def test_a_join_that_waits_for_another_waiting_join_is_not_named_too() -> None:
    behind = (
        '<parallelGateway id="eerder"/><parallelGateway id="later"/>'
        + s.chain("samen", "later", "einde")
        + s.chain("eerder", "later")
    )
    content = met("exclusive", "parallel", behind=behind)
    content = content.replace(
        b'sourceRef="begin" targetRef="uit"', b'sourceRef="begin" targetRef="eerder"'
    )
    content = content.replace(b"</process>", s.chain("eerder", "uit").encode() + b"</process>")
    assert [finding.element_id for finding in about_tokens(content)] == ["samen"]


def test_a_timer_that_leads_around_a_join_leaves_the_case_waiting() -> None:
    content = met("parallel", "parallel").replace(
        b"</process>", s.boundary(s.TIMER, host="links").encode() + b"</process>"
    )
    (finding,) = about_tokens(content)
    assert finding.code == "possible-deadlock"
    assert "‘Rand’ gaat af" in finding.reason


def test_a_reminder_beside_a_step_is_no_second_way() -> None:
    body = s.around(s.user()) + s.boundary(s.REMINDER, more='cancelActivity="false"')
    assert about_tokens(s.diagram(body)) == []


def test_a_reminder_that_flows_into_the_main_way_doubles_it() -> None:
    reminder = s.boundary(s.TIMER, more='cancelActivity="false"')
    body = s.START + s.user() + s.user("na") + s.END + s.chain("begin", "stap", "na", "einde")
    body += reminder.replace('<endEvent id="rand_einde"/>', "").replace("rand_einde", "na")
    assert [f.element_id for f in about_tokens(s.diagram(body))] == ["na"]


def test_a_branch_that_a_loop_starts_anew_and_that_ends_by_itself_is_sound() -> None:
    body = (
        s.START
        + '<parallelGateway id="uit"/><exclusiveGateway id="klaar" default="nee"/>'
        + s.user("werk")
        + s.user("ernaast")
        + s.END
        + s.chain("begin", "werk", "uit", "klaar", "einde").replace(
            'sourceRef="klaar" targetRef="einde">',
            'sourceRef="klaar" targetRef="einde"><conditionExpression>=x</conditionExpression>',
        )
        + s.chain("uit", "ernaast", "einde")
        + s.flow("klaar", "werk", key="nee")
    )
    assert about_tokens(s.diagram(body)) == []


def test_a_subprocess_that_a_timer_ends_may_wait_or_go_round() -> None:
    inside = (
        '<startEvent id="s_begin"/><exclusiveGateway id="keus" default="b"/>'
        '<parallelGateway id="s_in"/>'
        + s.user("s_a")
        + s.user("s_b")
        + '<endEvent id="s_einde"/>'
        + s.chain("s_begin", "keus")
        + s.flow("keus", "s_a", when="=x")
        + s.flow("keus", "s_b", key="b")
        + s.chain("s_a", "s_in", "s_einde")
        + s.chain("s_b", "s_in")
    )
    alone = s.diagram(s.around(s.sub(inside)))
    timed = s.diagram(s.around(s.sub(inside)) + s.boundary(s.TIMER))
    assert [finding.code for finding in about_tokens(alone)] == ["deadlock"]
    assert [finding.code for finding in about_tokens(timed)] == ["possible-deadlock"]


def test_too_many_parallel_ways_are_said_not_to_be_checked() -> None:
    (finding,) = about_tokens(crowd(14))
    assert finding.code == "soundness-not-checked"


@pytest.mark.parametrize("file", BUNDLE, ids=lambda file: file.stem)
def test_the_processes_of_the_house_are_sound_and_quickly_judged(file: Path) -> None:
    content = file.read_bytes()
    with costs_at_most(1):
        assert about_tokens(content) == []


def test_a_parallel_join_that_waits_for_ever_before_an_inclusive_one_is_told() -> None:
    content = d.bpmn(
        d.START
        + d.gateway("parallel", "splits")
        + d.gateway("exclusive", "kies", "rechts")
        + d.user("een")
        + d.user("twee")
        + d.user("drie")
        + d.gateway("parallel", "beide")
        + d.gateway("inclusive", "samen")
        + d.END
        + d.chain("begin", "splits", "kies", "een", "beide", "samen", "einde")
        + d.flow("kies", "twee", key="rechts")
        + d.chain("twee", "beide")
        + d.chain("splits", "drie", "samen")
    ).replace(
        b'sourceRef="kies" targetRef="een">',
        b'sourceRef="kies" targetRef="een"><conditionExpression>=x</conditionExpression>',
    )
    found = [(f.code, f.element_id) for f in about_tokens(content)]
    assert found == [("deadlock", "beide")]
    case = d.Case(content, variables={"x": True}, guarded=False)
    case.complete("een")
    case.complete("drie")
    assert (case.open, case.ended) == ([], None)
