"""What a person, a handler, a script or a decision does."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from service import engine
from service.domain.errors import Conflict, Incident, InvalidInput, NotFound
from tests.unit.engine.diagrams import (
    END,
    NOW,
    START,
    Case,
    bpmn,
    chain,
    ext,
    gateway,
    io,
    job,
    script,
    user,
)

DMN = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d"
 namespace="http://voorbeeld.nl/d"><decision id="urgentie" name="Urgentie">
 <variable name="Urgentie"/><decisionTable hitPolicy="FIRST">
 <input><inputExpression><text>leeftijd</text></inputExpression></input><output name="u"/>
 <rule><inputEntry><text>&lt; 18</text></inputEntry><outputEntry><text>"hoog"</text></outputEntry>
 </rule><rule><inputEntry><text>-</text></inputEntry><outputEntry><text>"laag"</text></outputEntry>
 </rule></decisionTable></decision></definitions>"""


def one(task: str, key: str = "a", extra: str = "", lanes: str = "") -> bytes:
    return bpmn(lanes + START + task + END + chain("begin", key, "einde"), extra)


def lane(key: str, *nodes: str, inner: str = "") -> str:
    inside = "".join(f"<flowNodeRef>{node}</flowNodeRef>" for node in nodes)
    return f'<lane id="{key}" name="Baan {key}">{inside}{inner}</lane>'


def assigned(groups: str) -> str:
    return user("a", f'<zeebe:assignmentDefinition candidateGroups="{groups}"/>')


def test_a_task_belongs_to_its_innermost_lane_by_id() -> None:
    inner = f'<childLaneSet id="cl">{lane("af-zorg", "a")}</childLaneSet>'
    lanes = f'<laneSet id="l">{lane("gemeente", "begin", "a", "einde", inner=inner)}</laneSet>'
    assert Case(one(user("a"), lanes=lanes)).task("a").roles == ("af-zorg",)


@pytest.mark.parametrize(
    ("groups", "roles"),
    [
        ("af-zorg, oov", ("af-zorg", "oov")),
        ("=routering.groepen", ("af-zorg", "oov")),
        ("=routering.leidend", ("oov",)),
        ('=["oov", null, "oov"]', ("oov",)),
    ],
)
def test_candidate_groups_are_a_list_or_a_feel_list(groups: str, roles: tuple[str, ...]) -> None:
    variables = {"routering": {"groepen": ["af-zorg", "oov"], "leidend": "oov"}}
    case = Case(one(assigned(groups.replace('"', "&quot;"))), variables=variables)
    assert case.task("a").roles == roles


@pytest.mark.parametrize("groups", ["=[]", "=[overdracht.ontvanger]", "=1"])
def test_a_task_for_nobody_stops_the_case(groups: str) -> None:
    with pytest.raises(Incident) as caught:
        Case(one(assigned(groups)))
    assert caught.value.element_id == "a"


def test_a_task_without_lane_or_groups_is_for_no_role() -> None:
    assert Case(one(user("a"))).task("a").roles == ()


def test_a_role_without_inbox_gives_way_to_the_one_that_has_it() -> None:
    bundle = engine.compile_bundle({"p.bpmn": one(assigned("af-zorg,af-veiligheid,oov"))}, {})
    around = engine.Surroundings(now=NOW, inboxes={"af-veiligheid": "af-zorg"})
    [task] = engine.start(bundle, "proces", variables={}, around=around).opened
    assert task.roles == ("af-zorg", "oov")


def test_a_due_date_is_computed_when_the_task_opens() -> None:
    task = user(
        "a",
        '<zeebe:formDefinition formId="formulier"/>'
        '<zeebe:taskSchedule dueDate="=na_normtijd(now(), gemeente.normtijden.triage)"/>',
    )
    case = Case(one(task), gemeente={"normtijden": {"triage": "2wd"}})
    opened = case.task("a")
    assert opened.due == (NOW + timedelta(days=2)).astimezone(UTC)
    assert opened.form_id == "formulier"
    assert opened.name == "Taak a"
    assert opened.process_id == "proces"


def test_a_due_day_ends_when_the_office_closes() -> None:
    task = user("a", '<zeebe:taskSchedule dueDate="=date(&quot;2026-03-05&quot;)"/>')
    assert Case(one(task)).task("a").due == datetime(2026, 3, 5, 16, tzinfo=UTC)


