"""Could the diagram have brought a case where it stands? Every real state yes, an odd one no."""

from random import Random
from uuid import UUID

import pytest

from service import engine
from service.engine import codec
from service.engine.report import report
from tests.unit.engine import soak
from tests.unit.engine.diagrams import (
    END,
    NOW,
    START,
    Case,
    boundary,
    bpmn,
    chain,
    flow,
    gateway,
    handler,
    message,
    on_message,
    sub,
    timer,
    unguarded,
    user,
)
from tests.unit.engine.random_processes import drawn

CHOICE = bpmn(
    START
    + user("vraag")
    + gateway("exclusive", "keus", default="anders")
    + user("ja")
    + user("nee")
    + gateway("exclusive", "samen")
    + END
    + chain("begin", "vraag", "keus")
    + flow("keus", "ja", when="=x = 1")
    + flow("keus", "nee", key="anders")
    + chain("ja", "samen", "einde")
    + chain("nee", "samen")
)
BOTH = bpmn(
    START
    + gateway("parallel", "uit")
    + user("links")
    + user("rechts")
    + gateway("parallel", "samen")
    + user("daarna")
    + END
    + chain("begin", "uit", "links", "samen", "daarna", "einde")
    + chain("uit", "rechts", "samen")
)
STOPPED = bpmn(
    START
    + sub(
        "deel",
        '<startEvent id="sb"/>'
        + user("in")
        + '<endEvent id="se"/>'
        + chain("sb", "in", "se")
        + handler("opvang", on_message("m_stop")),
    )
    + END
    + chain("begin", "deel", "einde"),
    message("m_stop", "stop"),
)


def verdict(case: Case) -> engine.Verdict:
    return engine.could_stand(case.bundle, case.last.state)


def token(case: Case, element_id: str) -> UUID:
    found = engine.standing(case.bundle, case.last.state, around=case.around)
    return next(t.token_id for t in found if t.element_id == element_id)


def redo(case: Case, element_id: str) -> engine.Verdict:
    case.take(
        engine.redo(
            case.bundle, case.last.state, element_id=element_id, scope="", around=case.around
        )
    )
    return verdict(case)


def skip(case: Case, element_id: str) -> engine.Verdict:
    case.take(
        engine.skip(
            case.bundle,
            case.last.state,
            token_id=token(case, element_id),
            around=case.around,
        )
    )
    return verdict(case)


def move(case: Case, element_id: str, to: str) -> engine.Verdict:
    case.take(
        engine.move_token(
            case.bundle,
            case.last.state,
            token_id=token(case, element_id),
            to=to,
            around=case.around,
        )
    )
    return verdict(case)


@pytest.mark.parametrize("first", range(0, 150, 15))
def test_every_state_that_a_random_process_really_gets_to_could_stand(first: int) -> None:
    for seed in range(first, first + 15):
        bundle = unguarded({"p.bpmn": drawn(seed)[0]})
        random = Random(seed)  # noqa: S311 - a test must be able to run again
        around = engine.Surroundings(now=NOW)
        state = engine.start(bundle, "proces", variables={}, around=around).state
        case = codec.load(state, bundle, around)
        for _ in range(60):
            found = engine.could_stand(bundle, state)
            assert found.possible, (seed, found)
            if case.completed:
                break
            soak.act(case, soak.chosen(random, soak.actions(case)))
            case.steps = 0
            state = report(case, {}).state


def test_a_second_token_beside_an_exclusive_branch_could_not_have_come() -> None:
    case = Case(CHOICE)
    case.complete("vraag", x=1)
    assert verdict(case).possible
    found = redo(case, "nee")
    assert found.possible is False
    assert (
        "‘Taak ja’ en ‘Taak nee’ lopen volgens het diagram nooit tegelijk"
        in found.oddities[0].reason
    )


def test_the_other_branch_instead_could_have_come() -> None:
    case = Case(CHOICE)
    case.complete("vraag", x=1)
    assert move(case, "ja", "nee").possible
    assert move(case, "nee", "vraag").possible


def test_a_task_that_is_open_twice_could_not_have_come() -> None:
    case = Case(CHOICE)
    found = redo(case, "vraag")
    assert found.possible is False
    assert "2 keer tegelijk" in found.oddities[0].reason


def test_one_leg_skipped_could_have_been_done_but_not_skipped_once_more_at_the_join() -> None:
    case = Case(BOTH)
    assert skip(case, "links").possible
    found = skip(case, "samen")
    assert found.possible is False
    assert "nooit tegelijk" in found.oddities[0].reason


def test_a_leg_done_once_more_while_its_join_waits_could_not_have_come() -> None:
    case = Case(BOTH)
    case.complete("links")
    assert verdict(case).possible
    assert redo(case, "links").possible is False


def test_half_of_two_branches_alone_would_wait_for_ever() -> None:
    case = Case(BOTH)
    case.complete("links")
    case.complete("rechts")
    found = move(case, "daarna", "links")
    assert found.possible is False
    assert "Naast ‘Taak links’ hoort nog een andere stap" in found.oddities[0].reason


def test_what_an_interrupting_handler_ended_cannot_run_beside_it() -> None:
    case = Case(STOPPED)
    case.deliver("stop")
    assert verdict(case).possible
    case.take(
        engine.redo(case.bundle, case.last.state, element_id="in", scope="deel", around=case.around)
    )
    assert verdict(case).possible is False


def test_what_was_odd_before_a_repair_is_not_held_against_it() -> None:
    case = Case(CHOICE)
    before = redo(case, "vraag")
    assert verdict(case).beyond(before).possible
    assert verdict(case).beyond(engine.Verdict(oddities=())).possible is False


def test_where_no_net_can_tell_nothing_is_claimed() -> None:
    many = "".join(
        user(f"t{n}")
        + boundary(f"r{n}", f"t{n}", timer("P1D"))
        + chain("uit", f"t{n}", "samen")
        + chain(f"r{n}", "einde")
        for n in range(18)
    )
    body = START + gateway("parallel", "uit") + many + gateway("parallel", "samen") + user("na")
    case = Case(bpmn(body + END + chain("begin", "uit") + chain("samen", "na", "einde")))
    found = redo(case, "na")
    assert found.possible is None
    assert not found.oddities[0].certain


def test_a_diagram_that_doubles_steps_itself_says_nothing_about_a_case() -> None:
    body = (
        START
        + gateway("parallel", "uit")
        + user("a")
        + user("b")
        + gateway("exclusive", "samen")
        + user("na")
        + END
        + chain("begin", "uit", "a", "samen", "na", "einde")
        + chain("uit", "b", "samen")
    )
    case = Case(bpmn(body))
    found = redo(case, "na")
    assert found.possible is None
    assert "zelf al stappen dubbel" in found.oddities[0].reason
