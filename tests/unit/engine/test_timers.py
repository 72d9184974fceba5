"""What happens when time passes."""

from datetime import UTC, datetime, timedelta

import pytest

from service import engine
from service.domain.errors import Incident, InvalidInput, Refused
from tests.unit.engine.diagrams import (
    END,
    NOW,
    START,
    Case,
    boundary,
    bpmn,
    catch,
    chain,
    gateway,
    timer,
    user,
)

HOUR = timedelta(hours=1)
LATE = '<endEvent id="te_laat" name="Te laat"/>'


def waiting(event: str) -> bytes:
    return bpmn(
        START
        + catch("tot_dan", event)
        + user("na")
        + END
        + chain("begin", "tot_dan", "na", "einde")
    )


def on_edge(event: str, *, interrupting: bool = True) -> bytes:
    return bpmn(
        START
        + user("werk")
        + boundary("na_een_uur", "werk", event, interrupting=interrupting)
        + user("herinneren")
        + END
        + LATE
        + chain("begin", "werk", "einde")
        + chain("na_een_uur", "herinneren", "te_laat")
    )


def test_a_duration_counts_from_arrival_and_fires_when_due() -> None:
    case = Case(waiting(timer("PT1H")))
    assert case.last.next_due == NOW + HOUR
    case.wait(timedelta(minutes=59))
    assert case.open == []
    case.wait(timedelta(minutes=1))
    assert case.open == ["na"]
    assert case.last.next_due is None


def test_days_keep_the_hour_of_the_day_when_the_clock_changes() -> None:
    case = Case(waiting(timer("P28D")))
    due = case.last.next_due
    assert due is not None
    assert due.astimezone(NOW.tzinfo).hour == 9
    assert due.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("text", "kind", "due"),
    [
        ('=now() + duration("PT2H")', "timeDate", NOW + 2 * HOUR),
        ("2026-03-05T10:00:00+01:00", "timeDate", datetime(2026, 3, 5, 9, 0, tzinfo=UTC)),
        ('=date("2026-03-05")', "timeDate", datetime(2026, 3, 4, 23, 0, tzinfo=UTC)),
        ('=duration("P2M")', "timeDuration", datetime(2026, 5, 2, 7, 0, tzinfo=UTC)),
        ("=termijn", "timeDuration", NOW + timedelta(minutes=15)),
    ],
)
def test_a_timer_reads_feel_and_iso(text: str, kind: str, due: datetime) -> None:
    case = Case(waiting(timer(text, kind)), variables={"termijn": "PT15M"})
    assert case.last.next_due == due


def test_a_moment_in_the_past_has_come_already() -> None:
    case = Case(waiting(timer("2020-01-01T00:00:00Z", "timeDate")))
    assert case.open == ["na"]


@pytest.mark.parametrize("text", ["2026-03-05T10:00:00", '="2026-03-05T10:00:00"'])
def test_a_moment_without_time_zone_is_refused(text: str) -> None:
    with pytest.raises((Refused, Incident)):
        Case(waiting(timer(text.replace('"', "&quot;"), "timeDate")))


@pytest.mark.parametrize("text", ["-PT1H", "", "P1WT1H", "PT", "P", "over een uur"])
def test_a_text_that_is_no_duration_stops_the_case_naming_the_timer(text: str) -> None:
    with pytest.raises(Incident) as caught:
        Case(waiting(timer("=termijn")), variables={"termijn": text})
    assert caught.value.element_id == "tot_dan"


def test_a_step_without_time_zone_is_refused() -> None:
    bundle = engine.compile_bundle({"a.bpmn": waiting(timer("PT1H"))}, {})
    with pytest.raises(InvalidInput):
        engine.start(
            bundle,
            "proces",
            variables={},
            around=engine.Surroundings(now=datetime(2026, 1, 1)),  # noqa: DTZ001
        )


def test_an_interrupting_timer_takes_the_task_away() -> None:
    case = Case(on_edge(timer("PT1H")))
    task = case.task("werk")
    case.wait(HOUR)
    assert case.open == ["herinneren"]
    assert case.last.closed == (
        engine.ClosedTask(task_id=task.task_id, element_id="werk", how="cancelled"),
    )
    assert "werk" in case.told("cancelled")
    case.complete("herinneren")
    assert case.ended == "te_laat"