def test_a_due_date_without_time_zone_stops_the_case() -> None:
    task = user("a", '<zeebe:taskSchedule dueDate="=wanneer"/>')
    with pytest.raises(Incident, match="tijdzone"):
        Case(one(task), variables={"wanneer": "2026-03-05T10:00:00"})


def test_answers_merge_deeply_and_share_nothing_with_the_caller() -> None:
    answers = {"urgentie": "hoog", "vragen": [1]}
    case = Case(
        bpmn(START + user("a") + user("b") + END + chain("begin", "a", "b", "einde")),
        variables={"triage": {"type": "slachtoffer", "urgentie": "laag"}},
    )
    case.complete("a", triage=answers)
    answers["vragen"] = ["veranderd"]
    assert case.variables["triage"] == {"type": "slachtoffer", "urgentie": "hoog", "vragen": [1]}


@pytest.mark.parametrize("answers", [{"gemeente": {}}, {"x": object()}, {"x": float("nan")}])
def test_answers_that_cannot_be_kept_are_refused(answers: dict[str, object]) -> None:
    case = Case(one(user("a")))
    with pytest.raises(InvalidInput):
        case.complete("a", **answers)


def test_a_completed_task_cannot_be_completed_again() -> None:
    case = Case(bpmn(START + user("a") + user("b") + END + chain("begin", "a", "b", "einde")))
    task = case.task("a")
    case.complete("a")
    case.tasks[task.task_id] = task
    with pytest.raises(NotFound):
        case.complete("a")
    del case.tasks[task.task_id]
    last = case.task("b")
    case.complete("b")
    case.tasks[last.task_id] = last
    with pytest.raises(Conflict):
        case.complete("b")


def test_a_job_is_not_a_task_and_an_unknown_id_is_nothing() -> None:
    case = Case(one(job("a")))
    for task_id in (case.job("a").job_id, uuid4()):
        with pytest.raises(NotFound):
            engine.complete_task(
                case.bundle, case.last.state, task_id=task_id, answers={}, around=case.around
            )


def test_a_case_waits_for_a_job_and_goes_on_with_its_result() -> None:
    case = Case(
        bpmn(START + job("werk") + user("na") + END + chain("begin", "werk", "na", "einde")),
        variables={"signaal": {"naam": "x"}},
    )
    request = case.job("werk")
    assert (request.type, request.retries) == ("registreren", 3)
    assert request.variables == {"signaal": {"naam": "x"}}
    assert case.open == []
    case.finish("werk", registratie={"kenmerk": "Z-1"})
    assert case.open == ["na"]
    assert case.last.cancelled_jobs == ()
    assert case.variables["registratie"] == {"kenmerk": "Z-1"}
    assert case.told("completed") == ["begin", "werk"]


def test_a_script_sets_its_result_variable() -> None:
    case = Case(one(script("a", "1.10 + leeftijd", "x")), variables={"leeftijd": 3})
    assert str(case.variables["x"]) == "4.10"
    assert case.ended == "einde"


def test_a_script_may_set_part_of_a_context() -> None:
    diagram = bpmn(
        START + script("a", "2", "x.y.z") + user("b") + END + chain("begin", "a", "b", "einde")
    )
    case = Case(diagram, variables={"x": {"y": {"q": 1}}}, guarded=False)
    assert case.variables["x"] == {"y": {"q": 1, "z": 2}}


@pytest.mark.parametrize("expression", ["bestaat_niet.x + 1", "function(x) x", "[1..3]"])
def test_a_script_that_yields_nothing_to_keep_stops_the_case(expression: str) -> None:
    with pytest.raises(Incident) as caught:
        Case(one(script("a", expression, "x")))
    assert caught.value.element_id == "a"


def test_a_script_cannot_change_the_settings_of_the_municipality() -> None:
    with pytest.raises(Incident):
        Case(one(script("a", "1", "gemeente")), guarded=False)


def test_settings_go_before_variables_of_the_same_name() -> None:
    case = Case(one(script("a", "gemeente.naam", "x")), gemeente={"naam": "Midden-Delfland"})
    assert case.variables == {"x": "Midden-Delfland"}


