"""Where tokens choose, split and meet."""

import itertools

import pytest

from service.domain.errors import Incident
from tests.unit.engine.diagrams import END, START, Case, bpmn, chain, flow, gateway, script, user

CHOICE = START + user("a") + user("b") + user("c") + END + chain("begin", "kies")


C = flow("kies", "c", "=false", key="nooit")


def choice(*flows: str, default: str = "") -> bytes:
    ends = chain("a", "einde") + chain("b", "einde") + chain("c", "einde")
    return bpmn(CHOICE + gateway("exclusive", "kies", default) + "".join(flows) + ends)


def test_the_first_flow_in_the_document_wins_when_several_conditions_hold() -> None:
    flows = [flow("kies", "c", "=true"), flow("kies", "a", "=true"), flow("kies", "b", key="rest")]
    assert Case(choice(*flows, default="rest")).open == ["c"]


def test_the_default_comes_last_wherever_it_stands_in_the_document() -> None:
    flows = [flow("kies", "b", key="rest"), flow("kies", "a", "=ja"), flow("kies", "c", "=nee")]
    diagram = choice(*flows, default="rest")
    assert Case(diagram, variables={"ja": True, "nee": False}).open == ["a"]
    assert Case(diagram, variables={"ja": False, "nee": False}).open == ["b"]


def test_a_condition_that_is_null_for_a_reason_stops_the_case_at_the_gateway() -> None:
    diagram = choice(
        flow("kies", "a", "=bestaat_niet + 1"), flow("kies", "b", key="rest"), C, default="rest"
    )
    with pytest.raises(Incident) as caught:
        Case(diagram, guarded=False)
    assert caught.value.element_id == "kies"


def test_a_condition_that_is_neither_true_nor_false_stops_the_case() -> None:
    diagram = choice(flow("kies", "a", "=x"), flow("kies", "b", key="rest"), C, default="rest")
    with pytest.raises(Incident, match="waar of onwaar"):
        Case(diagram, variables={"x": "ja"})


def test_no_fitting_flow_and_no_default_stops_the_case() -> None:
    diagram = choice(flow("kies", "a", "=1 = 2"), flow("kies", "b", "=1 = 3"), C)
    with pytest.raises(Incident, match="geen enkele") as caught:
        Case(diagram)
    assert caught.value.element_id == "kies"


def test_only_the_flows_that_were_taken_are_told() -> None:
    diagram = choice(
        flow("kies", "a", "=false", key="niet"), flow("kies", "b", key="wel"), C, default="wel"
    )
    taken = Case(diagram).told("taken")
    assert "wel" in taken
    assert "niet" not in taken


def in_a_loop(kind: str) -> bytes:
    """Three branches that meet again, with the way back around both gateways."""
    condition = "=true" if kind == "inclusive" else ""
    branches = "".join(
        flow("splits", key, condition) + flow(key, "samen") for key in ("a", "b", "c")
    )
    return bpmn(
        START
        + gateway("exclusive", "terug")
        + gateway(kind, "splits")
        + user("a")
        + user("b")
        + user("c")
        + gateway(kind, "samen")
        + user("na")
        + gateway("exclusive", "nog_eens", "klaar")
        + END
        + chain("begin", "terug", "splits")
        + branches
        + chain("samen", "na", "nog_eens")
        + flow("nog_eens", "terug", "=opnieuw")
        + flow("nog_eens", "einde", key="klaar")
    )


@pytest.mark.parametrize("kind", ["parallel", "inclusive"])
def test_a_join_in_a_loop_waits_for_all_in_every_order(kind: str) -> None:
    diagram = in_a_loop(kind)
    orders = list(itertools.permutations("abc"))
    for first, second in itertools.product(orders, orders):
        case = Case(diagram, variables={"opnieuw": True})
        for order in (first, second):
            for done, key in enumerate(order):
                assert case.open == sorted(order[done:]), (first, second)
                case.complete(key)
            assert case.open == ["na"], (first, second)
            case.complete("na", opnieuw=order is first and first is not second)
            if order is first and first is second:
                break


def test_what_two_branches_change_is_both_there_after_the_join() -> None:
    diagram = bpmn(
        START
        + script("zet", "&quot;oud&quot;", "v")
        + gateway("parallel", "splits")
        + user("b")
        + user("c")
        + gateway("parallel", "samen")
        + user("na")
        + END
        + chain("begin", "zet", "splits", "b", "samen", "na", "einde")
        + chain("splits", "c", "samen")
    )
    for order in ("bc", "cb"):
        case = Case(diagram)
        for key in order:
            case.complete(key, **({"v": "nieuw"} if key == "b" else {"w": {"x": 1}}))
        assert case.variables == {"v": "nieuw", "w": {"x": 1}}


