"""What a step reads and nothing before it fills: certain mistakes only."""

import pytest

from service.domain.findings import Finding, Severity
from service.engine.guard import Known, check_bpmn
from tests.unit.engine.guard import snippets as s
from tests.unit.engine.guard.clean import CLEAN
from tests.unit.engine.guard.dataflow.cases import NOTHING, in_a_row, script
from tests.unit.engine.guard.snippets import extra

CODES = {"variable-never-written", "variable-written-later"}
TRIAGE = Known(
    inputs={"proces": frozenset({"registratie"})},
    form_fields={"stap": frozenset({"triage.urgentie", "triage.type"})},
    job_outputs={"registreren": frozenset({"registratie"})},
    decision_inputs={"urgentie": frozenset({"signaal.wanneer", "triage.urgentie"})},
)


def about_data(content: bytes, known: Known = NOTHING) -> list[Finding]:
    """The findings about what is read and written."""
    return [f for f in check_bpmn(content, file="p", known=known) if f.code in CODES]


def after_triage(expression: str, known: Known = TRIAGE) -> list[Finding]:
    """The findings when a script follows the user task of triage."""
    return about_data(in_a_row(s.user(), script(expression), keys=("stap", "reken")), known)


def test_a_name_that_nothing_fills_is_a_warning_that_names_it() -> None:
    (finding,) = about_data(in_a_row(script("tirage.x"), keys=("reken",)))
    assert (finding.code, finding.severity) == ("variable-never-written", Severity.WARNING)
    assert finding.element_id == "reken"
    assert "‘tirage.x’" in finding.reason


def test_a_mistyped_entry_of_a_form_gets_a_suggestion() -> None:
    (finding,) = after_triage("triage.urgenti")
    assert "Bedoelt u ‘triage.urgentie’?" in finding.way_out


def test_a_mistyped_name_gets_a_suggestion() -> None:
    (finding,) = after_triage("tirage.urgentie")
    assert "Bedoelt u ‘triage.urgentie’?" in finding.way_out


@pytest.mark.parametrize(
    "expression",
    [
        "triage",
        "triage.urgentie",
        "triage.urgentie.langer",
        "registratie.wat_dan_ook",
        "gemeente.normtijden.triage",
        "string length(triage.type)",
        "for deel in triage.type return deel.naam",
        "registratie.lijst[soort = &quot;x&quot;]",
        "{soort: 1, meer: soort + 1}",
        "some x in triage.type satisfies x = 1",
        "(function(a) a + 1)(2)",
    ],
)
def test_what_may_be_there_is_no_finding(expression: str) -> None:
    assert after_triage(expression) == []


@pytest.mark.parametrize("known", [Known(), Known(inputs={}), Known(form_fields={})])
def test_nothing_is_said_when_it_is_not_known_what_a_process_begins_with(known: Known) -> None:
    assert after_triage("wat.dan.ook", known) == []


def test_nothing_is_said_behind_a_form_that_is_not_known() -> None:
    known = Known(inputs={"proces": frozenset()}, form_fields={})
    assert after_triage("wat.dan.ook", known) == []


def test_nothing_is_said_behind_a_job_of_which_the_result_is_not_known() -> None:
    content = in_a_row(s.service(), script("y"), keys=("stap", "reken"))
    assert about_data(content, Known(inputs={"proces": frozenset()})) == []
    assert len(about_data(content, TRIAGE)) == 1


def test_what_a_decision_reads_is_read_by_the_step_that_asks_it() -> None:
    decision = extra('<zeebe:calledDecision decisionId="urgentie" resultVariable="voorstel"/>')
    rule_task = f'<businessRuleTask id="beslis" name="Beslis">{decision}</businessRuleTask>'
    (finding,) = about_data(in_a_row(s.user(), rule_task, keys=("stap", "beslis")), TRIAGE)
    assert finding.element_id == "beslis"
    assert "‘signaal.wanneer’ (in ‘beslissing urgentie’)" in finding.reason


def test_a_step_that_comes_later_does_not_fill() -> None:
    (finding,) = about_data(in_a_row(script("x"), s.user(), keys=("reken", "stap")))
    assert finding.code == "variable-written-later"
    assert "‘Stap doen’" in finding.reason


def test_a_step_does_not_fill_what_it_reads_itself_unless_it_is_done_again() -> None:
    counter = script("if x = null then 1 else x + 1", "x")
    (finding,) = about_data(in_a_row(counter, keys=("reken",)))
    assert finding.code == "variable-written-later"
    again = (
        s.START
        + counter
        + '<exclusiveGateway id="keus" default="terug"/>'
        + s.END
        + s.chain("begin", "reken", "keus")
        + s.flow("keus", "einde", when="=x &gt; 2")
        + s.flow("keus", "reken", key="terug")
    )
    assert about_data(s.diagram(again)) == []


