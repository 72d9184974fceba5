"""A process that begins by the clock: once, in a series, on working days, across a clock change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from service import engine
from service.domain.errors import Incident, NotFound
from tests.unit.engine.diagrams import END, NOW, START, bpmn, chain, timer, user

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def compiled(*timers: str, plain: bool = False) -> engine.CompiledBundle:
    starts = "".join(
        f'<startEvent id="om_{n}" name="Om">{event}</startEvent>' + chain(f"om_{n}", "a")
        for n, event in enumerate(timers)
    )
    body = starts + (START + chain("begin", "a") if plain else "") + user("a") + END
    return engine.compile_bundle({"p.bpmn": bpmn(body + chain("a", "einde"))}, {})


def series(bundle: engine.CompiledBundle, count: int, published: datetime = NOW) -> list[datetime]:
    """The first starts, each asked for after the one before."""
    around = engine.Surroundings(now=published)
    found, after = [], published
    for _ in range(count):
        start = engine.next_timer_start(bundle, "proces", after=after, around=around)
        if start is None:
            break
        after = start.at
        found.append(start.at.astimezone(AMSTERDAM))
    return found


def test_a_date_and_a_duration_begin_one_case() -> None:
    moment = NOW + timedelta(days=3)
    assert series(compiled(timer(moment.isoformat(), "timeDate")), 5) == [moment]
    assert series(compiled(timer("2020-01-01T09:00:00+01:00", "timeDate")), 5) == []
    assert series(compiled(timer("PT2H")), 5) == [NOW + timedelta(hours=2)]


def test_a_cycle_begins_as_many_cases_as_it_says() -> None:
    hours = [NOW + timedelta(hours=n) for n in (1, 2, 3)]
    assert series(compiled(timer("R3/PT1H", "timeCycle")), 9) == hours
    assert len(series(compiled(timer("R/PT1H", "timeCycle")), 9)) == 9


def test_days_pass_on_the_local_calendar_when_the_clock_changes() -> None:
    published = datetime(2026, 3, 27, 8, 0, tzinfo=AMSTERDAM)
    cycle = timer("R/2026-03-27T09:00:00+01:00/P1D", "timeCycle")
    found = series(compiled(cycle), 4, published)
    assert [moment.hour for moment in found] == [9, 9, 9, 9]
    assert found[2].utcoffset() == timedelta(hours=2)
    autumn = timer("R/2026-10-24T09:00:00+02:00/P1D", "timeCycle")
    found = series(compiled(autumn), 3, datetime(2026, 10, 24, 8, 0, tzinfo=AMSTERDAM))
    assert [moment.hour for moment in found] == [9, 9, 9]


def test_a_computed_cycle_begins_on_working_days_only() -> None:
    found = series(compiled(timer("=werkdagen_na(now(), 1)", "timeCycle")), 6)
    assert [moment.isoweekday() for moment in found] == [2, 3, 4, 5, 1, 2]


def test_what_comes_back_begins_on_the_working_days_of_its_own_series() -> None:
    every_month = timer(
        "=volgende_keer(@&quot;2026-01-31&quot;, &quot;P1M&quot;, now())", "timeCycle"
    )
    found = series(compiled(every_month), 4)
    assert [f"{moment:%d-%m %H:%M}" for moment in found] == [
        "31-03 09:00",
        "30-04 09:00",
        "01-06 09:00",  # 31 May is a Sunday
        "30-06 09:00",
    ]


def test_what_was_missed_while_nothing_ran_is_not_made_up_for() -> None:
    bundle = compiled(timer("R/PT1H", "timeCycle"))
    late = NOW + timedelta(hours=50, minutes=30)
    start = engine.next_timer_start(
        bundle, "proces", after=late, around=engine.Surroundings(now=NOW)
    )
    assert start is not None
    assert start.at == NOW + timedelta(hours=51)


def test_of_several_the_first_begins_and_each_at_its_own_event() -> None:
    bundle = compiled(timer("PT5H"), timer("PT2H"), plain=True)
    around = engine.Surroundings(now=NOW)
    start = engine.next_timer_start(bundle, "proces", after=NOW, around=around)
    assert start == engine.TimerStart(
        element_id="om_1", at=(NOW + timedelta(hours=2)).astimezone(UTC)
    )
    advance = engine.start_by_timer(
        bundle, "proces", element_id="om_1", variables={"x": 1}, around=around
    )
    assert advance.trail[0].element_id == "om_1"
    assert [task.element_id for task in advance.opened] == ["a"]
    with pytest.raises(NotFound):
        engine.start_by_timer(bundle, "proces", element_id="begin", variables={}, around=around)


def test_a_process_without_timers_never_begins_by_itself() -> None:
    assert series(compiled(plain=True), 1) == []


def test_a_formula_without_moment_names_its_event() -> None:
    bundle = compiled(timer('="vandaag"', "timeDate"))
    with pytest.raises(Incident) as stopped:
        series(bundle, 1)
    assert stopped.value.element_id == "om_0"


def test_trace_begins_at_the_first_timer() -> None:
    bundle = compiled(timer("PT2H"))
    found = engine.trace(bundle, "proces", variables={}, around=engine.Surroundings(now=NOW))
    assert found["completed"] == ["om_0", "a", "einde"]