def test_an_inclusive_join_does_not_wait_for_a_branch_that_was_not_chosen() -> None:
    diagram = bpmn(
        START
        + gateway("inclusive", "splits", "anders")
        + user("a")
        + user("b")
        + user("c")
        + gateway("inclusive", "samen")
        + user("na")
        + END
        + chain("begin", "splits")
        + flow("splits", "a", "=x > 0")
        + flow("splits", "b", "=x > 1")
        + flow("splits", "c", key="anders")
        + chain("a", "samen")
        + chain("b", "samen")
        + chain("c", "samen", "na", "einde")
    )
    case = Case(diagram, variables={"x": 1})
    case.complete("a")
    assert case.open == ["na"]
    case = Case(diagram, variables={"x": 2})
    case.complete("b")
    assert case.open == ["a"]
    case.complete("a")
    assert case.open == ["na"]
    assert Case(diagram, variables={"x": 0}).open == ["c"]


def test_an_inclusive_join_waits_for_a_branch_that_is_still_further_back() -> None:
    diagram = bpmn(
        START
        + gateway("inclusive", "splits")
        + user("a")
        + user("b")
        + gateway("exclusive", "weg", "naar_samen")
        + gateway("inclusive", "samen")
        + user("na")
        + END
        + '<endEvent id="afgehaakt" name="Afgehaakt"/>'
        + chain("begin", "splits")
        + flow("splits", "a", "=true")
        + flow("splits", "b", "=true")
        + chain("a", "samen")
        + chain("b", "weg")
        + flow("weg", "afgehaakt", "=haakt_af")
        + flow("weg", "samen", key="naar_samen")
        + chain("samen", "na", "einde")
    )
    case = Case(diagram)
    case.complete("a")
    assert case.open == ["b"]
    case.complete("b", haakt_af=True)
    assert case.open == ["na"]


def test_a_thousand_rounds_of_a_loop_keep_the_state_small() -> None:
    diagram = bpmn(
        START
        + gateway("exclusive", "terug")
        + gateway("parallel", "splits")
        + script("x", "teller + 1", "teller")
        + script("y", "1", "ander")
        + gateway("parallel", "samen")
        + gateway("exclusive", "genoeg", "klaar")
        + user("na")
        + END
        + chain("begin", "terug", "splits", "x", "samen", "genoeg")
        + chain("splits", "y", "samen")
        + flow("genoeg", "terug", "=teller &lt; 1200")
        + flow("genoeg", "na", key="klaar")
        + chain("na", "einde")
    )
    case = Case(diagram, variables={"teller": 0})
    assert case.open == ["na"]
    assert case.variables["teller"] == 1200
    assert len(case.last.state) < 400


def test_a_diagram_that_runs_in_circles_is_stopped_with_an_incident() -> None:
    diagram = bpmn(
        START
        + gateway("exclusive", "terug")
        + script("x", "1", "y")
        + gateway("exclusive", "door", "klaar")
        + END
        + chain("begin", "terug", "x", "door")
        + flow("door", "terug", "=true")
        + flow("door", "einde", key="klaar")
    )
    with pytest.raises(Incident, match="in een kring") as caught:
        Case(diagram)
    assert caught.value.element_id in {"terug", "x", "door"}


def test_the_place_of_a_shape_on_the_canvas_decides_nothing() -> None:
    shapes = "".join(
        f'<bpmndi:BPMNShape id="vorm_{key}" bpmnElement="{key}">'
        f'<dc:Bounds x="1" y="{y}" width="100" height="80"/></bpmndi:BPMNShape>'
        for key, y in (("a", 900), ("b", 500), ("c", 100))
    )
    drawn = (
        '<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
        'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" id="tekening">'
        f'<bpmndi:BPMNPlane id="vlak" bpmnElement="proces">{shapes}</bpmndi:BPMNPlane>'
        "</bpmndi:BPMNDiagram></definitions>"
    )
    flows = [flow("kies", "a", "=true"), flow("kies", "b", "=true"), flow("kies", "c", "=true")]
    content = choice(*flows).replace(b"</definitions>", drawn.encode())
    assert Case(content, guarded=False).open == ["a"]


def test_an_inclusive_join_waits_for_what_leaves_the_split_at_the_same_moment() -> None:
    diagram = bpmn(
        START
        + gateway("inclusive", "splits")
        + user("a")
        + gateway("inclusive", "samen")
        + user("na")
        + END
        + chain("begin", "splits")
        + flow("splits", "samen", "=true")
        + flow("splits", "a", "=true")
        + chain("a", "samen", "na", "einde")
    )
    case = Case(diagram)
    assert case.open == ["a"]
    case.complete("a")
    assert case.open == ["na"]


def test_an_inclusive_join_does_not_wait_for_who_can_also_come_along_a_flow_that_has_a_token() -> (
    None
):
    diagram = bpmn(
        START
        + gateway("parallel", "splits")
        + user("a")
        + user("b")
        + gateway("exclusive", "ergens")
        + gateway("exclusive", "naar", "rechts")
        + gateway("inclusive", "samen")
        + user("na")
        + END
        + chain("begin", "splits", "a", "ergens", "samen", "na", "einde")
        + chain("splits", "b", "naar")
        + flow("naar", "ergens", "=links")
        + flow("naar", "samen", key="rechts")
    )
    case = Case(diagram)
    case.complete("a")
    assert case.open == ["b", "na"]