def test_a_decision_sets_its_result_variable() -> None:
    settings = '<zeebe:calledDecision decisionId="urgentie" resultVariable="voorstel"/>'
    task = f'<businessRuleTask id="a" name="Beslis">{ext(settings)}</businessRuleTask>'
    case = Case(one(task), variables={"leeftijd": 17}, decisions={"u.dmn": DMN})
    assert case.variables["voorstel"] == "hoog"


MODELS = Path(__file__).parents[1] / "dmn" / "models"
IMPORTING = {path.name: path.read_bytes() for path in sorted(MODELS.glob("*.dmn"), reverse=True)}


@pytest.mark.parametrize(("decision", "outcome"), [("termijn", 2), ("weegt", "normaal")])
def test_a_decision_uses_what_another_file_of_the_publication_gives(
    decision: str, outcome: Any
) -> None:
    settings = f'<zeebe:calledDecision decisionId="{decision}" resultVariable="uit"/>'
    task = f'<businessRuleTask id="a" name="Beslis">{ext(settings)}</businessRuleTask>'
    case = Case(one(task), variables={"leeftijd": 17}, decisions=IMPORTING)
    assert case.variables["uit"] == outcome


def test_an_imported_decision_can_be_asked_by_itself() -> None:
    settings = '<zeebe:calledDecision decisionId="spoed" resultVariable="uit"/>'
    task = f'<businessRuleTask id="a" name="Beslis">{ext(settings)}</businessRuleTask>'
    case = Case(one(task), variables={"leeftijd": 17}, decisions=IMPORTING)
    assert case.variables["uit"] == "hoog"


def test_with_output_mappings_only_what_they_name_goes_out() -> None:
    settings = io({"vraag": "=basis.vraag"}, {"antwoorden.eerste": "=antwoord.tekst"})
    case = Case(
        bpmn(START + user("a", settings) + user("b") + END + chain("begin", "a", "b", "einde")),
        variables={"basis": {"vraag": "waar?"}},
    )
    task = case.task("a")
    shown = engine.variables_for(case.bundle, case.last.state, task.task_id)
    assert shown == {"basis": {"vraag": "waar?"}, "vraag": "waar?"}
    case.complete("a", antwoord={"tekst": "hier", "rest": 1})
    assert case.variables == {"basis": {"vraag": "waar?"}, "antwoorden": {"eerste": "hier"}}


def test_manual_and_plain_tasks_are_told_and_passed() -> None:
    body = '<manualTask id="a" name="Bel"/><task id="b" name="Denk"/>'
    case = Case(bpmn(START + body + END + chain("begin", "a", "b", "einde")))
    assert case.told("completed") == ["begin", "a", "b", "einde"]


def test_the_trail_tells_in_order_what_happened() -> None:
    case = Case(
        bpmn(
            START
            + gateway("parallel", "splits")
            + user("a")
            + user("b")
            + END
            + chain("begin", "splits", "a", "einde")
            + chain("splits", "b", "einde")
        )
    )
    told = [(entry.element_type, entry.what) for entry in case.trail]
    assert told == [
        ("startEvent", "completed"),
        ("sequenceFlow", "taken"),
        ("parallelGateway", "completed"),
        ("sequenceFlow", "taken"),
        ("sequenceFlow", "taken"),
        ("userTask", "entered"),
        ("userTask", "entered"),
    ]
    assert {entry.process_id for entry in case.trail} == {"proces"}
    assert {entry.scope for entry in case.trail} == {""}


def test_task_ids_stay_the_same_over_the_life_of_a_task() -> None:
    case = Case(
        bpmn(
            START
            + gateway("parallel", "splits")
            + user("a")
            + user("b")
            + END
            + chain("begin", "splits", "a", "einde")
            + chain("splits", "b", "einde")
        )
    )
    kept = case.task("b").task_id
    case.complete("a")
    assert case.task("b").task_id == kept
    case.complete("b")
    assert case.last.closed[0].task_id == kept


def test_a_task_that_does_not_stand_ready_cannot_be_completed() -> None:
    case = Case(one(user("a")))
    state = case.last.state.replace(b'"a",16', b'"a",32')
    assert state != case.last.state
    with pytest.raises(NotFound):
        engine.complete_task(
            case.bundle, state, task_id=case.task("a").task_id, answers={}, around=case.around
        )
