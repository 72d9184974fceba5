"""Walking a process in memory."""

import json
from pathlib import Path

import pytest

from service import engine
from service.domain.errors import InvalidInput
from tests.unit.engine.diagrams import (
    END,
    NOW,
    START,
    boundary,
    bpmn,
    catch,
    chain,
    flow,
    gateway,
    job,
    message,
    on_message,
    script,
    timer,
    user,
)

AROUND = engine.Surroundings(now=NOW)
LOOP = bpmn(
    START
    + gateway("exclusive", "terug")
    + user("a")
    + gateway("exclusive", "goed", "ja")
    + END
    + chain("begin", "terug", "a", "goed")
    + flow("goed", "terug", "=not(goed)")
    + flow("goed", "einde", key="ja")
)


def walk(diagram: bytes, **how: object) -> dict[str, object]:
    bundle = engine.compile_bundle({"a.bpmn": diagram}, {})
    found = engine.trace(bundle, "proces", variables={}, around=AROUND, **how)  # type: ignore[arg-type]
    json.dumps(found)
    return found


def test_a_list_of_answers_is_one_for_each_visit() -> None:
    found = walk(LOOP, answers={"a": [{"goed": False}, {"goed": True, "bedrag": 2}]})
    assert found == {
        "status": "completed",
        "completed": ["begin", "terug", "a", "goed", "terug", "a", "goed", "einde"],
        "waiting": [],
        "variables": {"goed": True, "bedrag": 2},
        "error": None,
    }


def test_a_task_whose_answers_have_run_out_stays_open() -> None:
    found = walk(LOOP, answers={"a": [{"goed": False}]})
    assert (found["status"], found["waiting"]) == ("waiting", ["a"])
    assert walk(LOOP, answers={})["waiting"] == ["a"]


def test_without_answers_every_task_is_completed_with_none() -> None:
    diagram = bpmn(START + user("a") + END + chain("begin", "a", "einde"))
    assert walk(diagram)["status"] == "completed"


def test_a_walk_that_never_ends_is_left_waiting() -> None:
    assert walk(LOOP, answers={"a": {"goed": False}})["status"] == "waiting"


WAITS = bpmn(
    START
    + user("a")
    + boundary("rand", "a", timer("P30D"))
    + user("b")
    + END
    + '<endEvent id="te_laat" name="Te laat"/>'
    + chain("begin", "a", "einde")
    + chain("rand", "b", "te_laat")
)


def test_the_clock_moves_only_when_nothing_else_can_happen() -> None:
    assert walk(WAITS, answers={"a": {}})["completed"] == ["begin", "a", "einde"]
    assert walk(WAITS, answers={"b": {}})["completed"] == ["begin", "rand", "b", "te_laat"]


def test_a_reminder_without_end_does_not_keep_the_walk_busy() -> None:
    diagram = bpmn(
        START
        + user("a")
        + boundary("rand", "a", timer("R/PT1H", "timeCycle"), interrupting=False)
        + script("tel", "1", "x")
        + END
        + '<endEvent id="gedaan" name="Gedaan"/>'
        + chain("begin", "a", "einde")
        + chain("rand", "tel", "gedaan")
    )
    found = walk(diagram, answers={})
    assert (found["status"], found["waiting"]) == ("waiting", ["a"])


def test_a_job_waits_unless_its_result_is_known_or_assumed() -> None:
    diagram = bpmn(START + job("werk") + END + chain("begin", "werk", "einde"))
    assert walk(diagram)["waiting"] == ["werk"]
    assert walk(diagram, assume_jobs=True)["status"] == "completed"
    found = walk(diagram, jobs={"registreren": {"registratie": {"kenmerk": "Z-1"}}})
    assert found["variables"] == {"registratie": {"kenmerk": "Z-1"}}


def test_messages_are_delivered_when_they_are_given() -> None:
    diagram = bpmn(
        START + catch("wacht", on_message("m")) + END + chain("begin", "wacht", "einde"),
        message("m", "reactie", "=1"),
    )
    assert walk(diagram)["waiting"] == ["wacht"]
    assert walk(diagram, messages={"reactie": {"ja": True}})["variables"] == {"ja": True}


def test_an_incident_is_told_with_the_element_that_caused_it() -> None:
    diagram = bpmn(
        START + user("a") + script("b", "x.y + 1", "z") + END + chain("begin", "a", "b", "einde")
    )
    found = walk(diagram)
    assert found["status"] == "error"
    assert found["completed"] == ["begin", "a"]
    assert found["waiting"] == ["a"]
    assert found["error"]["element_id"] == "b"  # type: ignore[index]


def test_variables_are_told_as_json() -> None:
    body = (
        START
        + script("a", "1.50", "bedrag")
        + script("b", "date(&quot;2026-03-01&quot;)", "dag")
        + script("c", "duration(&quot;P1DT2H&quot;)", "duur")
        + END
    )
    found = walk(bpmn(body + chain("begin", "a", "b", "c", "einde")))
    assert found["variables"] == {"bedrag": 1.5, "dag": "2026-03-01", "duur": "P1DT2H"}


@pytest.mark.skipif(
    not Path("../shared/bench/meldroute_bench.bpmn").exists(), reason="no benchmark process here"
)
@pytest.mark.parametrize(("ernst", "middle"), [("hoog", "t3a_spoed"), ("laag", "t3b_regulier")])
def test_the_benchmark_process_runs(ernst: str, middle: str) -> None:
    content = Path("../shared/bench/meldroute_bench.bpmn").read_bytes()
    bundle = engine.compile_bundle({"bench.bpmn": content}, {})
    found = engine.trace(
        bundle, "meldroute_bench", variables={"ernst": ernst}, around=AROUND, answers=None
    )
    assert found["completed"] == [
        "start",
        "t1_registreren",
        "t2_triage",
        "gw_ernst",
        middle,
        "gw_join",
        "t4_plan",
        "t5_aanpak",
        "t6_afsluiten",
        "einde",
    ]


@pytest.mark.parametrize("answers", [{"a": 5}, {"a": None}, {"a": [{}, "x"]}])
def test_answers_that_are_no_objects_are_refused(answers: dict[str, object]) -> None:
    with pytest.raises(InvalidInput, match="a: geef"):
        walk(LOOP, answers=answers)


def test_a_join_that_waits_for_ever_is_named() -> None:
    diagram = bpmn(
        START
        + gateway("parallel", "splits")
        + gateway("exclusive", "kies", "nee")
        + gateway("parallel", "samen")
        + user("a")
        + END
        + chain("begin", "splits", "a", "samen", "einde")
        + chain("splits", "kies")
        + flow("kies", "samen", "=wel")
        + flow("kies", "einde", key="nee")
    )
    bundle = engine.compile_bundle({"a.bpmn": diagram}, {})
    stuck = engine.trace(bundle, "proces", variables={"wel": False}, around=AROUND)
    assert (stuck["status"], stuck["waiting"]) == ("waiting", ["samen"])
    done = engine.trace(bundle, "proces", variables={"wel": True}, around=AROUND)
    assert (done["status"], done["waiting"]) == ("completed", [])
