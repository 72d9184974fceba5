"""Events that stock passes over, and that run here."""

import time
from datetime import timedelta

import pytest
from SpiffWorkflow.bpmn import BpmnWorkflow

from tests.conformance.stock.driver import Stock, parsed
from tests.unit.engine import diagrams as d

SIGNAL = '<signal id="alarm" name="alarm"/>'
NEWS = d.message("nieuws", "nieuws")


def test_a_signal_end_event_is_heard() -> None:
    content = d.bpmn(
        d.START
        + d.gateway("parallel", "splits")
        + d.catch("hoort", d.on_signal("alarm"))
        + d.user("na")
        + d.user("a")
        + d.end("zegt", d.on_signal("alarm"))
        + d.END
        + d.chain("begin", "splits", "hoort", "na", "einde")
        + d.chain("splits", "a", "zegt"),
        SIGNAL,
    )
    stock, ours = Stock(content), d.Case(content)
    stock.complete("a")
    signals = ours.complete("a").signals
    assert stock.open == [], "nobody hears it"
    assert ours.open == ["na"]
    assert [signal.name for signal in signals] == ["alarm"]


UNDO = (
    d.START
    + d.user("a")
    + d.boundary("rand", "a", "<compensateEventDefinition/>")
    + d.user("terug").replace("<userTask", '<userTask isForCompensation="true"')
    + '<association id="l" sourceRef="rand" targetRef="terug"/>'
)


@pytest.mark.parametrize("at_the_end", [False, True])
def test_compensation_undoes_what_was_done(at_the_end: bool) -> None:
    what = "<compensateEventDefinition/>"
    content = d.bpmn(
        UNDO + d.end("vraagt", what) + d.chain("begin", "a", "vraagt")
        if at_the_end
        else UNDO + d.throw("vraagt", what) + d.END + d.chain("begin", "a", "vraagt", "einde")
    )
    edge = d.boundary("rand", "a", "<compensateEventDefinition/>").encode()
    bare = content.replace(edge, b"")  # This, at least, stock says that it does not know.
    stock, ours = Stock(bare), d.Case(content)
    for case in (stock, ours):
        case.complete("a")
    assert stock.completed, "asked, and nobody undoes anything"
    assert ours.open == ["terug"]
    ours.complete("terug")
    assert ours.ended


def test_a_link_jumps() -> None:
    jump = '<linkEventDefinition name="verder"/>'
    content = d.bpmn(
        d.START
        + d.throw("weg", jump)
        + d.catch("terug", jump)
        + d.user("a")
        + d.END
        + d.chain("begin", "weg")
        + d.chain("terug", "a", "einde")
    )
    stock, ours = Stock(content), d.Case(content)
    assert stock.open == [], "what comes after the link is gone"
    assert ours.open == ["a"]


def test_an_event_subprocess_interrupts() -> None:
    content = d.bpmn(
        d.START
        + d.user("a")
        + d.END
        + d.chain("begin", "a", "einde")
        + d.handler("opvang", d.on_message("nieuws")),
        NEWS,
    )
    stock, ours = Stock(content), d.Case(content)
    stock.message("nieuws")
    ours.deliver("nieuws")
    assert "a" in stock.open, "what it interrupts goes on"
    assert ours.open == ["opvang_taak"]


def test_an_event_subprocess_inside_a_subprocess_hears() -> None:
    inside = '<startEvent id="b" name="B"/>' + d.user("a") + '<endEvent id="e" name="E"/>'
    inside += d.chain("b", "a", "e") + d.handler("opvang", d.on_signal("alarm"))
    content = d.bpmn(
        d.START + d.sub("deel", inside) + d.END + d.chain("begin", "deel", "einde"), SIGNAL
    )
    stock, ours = Stock(content), d.Case(content)
    ours.signal("alarm")
    assert not stock.signal("alarm")
    assert stock.open == ["a"], "it is deaf there"
    assert ours.open == ["opvang_taak"]


def test_a_timer_of_an_event_subprocess_does_not_keep_a_case_alive() -> None:
    content = d.bpmn(
        d.START
        + d.user("a")
        + d.END
        + d.chain("begin", "a", "einde")
        + d.handler("opvang", d.timer("PT1H"), interrupting=False)
    )
    stock, ours = Stock(content), d.Case(content)
    for case in (stock, ours):
        case.complete("a")
    assert not stock.completed, "the clock keeps a case that has come to its end"
    assert ours.ended == "einde"


def test_a_message_for_one_case_leaves_the_next_case_as_it_was() -> None:
    content = d.bpmn(
        d.START
        + d.user("a")
        + d.END
        + d.chain("begin", "a", "einde")
        + d.handler("opvang", d.on_message("nieuws")),
        NEWS,
    )
    specs = parsed(content)
    first, second = Stock(content), Stock(content)
    first.run(BpmnWorkflow(*specs))
    before = _shape(specs[0])
    first.message("nieuws")
    second.run(BpmnWorkflow(*specs))
    changed = before != _shape(specs[0]) or second.open != ["a"]
    assert changed, "the spec that all cases share has been changed"
    one, other = d.Case(content), d.Case(content)
    one.deliver("nieuws")
    assert (one.open, other.open) == (["opvang_taak"], ["a"])
    assert d.Case(content).open == ["a"]


def _shape(spec: object) -> list[str]:
    return sorted(repr(vars(node)) for node in spec.task_specs.values())  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["message", "signal"])
def test_an_event_on_an_edge_that_lets_its_step_go_on_fires_every_time(kind: str) -> None:
    what = d.on_message("nieuws") if kind == "message" else d.on_signal("alarm")
    content = d.bpmn(
        d.START
        + d.user("a")
        + d.boundary("rand", "a", what, interrupting=False)
        + d.user("na")
        + d.END
        + d.chain("begin", "a", "einde")
        + d.chain("rand", "na", "einde"),
        NEWS + SIGNAL,
    )
    stock, ours = Stock(content), d.Case(content)
    for _ in range(2):
        heard = stock.message("nieuws") if kind == "message" else stock.signal("alarm")
        ours.deliver("nieuws") if kind == "message" else ours.signal("alarm")
    assert (heard, stock.open) == (False, ["a", "na"]), "only the first was heard"
    assert ours.open == ["a", "na", "na"]


def test_the_first_of_several_timers_after_an_event_gateway_fires() -> None:
    content = d.bpmn(
        d.START
        + '<eventBasedGateway id="keuze" name="Wat eerst?"/>'
        + d.catch("later", d.timer("PT2H"))
        + d.catch("eerder", d.timer("PT0.01S"))
        + d.user("na_later")
        + d.user("na_eerder")
        + d.END
        + d.chain("begin", "keuze", "later", "na_later", "einde")
        + d.chain("keuze", "eerder", "na_eerder", "einde")
    )
    stock = Stock(content)
    time.sleep(0.05)
    stock.tick()
    assert stock.open != ["na_eerder"], "the later timer hides the earlier"
    ours = d.Case(content)
    ours.wait(timedelta(seconds=1))
    assert ours.open == ["na_eerder"]
