"""What stock takes and does otherwise than drawn, and the guard refuses by its code."""

from collections.abc import Callable

import pytest

from service.engine.guard import check_bpmn
from tests.conformance.stock.driver import Stock
from tests.unit.engine import diagrams as d

NEWS = d.message("nieuws", "nieuws")
FAULT = d.error("mis", "MIS")
LATER = d.timer("PT1H")
PAST = Callable[[Stock], bool]


def line(*nodes: tuple[str, str], start: str = d.START, after: str = "") -> str:
    """One way from start to end over these nodes (id, xml)."""
    keys = [key for key, _ in nodes]
    drawn = start + "".join(xml for _, xml in nodes) + d.END
    return drawn + d.chain("begin", *keys, "einde") + after


def started(event: str) -> str:
    return f'<startEvent id="begin" name="B">{event}</startEvent>'


def ended(stock: Stock) -> bool:
    """It went straight through."""
    return stock.completed


def at_a(stock: Stock) -> bool:
    """It went on to the task, as if what is before it did not exist."""
    return stock.open == ["a"]


A = ("a", d.user("a"))
SECOND = '<startEvent id="nog" name="N"/>'
SCRIPT = '<scriptTask id="k" name="K" scriptFormat="javascript"><script>x = 1</script></scriptTask>'
OTHER = '<userTask xmlns:c="http://camunda.org/schema/1.0/bpmn" c:assignee="Bo"'
LOOP = '<multiInstanceLoopCharacteristics behavior="One"><loopCardinality>1</loopCardinality>'
LOOP += "</multiInstanceLoopCharacteristics>"
OWNED = "<potentialOwner><resourceAssessment/></potentialOwner>"
ASSOCIATED = (
    '<dataInputAssociation id="in"><sourceRef>ref</sourceRef><targetRef>x</targetRef>'
    "<transformation>x * 2</transformation></dataInputAssociation>"
)

