"""Repair by hand: move, skip, redo, set a variable, cancel; never half."""

from uuid import uuid4

import pytest

from service import engine
from service.domain.errors import Conflict, InvalidInput, NotFound
from tests.unit.engine.diagrams import (
    END,
    START,
    Case,
    boundary,
    bpmn,
    catch,
    chain,
    condition,
    gateway,
    handler,
    job,
    many,
    sub,
    timer,
    user,
)

LINE = bpmn(
    START
    + user("a")
    + boundary("rand", "a", timer("P1D"), interrupting=False)
    + user("b")
    + user("c")
    + '<endEvent id="klaar"/>'
    + END
    + chain("begin", "a", "b", "c", "einde")
    + chain("rand", "klaar")
)
INSIDE = '<startEvent id="sb"/>' + user("in") + '<endEvent id="se"/>' + chain("sb", "in", "se")


def token(case: Case, element_id: str) -> engine.Token:
    found = engine.standing(case.bundle, case.last.state, around=case.around)
    return next(t for t in found if t.element_id == element_id)


def moved(case: Case, element_id: str, to: str) -> engine.Advance:
    return case.take(
        engine.move_token(
            case.bundle,
            case.last.state,
            token_id=token(case, element_id).token_id,
            to=to,
            around=case.around,
        )
    )


def skipped(case: Case, element_id: str) -> engine.Advance:
    return case.take(
        engine.skip(
            case.bundle,
            case.last.state,
            token_id=token(case, element_id).token_id,
            around=case.around,
        )
    )


def test_what_stands_where_is_told_with_where_it_can_go() -> None:
    case = Case(LINE)
    assert [
        (t.element_id, t.armed)
        for t in engine.standing(case.bundle, case.last.state, around=case.around)
    ] == [("a", False), ("rand", True)]
    assert {"a", "b", "c", "einde"} <= set(token(case, "a").can_go_to)
    assert token(case, "rand").can_go_to == ()
    assert token(case, "rand").due is not None


def test_a_token_moves_forward_and_back_and_its_timers_go_with_it() -> None:
    case = Case(LINE)
    moved(case, "a", "c")
    assert case.open == ["c"]
    assert case.last.next_due is None
    moved(case, "c", "a")
    assert case.open == ["a"]
    assert case.last.next_due is not None
    assert case.told("cancelled") == ["a", "c"]


def test_a_token_moves_out_of_a_subprocess_only_with_the_subprocess() -> None:
    case = Case(
        bpmn(START + sub("deel", INSIDE) + user("na") + END + chain("begin", "deel", "na", "einde"))
    )
    with pytest.raises(InvalidInput):
        moved(case, "in", "na")
    moved(case, "deel", "na")
    assert case.open == ["na"]


def test_moving_the_last_token_to_the_end_ends_the_case() -> None:
    case = Case(LINE)
    moved(case, "a", "einde")
    assert case.ended == "einde"
    with pytest.raises(Conflict):
        engine.skip(case.bundle, case.last.state, token_id=uuid4(), around=case.around)


def test_what_only_waits_beside_something_cannot_be_moved_or_skipped() -> None:
    case = Case(LINE)
    with pytest.raises(Conflict):
        moved(case, "rand", "b")
    with pytest.raises(Conflict):
        skipped(case, "rand")


def test_nothing_is_moved_to_where_nothing_can_arrive() -> None:
    body = START + gateway("parallel", "splits") + user("a") + user("b")
    body += gateway("parallel", "samen") + END
    case = Case(
        bpmn(body + chain("begin", "splits", "a", "samen", "einde") + chain("splits", "b", "samen"))
    )
    before = case.last.state
    for target in ("samen", "weg"):
        with pytest.raises(InvalidInput):
            moved(case, "a", target)
    assert case.last.state == before


def test_skipping_goes_on_as_if_it_were_done() -> None:
    body = START + job("werk") + catch("wacht", timer("P1D")) + sub("deel", INSIDE)
    body += user("elk", "", many('inputCollection="=[1, 2]"')) + user("na") + END
    case = Case(bpmn(body + chain("begin", "werk", "wacht", "deel", "elk", "na", "einde")))
    skipped(case, "werk")
    case.jobs.clear()
    skipped(case, "wacht")
    assert case.open == ["in"]
    skipped(case, "deel")
    assert case.open == ["elk", "elk"]
    skipped(case, "elk")
    assert case.open == ["na"]


def test_a_join_that_waits_in_vain_can_be_skipped() -> None:
    body = START + gateway("parallel", "splits") + user("a") + user("b")
    body += gateway("parallel", "samen") + user("na") + END
    case = Case(
        bpmn(
            body
            + chain("begin", "splits", "a", "samen", "na", "einde")
            + chain("splits", "b", "samen")
        )
    )
    case.complete("a")
    skipped(case, "samen")
    assert case.open == ["b", "na"]


def test_a_task_is_done_again_beside_what_runs() -> None:
    case = Case(LINE)
    case.complete("a")
    case.take(
        engine.redo(case.bundle, case.last.state, element_id="a", scope="", around=case.around)
    )
    assert case.open == ["a", "b"]
    with pytest.raises(NotFound):
        engine.redo(case.bundle, case.last.state, element_id="a", scope="weg", around=case.around)


def test_a_variable_that_is_set_wakes_conditions_and_is_checked() -> None:
    case = Case(
        bpmn(
            START
            + user("a")
            + END
            + chain("begin", "a", "einde")
            + handler("h", condition("=signaal.ernst = 3"))
        )
    )
    case.take(
        engine.set_variable(
            case.bundle, case.last.state, path="signaal.ernst", value=3, around=case.around
        )
    )
    assert case.open == ["h_taak"]
    assert case.variables == {"signaal": {"ernst": 3}}
    for path in ("gemeente", "gemeente.naam", "1x", "a..b"):
        with pytest.raises(InvalidInput):
            engine.set_variable(
                case.bundle, case.last.state, path=path, value=1, around=case.around
            )


def test_a_cancelled_case_is_over_and_leaves_nothing_open() -> None:
    case = Case(LINE)
    advance = case.take(engine.cancel_instance(case.bundle, case.last.state, around=case.around))
    assert advance.ended is not None
    assert case.open == []
    assert advance.next_due is None
    with pytest.raises(Conflict):
        engine.cancel_instance(case.bundle, case.last.state, around=case.around)
