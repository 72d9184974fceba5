"""Choices and repetitions: in stock by place on the canvas, or in the order of completion."""

import pytest
from lxml import etree

from service import engine
from service.engine.guard import check_bpmn
from tests.conformance.stock.driver import Stock
from tests.unit.engine import diagrams as d

CHOICE = d.bpmn(
    d.START
    + d.gateway("exclusive", "kies", "anders")
    + d.user("eerst")
    + d.user("dan")
    + d.END
    + d.chain("begin", "kies")
    + d.flow("kies", "eerst", "=true")
    + d.flow("kies", "dan", "=true")
    + d.flow("kies", "einde", key="anders")
    + d.chain("eerst", "einde")
    + d.chain("dan", "einde")
)
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"


def drawn(content: bytes, heights: dict[str, int]) -> bytes:
    """The diagram with these nodes at these heights."""
    shapes = "".join(
        f'<b:BPMNShape id="{key}_di" bpmnElement="{key}">'
        f'<c:Bounds x="0" y="{y}" width="10" height="10"/></b:BPMNShape>'
        for key, y in heights.items()
    )
    plane = (
        f'<b:BPMNDiagram xmlns:b="{DI}" xmlns:c="{DC}" id="di">'
        f'<b:BPMNPlane id="vlak" bpmnElement="proces">{shapes}</b:BPMNPlane></b:BPMNDiagram>'
    )
    return content.replace(b"</definitions>", plane.encode() + b"</definitions>")


def test_conditions_are_tried_in_the_order_of_the_document_wherever_things_are_drawn() -> None:
    content = drawn(CHOICE, {"eerst": 500, "dan": 100, "einde": 300})
    assert Stock(content).open == ["dan"], "the highest on the canvas goes first"
    assert d.Case(content).open == ["eerst"]


def test_a_condition_on_the_only_flow_out_of_a_task_counts() -> None:
    content = d.bpmn(
        d.START
        + d.user("a").replace("<userTask", '<userTask default="anders"')
        + d.user("b")
        + d.user("c")
        + d.END
        + d.chain("begin", "a")
        + d.flow("a", "b", "=false")
        + d.chain("b", "einde")
        + d.flow("a", "c", key="anders")
        + d.chain("c", "einde")
    )
    one = etree.fromstring(content)
    for key in ("anders", "c"):  # Stock refuses several flows; with one it does not look at it.
        for element in one.xpath(f"//*[@id='{key}' or @sourceRef='{key}' or @targetRef='{key}']"):
            element.getparent().remove(element)
    stock, ours = Stock(etree.tostring(one)), d.Case(content)
    for case in (stock, ours):
        case.complete("a")
    assert stock.open == ["b"], "on along a flow whose condition is false"
    assert ours.open == ["c"]


def repeated(outputs: str, *, sequential: bool = False) -> bytes:
    marker = d.many(
        f'inputCollection="=stukken" inputElement="stuk" {outputs}', sequential=sequential
    )
    body = d.START + d.user("a", inner=marker) + d.user("na") + d.END
    return d.bpmn(body + d.chain("begin", "a", "na", "einde"))


def test_results_stand_in_the_order_of_the_items() -> None:
    content = repeated('outputCollection="uit" outputElement="=antwoord"')
    stock = Stock(content, data={"stukken": [1, 2, 3]})
    ours = d.Case(content, variables={"stukken": [1, 2, 3]})
    while stock.open != ["na"]:
        last = stock.ready[-1]
        last.data["antwoord"] = last.data["stuk"]
        last.run()
        stock.workflow.do_engine_steps()
    for task_id in reversed(list(ours.tasks)):
        item = engine.variables_for(ours.bundle, ours.last.state, task_id)["stuk"]
        ours.take(
            engine.complete_task(
                ours.bundle,
                ours.last.state,
                task_id=task_id,
                answers={"antwoord": item},
                around=ours.around,
            )
        )
    assert stock.ready[0].data["uit"] == [3, 2, 1]
    assert ours.variables["uit"] == [1, 2, 3]


def test_an_empty_item_is_an_item() -> None:
    content = repeated("", sequential=True)
    items = {"stukken": [1, None, 3]}
    stock, ours = Stock(content, data=items), d.Case(content, variables=items)
    done = 0
    while stock.ready and stock.open != ["na"]:
        stock.ready[0].run()
        stock.workflow.do_engine_steps()
        done += 1
    assert done < 3, "it stops at the empty item"
    for _ in items["stukken"]:
        ours.complete("a")
    assert ours.open == ["na"]


def test_what_may_run_is_said_when_it_is_not_stated() -> None:
    content = CHOICE.replace(b' isExecutable="true"', b"")
    assert Stock(content).open == ["eerst"], "taken as executable, without a word"
    codes = {finding.code for finding in check_bpmn(content, file="p.bpmn")}
    assert "executable-not-stated" in codes


@pytest.mark.parametrize("tag", ["complexGateway", "choreographyTask"])
def test_what_stock_refuses_by_an_exception_is_a_finding_here(tag: str) -> None:
    body = d.START + f'<{tag} id="g" name="G"/>' + d.END + d.chain("begin", "g", "einde")
    with pytest.raises(Exception, match=r"."):
        Stock(d.bpmn(body))
    assert all(finding.way_out for finding in check_bpmn(d.bpmn(body), file="p.bpmn"))
