"""Several flows and conditions leave a task or an event: each flow that holds gets a token."""

from datetime import timedelta

import pytest

from service.domain.errors import Incident
from tests.unit.engine.diagrams import (
    END,
    START,
    Case,
    boundary,
    bpmn,
    chain,
    flow,
    sub,
    timer,
    user,
)


def test_every_flow_out_of_a_task_gets_a_token() -> None:
    case = Case(
        bpmn(
            START
            + user("a")
            + user("b")
            + user("c")
            + END
            + chain("begin", "a", "b", "einde")
            + chain("a", "c", "einde")
        )
    )
    case.complete("a")
    assert case.open == ["b", "c"]
    case.complete("b")
    assert case.ended is None
    case.complete("c")
    assert case.ended == "einde"


def test_several_flows_leave_a_start_a_boundary_and_a_subprocess() -> None:
    body = (
        START
        + sub(
            "deel",
            '<startEvent id="sb"/>'
            + user("in_1")
            + user("in_2")
            + '<endEvent id="se"/>'
            + chain("sb", "in_1", "se")
            + chain("sb", "in_2", "se"),
        )
        + boundary("rand", "deel", timer("PT1H"), interrupting=False)
        + "".join(user(key) for key in ("r1", "r2", "na_1", "na_2"))
        + END
        + chain("begin", "deel", "na_1", "einde")
        + chain("deel", "na_2", "einde")
        + chain("rand", "r1", "einde")
        + chain("rand", "r2", "einde")
    )
    case = Case(bpmn(body))
    case.wait(timedelta(hours=1))
    assert case.open == ["in_1", "in_2", "r1", "r2"]
    case.complete("in_1")
    case.complete("in_2")
    assert case.open == ["na_1", "na_2", "r1", "r2"]


CONDITIONAL = bpmn(
    START
    + user("a").replace("<userTask", '<userTask default="anders"')
    + "".join(user(key) for key in ("b", "c", "d"))
    + END
    + chain("begin", "a")
    + flow("a", "b", "=x &gt; 1")
    + flow("a", "c", "=x &gt; 2")
    + flow("a", "d", key="anders")
    + "".join(chain(key, "einde") for key in ("b", "c", "d"))
)


@pytest.mark.parametrize(("x", "then"), [(3, ["b", "c"]), (2, ["b"]), (0, ["d"])])
def test_a_task_takes_every_flow_that_holds_else_the_default(x: int, then: list[str]) -> None:
    case = Case(CONDITIONAL)
    case.complete("a", x=x)
    assert case.open == then


def test_a_flow_without_condition_is_always_taken() -> None:
    body = START + user("a") + user("b") + user("c") + END + chain("begin", "a")
    body += flow("a", "b", "=false") + flow("a", "c") + chain("b", "einde") + chain("c", "einde")
    case = Case(bpmn(body))
    case.complete("a")
    assert case.open == ["c"]


def test_conditions_that_all_fail_without_default_are_an_incident_and_nothing_is_lost() -> None:
    body = START + user("a") + END + chain("begin", "a") + flow("a", "einde", "=x = 1")
    case = Case(bpmn(body))
    with pytest.raises(Incident) as stopped:
        case.complete("a", x=2)
    assert stopped.value.element_id == "a"
    case.complete("a", x=1)
    assert case.ended == "einde"


def test_a_condition_reads_the_case_and_not_the_locals_of_the_task() -> None:
    mapping = '<zeebe:ioMapping><zeebe:input source="=99" target="x"/></zeebe:ioMapping>'
    body = START + user("a", mapping) + user("b") + END + chain("begin", "a")
    body += flow("a", "b", "=x = 99") + flow("a", "einde", "=x = 1") + chain("b", "einde")
    case = Case(bpmn(body), variables={"x": 1})
    case.complete("a")
    assert case.ended == "einde"