ROWS: dict[str, tuple[str, str, PAST]] = {
    "error-start-event": (line(A, start=started(d.thrown("error", "mis"))), FAULT, at_a),
    "escalation-start-event": (
        line(A, start=started(d.thrown("escalation", "hulp"))),
        d.escalation("hulp", "HULP"),
        at_a,
    ),
    "compensate-start-event": (
        line(A, start=started("<compensateEventDefinition/>")),
        "",
        at_a,
    ),
    "event-definition-ref": (
        line(("k", d.catch("k", "<eventDefinitionRef>straks</eventDefinitionRef>")), A),
        LATER.replace("Definition>", 'Definition id="straks">', 1),
        at_a,
    ),
    "catch-without-trigger": (line(("k", d.catch("k", "")), A), "", at_a),
    "receive-task-without-message": (line(("k", '<receiveTask id="k" name="K"/>'), A), "", at_a),
    "send-task-without-message": (line(("k", '<sendTask id="k" name="K"/>'), A), "", at_a),
    "timer-throw-event": (line(("k", d.throw("k", LATER)), A), "", at_a),
    "error-throw-event": (line(("k", d.throw("k", d.thrown("error", "mis"))), A), FAULT, at_a),
    "condition-elsewhere": (
        d.START
        + d.gateway("parallel", "splits")
        + d.user("a")
        + d.user("b")
        + d.END
        + d.chain("begin", "splits", "a", "einde")
        + d.flow("splits", "b", "=false")
        + d.chain("b", "einde"),
        "",
        lambda stock: stock.open == ["a", "b"],
    ),
    "two-none-starts": (
        line(A, after=SECOND + d.user("b") + d.chain("nog", "b", "einde")),
        "",
        at_a,  # The other start has never been there.
    ),
    "event-gateway-parallel": (
        d.START
        + '<eventBasedGateway id="g" name="G" instantiate="false" eventGatewayType="Parallel"/>'
        + d.catch("een", d.on_message("nieuws"))
        + d.catch("twee", d.on_message("ander"))
        + d.user("a")
        + d.user("b")
        + d.END
        + d.chain("begin", "g", "een", "a", "einde")
        + d.chain("g", "twee", "b", "einde"),
        NEWS + d.message("ander", "ander"),
        lambda stock: stock.message("nieuws") and not stock.message("ander"),
    ),
    "cycle-on-catch": (
        line(("k", d.catch("k", d.timer("R3/PT1H", "timeCycle"))), A),
        "",
        lambda stock: stock.open == [],
    ),
    "path-without-end": (
        d.START + d.user("a") + d.chain("begin", "a"),
        "",
        lambda stock: stock.complete("a") is None and not stock.passed("einde"),
    ),
    "boundary-without-path": (
        line(A, after=d.boundary("rand", "a", d.on_message("nieuws"))),
        NEWS,
        lambda stock: stock.message("nieuws") and not stock.passed("einde"),
    ),
    "cancel-outside-transaction": (
        d.START + d.end("einde", "<cancelEventDefinition/>") + d.chain("begin", "einde"),
        "",
        ended,
    ),
    "error-not-caught": (
        d.START + d.end("einde", d.thrown("error", "mis")) + d.chain("begin", "einde"),
        FAULT,
        ended,
    ),
    "end-with-outgoing": (
        d.START + d.END + d.user("a") + d.chain("begin", "einde", "a", "z") + '<endEvent id="z"/>',
        "",
        at_a,
    ),
    "reserved-id": (
        d.START + d.user("End") + d.user("a") + d.END + d.chain("begin", "End", "a", "einde"),
        "",
        lambda stock: stock.completed or "End" not in stock.open,
    ),
    "duplicate-id": (line(A, after=d.user("a")), "", at_a),
    "script-format": (line(("k", SCRIPT), A), "", at_a),
    "start-quantity": (
        line(("a", d.user("a").replace("<userTask", '<userTask startQuantity="2"'))),
        "",
        at_a,
    ),
    "completion-quantity": (
        line(
            ("a", d.user("a").replace("<userTask", '<userTask completionQuantity="3"')),
            ("b", d.user("b")),
        ),
        "",
        lambda stock: stock.complete("a") is None and stock.open == ["b"],
    ),
    "loop-behavior": (
        line(("a", d.user("a", inner=LOOP))),
        "",
        lambda stock: stock.open == ["a [child]"],
    ),
    "camunda-attribute": (line(("a", d.user("a").replace("<userTask", OTHER))), "", at_a),
    "potential-owner": (line(("a", d.user("a", inner=OWNED))), "", at_a),
    "transformation": (
        line(
            ("a", d.user("a", inner=ASSOCIATED)),
            after='<dataObject id="x"/><dataObjectReference id="ref" dataObjectRef="x"/>',
        ),
        "",
        at_a,
    ),
    "feel-syntax": (
        d.START
        + d.user("a")
        + d.gateway("exclusive", "g", "nee")
        + d.END
        + d.chain("begin", "a", "g")
        + d.flow("g", "einde", "=bedrag &gt;")
        + d.flow("g", "einde", key="nee"),
        "",
        at_a,
    ),
    "timer-literal": (
        line(("k", d.catch("k", d.timer("-PT1H"))), A),
        "",
        lambda stock: stock.open == [],  # The sign is passed over: it waits an hour.
    ),
    "date-without-offset": (
        line(("k", d.catch("k", d.timer("2020-07-01T10:00:00", "timeDate"))), A),
        "",
        at_a,
    ),
    "unknown-element": (line(A, after="<onbekend/>"), "", at_a),
}


@pytest.mark.parametrize("code", ROWS)
def test_what_stock_does_wrong_in_silence_is_refused(code: str) -> None:
    body, shared, wrong = ROWS[code]
    content = d.bpmn(body, shared)
    assert wrong(Stock(content)), "stock does something else by now"
    assert code in {finding.code for finding in check_bpmn(content, file="p.bpmn")}


def test_an_ad_hoc_subprocess_is_refused_instead_of_breaking_halfway() -> None:
    inside = d.user("b") + "<completionCondition>=false</completionCondition>"
    adhoc = f'<adHocSubProcess id="k" name="K">{inside}</adHocSubProcess>'
    content = d.bpmn(line(A, ("k", adhoc)))
    with pytest.raises(KeyError):
        Stock(content).complete("a")
    assert "ad-hoc-subprocess" in {finding.code for finding in check_bpmn(content, file="p.bpmn")}