def test_a_task_that_is_done_takes_its_timer_with_it() -> None:
    case = Case(on_edge(timer("PT1H")))
    case.complete("werk")
    assert case.ended == "einde"
    assert case.last.next_due is None


def test_a_reminder_leaves_the_task_open_and_lives_on_after_it() -> None:
    case = Case(on_edge(timer("PT1H"), interrupting=False))
    case.wait(HOUR)
    assert case.open == ["herinneren", "werk"]
    case.complete("werk")
    assert case.open == ["herinneren"]
    case.complete("herinneren")
    assert case.ended == "te_laat"


def test_a_cycle_comes_back_as_often_as_it_says() -> None:
    case = Case(on_edge(timer("R2/PT1H", "timeCycle"), interrupting=False))
    case.wait(HOUR)
    assert case.last.next_due == NOW + 2 * HOUR
    case.wait(HOUR)
    assert case.open == ["herinneren", "herinneren", "werk"]
    assert case.last.next_due is None


def test_a_cycle_that_is_late_fires_once_and_falls_back_into_step() -> None:
    case = Case(on_edge(timer("R/PT1H", "timeCycle"), interrupting=False))
    case.wait(10 * HOUR + timedelta(minutes=30))
    assert case.open == ["herinneren", "werk"]
    assert case.last.next_due == NOW + 11 * HOUR


def test_a_daily_cycle_that_is_months_late_fires_once_at_the_same_hour() -> None:
    case = Case(on_edge(timer("R/P1D", "timeCycle"), interrupting=False))
    case.wait(timedelta(days=60, hours=1))
    assert case.open == ["herinneren", "werk"]
    due = case.last.next_due
    assert due is not None
    assert due.astimezone(NOW.tzinfo) == datetime(2026, 5, 2, 9, tzinfo=NOW.tzinfo)


def test_a_cycle_fires_again_and_again_without_touching_what_it_started() -> None:
    case = Case(on_edge(timer("R/PT1H", "timeCycle"), interrupting=False))
    first = None
    for _ in range(3):
        case.wait(HOUR)
        first = first or case.task("herinneren").task_id
    assert case.open == ["herinneren"] * 3 + ["werk"]
    assert first in case.tasks


def test_the_first_event_at_an_event_gateway_ends_the_others() -> None:
    diagram = bpmn(
        START
        + gateway("eventBased", "wat_eerst")
        + catch("kort", timer("PT1H"))
        + catch("reactie", '<messageEventDefinition messageRef="m"/>')
        + user("a")
        + user("b")
        + END
        + chain("begin", "wat_eerst", "kort", "a", "einde")
        + chain("wat_eerst", "reactie", "b", "einde"),
        '<message id="m" name="antwoord"><extensionElements>'
        '<zeebe:subscription correlationKey="=1"/></extensionElements></message>',
    )
    case = Case(diagram)
    assert [s.element_id for s in case.last.waiting_for] == ["reactie"]
    case.wait(HOUR)
    assert case.open == ["a"]
    assert case.last.waiting_for == ()
    assert "reactie" not in case.told("cancelled")
    again = Case(diagram)
    again.deliver("antwoord", "1")
    assert again.open == ["b"]
    assert again.last.next_due is None
    assert again.told("completed") == ["begin", "wat_eerst", "reactie"]


def test_firing_when_nothing_is_due_changes_nothing() -> None:
    case = Case(waiting(timer("PT1H")))
    before = case.last.state
    advance = case.wait(timedelta(minutes=1))
    assert advance.state == before
    assert advance.trail == ()


def test_an_edge_that_is_due_on_arrival_interrupts_before_anything_else_is_armed() -> None:
    case = Case(
        bpmn(
            START
            + user("werk")
            + boundary("rand", "werk", timer("2020-01-01T00:00:00Z", "timeDate"))
            + boundary("later", "werk", timer("PT1H"), interrupting=False)
            + user("a")
            + user("b")
            + END
            + chain("begin", "werk", "einde")
            + chain("rand", "a", "einde")
            + chain("later", "b", "einde")
        )
    )
    assert case.open == ["a"]
    assert case.last.next_due is None
    case.complete("a")
    assert case.ended == "einde"