def test_in_a_loop_a_later_step_comes_before() -> None:
    body = (
        s.START
        + '<exclusiveGateway id="keus" default="verder"/>'
        + script("x")
        + s.user()
        + s.END
        + s.chain("begin", "reken", "stap", "keus")
        + s.flow("keus", "reken", when="=x = 1")
        + s.flow("keus", "einde", key="verder")
    )
    assert about_data(s.diagram(body)) == []


def test_another_branch_of_a_choice_does_not_fill_but_a_parallel_one_may() -> None:
    for tag, count in (("exclusiveGateway", 1), ("parallelGateway", 0)):
        default = 'default="anders"' if tag == "exclusiveGateway" else ""
        body = (
            s.START
            + f'<{tag} id="uit" {default}/>'
            + s.user()
            + script("x")
            + s.END
            + s.chain("begin", "uit")
            + s.flow("uit", "stap", when="=1 = 1" if default else "")
            + s.flow("uit", "reken", key="anders")
            + s.chain("stap", "einde")
            + s.chain("reken", "einde")
        )
        assert len(about_data(s.diagram(body))) == count


def test_an_input_mapping_is_seen_only_by_its_own_step() -> None:
    mapping = (
        '<zeebe:ioMapping><zeebe:input source="=x" target="vraag"/></zeebe:ioMapping>'
        '<zeebe:taskSchedule dueDate="=vraag.datum"/></extensionElements>'
    )
    asks = s.user("vragen", settings=None).replace("</extensionElements>", mapping)
    known = Known(
        inputs={"proces": frozenset()},
        form_fields={"stap": frozenset({"x"}), "vragen": frozenset({"antwoord"})},
    )
    steps = (s.user(), asks, script("vraag.datum"))
    findings = about_data(in_a_row(*steps, keys=("stap", "vragen", "reken")), known)
    assert [finding.element_id for finding in findings] == ["reken"]


def test_a_call_brings_what_its_outputs_say_or_else_anything() -> None:
    for settings, count in (
        ("", 0),
        ('propagateAllChildVariables="false"', 1),
    ):
        call = s.call().replace('processId="ander"', f'processId="ander" {settings}')
        content = in_a_row(call, script("y"), keys=("stap", "reken"))
        assert len(about_data(content)) == count


def test_a_message_may_bring_anything() -> None:
    event = f'<intermediateCatchEvent id="stap">{s.ON_MESSAGE}</intermediateCatchEvent>'
    shared = s.MESSAGE.replace("=kenmerk", "=x")
    body = s.START + s.user("eerst") + event + script("y") + s.END
    body += s.chain("begin", "eerst", "stap", "reken", "einde")
    known = Known(inputs={"proces": frozenset()}, form_fields={"eerst": frozenset({"x"})})
    assert about_data(s.diagram(body, shared=shared), known) == []


def test_the_key_of_a_message_is_read_where_it_is_waited_for() -> None:
    event = f'<intermediateCatchEvent id="stap">{s.ON_MESSAGE}</intermediateCatchEvent>'
    (finding,) = about_data(s.diagram(s.around(event), shared=s.MESSAGE))
    assert finding.element_id == "bericht"
    assert "‘kenmerk’" in finding.reason


def test_the_steps_of_a_subprocess_read_what_is_around_it() -> None:
    inside = '<startEvent id="s_begin"/>' + script("x + y") + '<endEvent id="s_einde"/>'
    inside += s.chain("s_begin", "reken", "s_einde")
    body = s.START + s.user() + s.sub(inside, key="deel") + s.END
    (finding,) = about_data(s.diagram(body + s.chain("begin", "stap", "deel", "einde")))
    assert "‘y’" in finding.reason


def test_in_a_part_that_is_done_again_a_later_step_comes_before() -> None:
    inside = '<startEvent id="s_begin"/>' + script("x") + s.user() + '<endEvent id="s_einde"/>'
    inside += s.chain("s_begin", "reken", "stap", "s_einde")
    once = s.diagram(s.around(s.sub(inside, key="deel"), "deel"))
    again = s.diagram(
        s.START
        + s.sub(inside, key="deel")
        + '<exclusiveGateway id="keus" default="terug"/>'
        + s.END
        + s.chain("begin", "deel", "keus")
        + s.flow("keus", "einde", when="=x")
        + s.flow("keus", "deel", key="terug")
    )
    assert [finding.code for finding in about_data(once)] == ["variable-written-later"]
    assert about_data(again) == []


@pytest.mark.parametrize("construct", sorted(CLEAN))
def test_no_construct_brings_the_rule_down(construct: str) -> None:
    known = Known(inputs={"proces": frozenset()}, form_fields={}, job_outputs={})
    codes = {finding.code for finding in check_bpmn(CLEAN[construct], file="p", known=known)}
    assert "guard-failed" not in codes
