"""Signals: one throw wakes everybody who waits, in the case and in others."""

from service import engine
from tests.unit.engine.diagrams import (
    END,
    NOW,
    START,
    Case,
    boundary,
    bpmn,
    catch,
    chain,
    end,
    ext,
    gateway,
    io,
    on_signal,
    process,
    sub,
    throw,
    user,
)

SIGNAL = '<signal id="s" name="alarm"/>'
AROUND = engine.Surroundings(now=NOW)


def mapped(event: str, mapping: str) -> str:
    return ext(mapping) + event


def test_a_throw_wakes_catches_and_boundaries_of_the_whole_case_in_order() -> None:
    inner = '<startEvent id="sb"/>' + catch("binnen", on_signal("s")) + '<endEvent id="se"/>'
    body = (
        START
        + gateway("parallel", "splits")
        + sub("deel", inner + chain("sb", "binnen", "se"))
        + user("taak")
        + boundary("rand", "taak", on_signal("s"))
        + user("eerst")
        + throw("roep", on_signal("s"))
        + gateway("parallel", "samen")
        + '<endEvent id="gestoord" name="g"/>'
        + END
        + chain("begin", "splits", "deel", "samen", "einde")
        + chain("splits", "taak", "samen")
        + chain("splits", "eerst", "roep", "samen")
        + chain("rand", "gestoord")
    )
    case = Case(bpmn(body, SIGNAL))
    assert sorted(w.element_id for w in case.last.waiting_signals) == ["binnen", "rand"]
    case.complete("eerst")
    done = case.told("completed")
    assert done.index("roep") < done.index("rand") < done.index("gestoord")
    assert done.index("roep") < done.index("binnen") < done.index("deel")
    assert "taak" in case.told("cancelled")
    assert [(s.name, s.payload) for s in case.last.signals] == [("alarm", {})]


def test_an_end_event_throws_to_other_cases_with_what_its_mappings_say() -> None:
    body = START + end("einde", mapped(on_signal("s"), io({"wat": "=&quot;brand&quot;"})))
    case = Case(bpmn(body + chain("begin", "einde"), SIGNAL))
    assert case.ended == "einde"
    (sent,) = case.last.signals

    other = Case(
        bpmn(START + catch("hoor", on_signal("s")) + END + chain("begin", "hoor", "einde"), SIGNAL)
    )
    other.signal(sent.name, **sent.payload)
    assert other.ended == "einde"
    assert other.variables == {"wat": "brand"}


def test_a_signal_that_nobody_waits_for_changes_nothing() -> None:
    case = Case(bpmn(START + user("taak") + END + chain("begin", "taak", "einde")))
    before = case.last.state
    assert case.signal("alarm").state == before


def test_a_signal_is_not_kept_for_who_comes_later() -> None:
    body = START + throw("roep", on_signal("s")) + catch("hoor", on_signal("s")) + END
    case = Case(bpmn(body + chain("begin", "roep", "hoor", "einde"), SIGNAL))
    assert case.ended is None
    case.signal("alarm")
    assert case.ended == "einde"


def test_a_boundary_that_does_not_interrupt_hears_every_signal() -> None:
    body = START + user("taak") + END + boundary("rand", "taak", on_signal("s"), interrupting=False)
    body += user("extra") + '<endEvent id="klaar"/>'
    case = Case(
        bpmn(body + chain("begin", "taak", "einde") + chain("rand", "extra", "klaar"), SIGNAL)
    )
    for _ in range(3):
        case.signal("alarm")
    assert case.open == ["extra", "extra", "extra", "taak"]


def test_a_signal_starts_a_process_beside_its_plain_start() -> None:
    starts = START + f'<startEvent id="ook" name="Ook">{on_signal("s")}</startEvent>'
    content = bpmn(
        starts
        + user("a")
        + user("b")
        + END
        + chain("begin", "a", "einde")
        + chain("ook", "b", "einde"),
        SIGNAL,
    )
    bundle = engine.compile_bundle({"p.bpmn": content}, {})
    assert bundle.processes["proces"].start_signals == ("alarm",)
    advance = engine.start_by_signal(
        bundle, "proces", signal="alarm", payload={"x": 1}, around=AROUND
    )
    assert [task.element_id for task in advance.opened] == ["b"]
    assert advance.variables == {"x": 1}
    plain = engine.start(bundle, "proces", variables={}, around=AROUND)
    assert [task.element_id for task in plain.opened] == ["a"]


def test_trace_hears_its_own_signals_and_those_given() -> None:
    called = process(
        "ander",
        '<startEvent id="b"/>'
        + catch("hoor", on_signal("s"))
        + '<endEvent id="e"/>'
        + chain("b", "hoor", "e"),
    )
    body = START + catch("wacht", on_signal("s")) + END + chain("begin", "wacht", "einde")
    bundle = engine.compile_bundle({"p.bpmn": bpmn(body, SIGNAL + called)}, {})
    stuck = engine.trace(bundle, "proces", variables={}, around=AROUND)
    assert stuck["status"] == "waiting"
    assert stuck["waiting"] == ["wacht"]
    found = engine.trace(
        bundle, "proces", variables={}, around=AROUND, messages={"alarm": {"x": 1}}
    )
    assert found["completed"] == ["begin", "wacht", "einde"]
    assert found["variables"] == {"x": 1}
