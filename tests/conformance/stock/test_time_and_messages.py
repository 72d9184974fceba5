"""The clock and the post: naive moments, months, late cycles, keys of messages."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition

from service import engine
from service.domain.errors import NotFound
from service.engine.guard import check_bpmn
from tests.conformance.stock.driver import Stock
from tests.unit.engine import diagrams as d

NEWS = d.message("nieuws", "nieuws")


def codes(content: bytes) -> set[str]:
    return {finding.code for finding in check_bpmn(content, file="p.bpmn")}


def waiting(time: str) -> bytes:
    body = d.START + d.catch("wacht", time) + d.user("a") + d.END
    return d.bpmn(body + d.chain("begin", "wacht", "a", "einde"))


def test_a_moment_without_offset_is_refused_instead_of_shifted_by_an_hour() -> None:
    program = (
        "from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition as T;"
        "print(T.get_datetime('2026-07-01T10:00:00').utcoffset() == "
        "T.get_datetime('2026-01-01T10:00:00').utcoffset())"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "TZ": "Europe/Amsterdam"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "True", "summer and winter have one offset"
    content = waiting(d.timer("2026-07-01T10:00:00", "timeDate"))
    assert "date-without-offset" in codes(content)


def test_strange_durations_are_refused() -> None:
    for text in ("-PT1H", "P1WT1H"):
        TimerEventDefinition.parse_iso_duration(text)  # Taken, without a word.
        assert "timer-literal" in codes(waiting(d.timer(text)))


def test_a_month_is_a_month() -> None:
    parts = TimerEventDefinition.parse_iso_recurring_interval("R3/2026-01-31T10:00:00Z/P1M")
    assert any(isinstance(part, timedelta) for part in parts), "a fixed number of days"
    content = d.bpmn(
        d.START
        + d.user("a")
        + d.boundary("rand", "a", d.timer("R3/P1M", "timeCycle"), interrupting=False)
        + d.user("na")
        + d.END
        + d.chain("begin", "a", "einde")
        + d.chain("rand", "na", "einde")
    )
    due = d.Case(content).last.next_due
    assert due is not None
    due = due.astimezone(d.AMSTERDAM)
    assert (due.month, due.day, due.hour) == (4, 2, 9), "a month on, at the same time of day"


def every_minute() -> bytes:
    return d.bpmn(
        d.START
        + d.user("a")
        + d.boundary("rand", "a", d.timer("R/PT1M", "timeCycle"), interrupting=False)
        + d.script("tel", "1", "n")
        + d.END
        + '<endEvent id="klaar" name="K"/>'
        + d.chain("begin", "a", "einde")
        + d.chain("rand", "tel", "klaar")
    )


def test_a_clock_that_was_down_for_an_hour_fires_once() -> None:
    stock, ours = Stock(every_minute()), d.Case(every_minute())
    edge = next(t for t in stock.workflow.tasks.values() if t.task_spec.name == "rand")
    before = datetime.now(UTC) - timedelta(hours=1)
    edge.internal_data["event_value"]["next"] = before.isoformat()
    stock.tick()
    assert stock.passed("tel") > 50, "once for each minute that was missed"
    ours.wait(timedelta(hours=1))
    assert ours.told("completed").count("tel") == 1


def test_a_cycle_is_no_intermediate_event_but_starts_a_process() -> None:
    assert "cycle-on-catch" in codes(waiting(d.timer("R3/PT1H", "timeCycle")))
    started = f'<startEvent id="begin" name="B">{d.timer("R2/PT1H", "timeCycle")}</startEvent>'
    content = d.bpmn(started + d.user("a") + d.END + d.chain("begin", "a", "einde"))
    stock = Stock(content)
    start = next(t for t in stock.workflow.tasks.values() if t.task_spec.name == "begin")
    start.internal_data["event_value"]["next"] = "2020-01-01T00:00:00+00:00"
    stock.tick()
    assert stock.open == ["a", "a"], "all rounds in one case"
    bundle = engine.compile_bundle({"p.bpmn": content}, {})
    around = engine.Surroundings(now=d.NOW)
    at = engine.next_timer_start(bundle, "proces", after=d.NOW, around=around)
    assert at is not None
    assert at.at == d.NOW + timedelta(hours=1)
    started_case = engine.start_by_timer(
        bundle, "proces", element_id=at.element_id, variables={}, around=around
    )
    assert [task.element_id for task in started_case.opened] == ["a"]


KEYED = d.message("m", "antwoord", "=nummer")


def test_a_message_with_another_key_is_not_taken() -> None:
    content = d.bpmn(
        d.START
        + d.catch("wacht", d.on_message("m"))
        + d.user("a")
        + d.END
        + d.chain("begin", "wacht", "a", "einde"),
        KEYED,
    )
    stock, ours = Stock(content, data={"nummer": "1"}), d.Case(content, variables={"nummer": "1"})
    stock.message("antwoord", nummer="2")
    assert stock.open == ["a"], "taken by whoever waits"
    with pytest.raises(NotFound):
        ours.deliver("antwoord", "2")
    assert ours.open == []
    ours.deliver("antwoord", "1")
    assert ours.open == ["a"]
