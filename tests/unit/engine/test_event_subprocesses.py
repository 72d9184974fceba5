"""Event subprocesses: they wait while their scope runs, interrupt it or run beside it."""

from datetime import timedelta

import pytest

from service import engine
from service.domain.errors import Incident
from service.engine import codec
from tests.unit.engine.diagrams import (
    END,
    NOW,
    START,
    Case,
    boundary,
    bpmn,
    call,
    catch,
    chain,
    condition,
    end,
    error,
    escalation,
    handler,
    job,
    many,
    message,
    on_message,
    on_signal,
    process,
    script,
    sub,
    throw,
    thrown,
    timer,
    user,
)

EXTRA = (
    message("m", "melding", "=nummer")
    + '<signal id="s" name="alarm"/>'
    + error("f", "MIS")
    + escalation("e", "HULP")
)
WORK = START + user("taak") + END + chain("begin", "taak", "einde")
HOUR = timedelta(hours=1)


def cause(case: Case, kind: str) -> None:
    """Lets the thing happen that the event subprocess waits for."""
    if kind == "message":
        case.deliver("melding", "7", bron="buiten")
    elif kind == "signal":
        case.signal("alarm")
    elif kind == "timer":
        case.wait(HOUR)


EVENTS = {"message": on_message("m"), "signal": on_signal("s"), "timer": timer("PT1H")}


@pytest.mark.parametrize("kind", sorted(EVENTS))
def test_interrupting_ends_everything_else_in_the_scope(kind: str) -> None:
    case = Case(bpmn(WORK + handler("h", EVENTS[kind]), EXTRA), variables={"nummer": 7})
    cause(case, kind)
    assert case.open == ["h_taak"]
    assert case.told("cancelled") == ["taak"]
    assert case.told("entered")[-2:] == ["h", "h_taak"]
    assert not case.last.waiting_for
    assert not case.last.waiting_signals
    assert case.last.next_due is None
    case.complete("h_taak")
    assert case.last.ended is not None
    assert case.told("completed")[-3:] == ["h_taak", "h_einde", "h"]


@pytest.mark.parametrize("kind", ["message", "signal"])
def test_not_interrupting_runs_beside_the_scope_every_time(kind: str) -> None:
    body = WORK + handler("h", EVENTS[kind], interrupting=False)
    case = Case(bpmn(body, EXTRA), variables={"nummer": 7})
    for _ in range(3):
        cause(case, kind)
    assert case.open == ["h_taak", "h_taak", "h_taak", "taak"]
    case.complete("taak")
    for _ in range(3):
        assert case.last.ended is None
        case.complete("h_taak")
    assert case.last.ended is not None


def test_a_timer_fires_once_and_a_cycle_as_often_as_it_says() -> None:
    body = WORK + handler("h", timer("PT1H"), interrupting=False)
    body += handler("k", timer("R2/PT2H", "timeCycle"), interrupting=False)
    case = Case(bpmn(body))
    for _ in range(8):
        case.wait(HOUR)
    assert case.open == ["h_taak", "k_taak", "k_taak", "taak"]
    assert case.last.next_due is None


def test_a_listener_does_not_keep_its_scope_alive() -> None:
    case = Case(bpmn(WORK + handler("h", timer("PT1H")) + handler("k", on_signal("s")), EXTRA))
    case.complete("taak")
    assert case.ended == "einde"
    assert case.last.next_due is None
    assert not case.last.waiting_signals
    assert "h" not in case.told("cancelled")


def test_the_payload_of_a_message_lands_in_the_scope() -> None:
    case = Case(bpmn(WORK + handler("h", on_message("m")), EXTRA), variables={"nummer": 7})
    case.deliver("melding", "7", bron="buiten")
    assert case.variables["bron"] == "buiten"


def inside(body: str) -> str:
    return sub("deel", '<startEvent id="sb"/>' + body)


def test_an_error_end_is_caught_beside_it_before_the_edge_around_it() -> None:
    body = (
        START
        + inside(
            user("a")
            + end("se", thrown("error", "f"))
            + chain("sb", "a", "se")
            + handler("h", thrown("error", "f"))
        )
        + boundary("rand", "deel", thrown("error", "f"))
        + '<endEvent id="mis"/>'
        + END
        + chain("begin", "deel", "einde")
        + chain("rand", "mis")
    )
    case = Case(bpmn(body, EXTRA))
    case.complete("a")
    assert case.open == ["h_taak"]
    case.complete("h_taak")
    assert case.ended == "einde"
    assert "rand" not in case.told("completed")


def test_an_error_subprocess_that_itself_fails_is_caught_outside_and_never_by_itself() -> None:
    fails = handler("h", thrown("error", "f"), job("h_taak"))
    body = (
        START
        + inside(job("a") + '<endEvent id="se"/>' + chain("sb", "a", "se") + fails)
        + boundary("rand", "deel", thrown("error"))
        + '<endEvent id="mis"/>'
        + END
        + chain("begin", "deel", "einde")
        + chain("rand", "mis")
    )
    case = Case(bpmn(body, EXTRA))
    case.fail("a", "MIS")
    assert [job.element_id for job in case.jobs.values()] == ["h_taak"]
    case.fail("h_taak", "MIS")
    assert case.ended == "mis"


def test_a_named_error_goes_before_any_error_and_an_unmatched_one_stops_the_step() -> None:
    body = START + job("a") + END + chain("begin", "a", "einde")
    body += handler("alles", thrown("error")) + handler("deze", thrown("error", "f"))
    case = Case(bpmn(body, EXTRA))
    case.fail("a", "MIS")
    assert case.open == ["deze_taak"]

    only = Case(
        bpmn(
            START
            + job("a")
            + END
            + chain("begin", "a", "einde")
            + handler("deze", thrown("error", "f")),
            EXTRA,
        )
    )
    before = only.last.state
    with pytest.raises(Incident):
        only.fail("a", "ANDERS")
    assert only.last.state == before


def test_an_escalation_runs_beside_its_thrower_each_time() -> None:
    throws = throw("een", thrown("escalation", "e")) + throw("twee", thrown("escalation", "e"))
    body = START + throws + user("taak") + END + chain("begin", "een", "twee", "taak", "einde")
    case = Case(bpmn(body + handler("h", thrown("escalation", "e"), interrupting=False), EXTRA))
    assert case.open == ["h_taak", "h_taak", "taak"]
    assert case.told("completed")[:3] == ["begin", "een", "h_begin"]


def test_an_interrupting_escalation_ends_its_thrower() -> None:
    body = START + throw("een", thrown("escalation", "e")) + user("taak") + END
    body += chain("begin", "een", "taak", "einde") + handler("h", thrown("escalation", "e"))
    case = Case(bpmn(body, EXTRA))
    assert case.open == ["h_taak"]
    case.complete("h_taak")
    assert case.last.ended is not None


def test_a_condition_begins_when_it_becomes_true_and_again_after_it_was_false() -> None:
    body = START + "".join(user(k) for k in "abcd") + END + chain("begin", *"abcd", "einde")
    case = Case(bpmn(body + handler("h", condition("=bedrag &gt; 10"), interrupting=False)))
    case.complete("a", bedrag=11)
    assert case.open == ["b", "h_taak"]
    case.complete("b", bedrag=12)
    assert case.open == ["c", "h_taak"]
    case.complete("c", bedrag=1)
    case.complete("h_taak", bedrag=20)
    assert case.open == ["d", "h_taak"]


def test_a_condition_that_holds_from_the_start_interrupts_before_anything_is_done() -> None:
    case = Case(bpmn(WORK + handler("h", condition("=x"))), variables={"x": True})
    assert case.open == ["h_taak"]
    assert case.told("entered") == ["h", "h_taak"]


def test_they_nest_and_each_ends_its_own_scope_only() -> None:
    body = (
        START
        + inside(
            user("a")
            + '<endEvent id="se"/>'
            + chain("sb", "a", "se")
            + handler("binnen", on_signal("s"))
        )
        + user("na")
        + END
        + chain("begin", "deel", "na", "einde")
        + handler("buiten", timer("PT1H"))
    )
    case = Case(bpmn(body, EXTRA))
    case.signal("alarm")
    assert case.open == ["binnen_taak"]
    case.complete("binnen_taak")
    assert case.open == ["na"]
    case.wait(HOUR)
    assert case.open == ["buiten_taak"]


def test_one_inside_another_waits_only_while_the_other_runs() -> None:
    deep = handler("diep", on_signal("s"))
    outer = handler("h", timer("PT1H"), user("h_taak") + deep)
    case = Case(bpmn(WORK + outer, EXTRA))
    case.signal("alarm")
    assert case.open == ["taak"]
    case.wait(HOUR)
    case.signal("alarm")
    assert case.open == ["diep_taak"]


def test_every_instance_of_a_repetition_has_its_own() -> None:
    inner = user("a") + '<endEvent id="se"/>' + chain("sb", "a", "se")
    inner += handler("h", on_message("m"))
    body = (
        START
        + sub(
            "deel",
            '<startEvent id="sb"/>' + inner,
            many('inputCollection="=[7, 8]" inputElement="nummer"'),
        )
        + END
    )
    case = Case(bpmn(body + chain("begin", "deel", "einde"), EXTRA))
    assert sorted(w.correlation_key or "" for w in case.last.waiting_for) == ["7", "8"]
    case.deliver("melding", "8")
    assert case.open == ["a", "h_taak"]
    case.complete("a")
    case.complete("h_taak")
    assert case.ended == "einde"


def test_a_called_process_has_its_own_and_an_error_goes_through_the_call() -> None:
    called = process(
        "ander",
        '<startEvent id="b"/>'
        + job("w")
        + '<endEvent id="e2"/>'
        + chain("b", "w", "e2")
        + handler("h", thrown("error", "f")),
    )
    body = START + call("roep", "ander") + boundary("rand", "roep", thrown("error"))
    body += '<endEvent id="mis"/>' + END + chain("begin", "roep", "einde") + chain("rand", "mis")
    case = Case(bpmn(body, EXTRA + called))
    case.fail("w", "MIS")
    assert case.open == ["h_taak"]
    other = Case(bpmn(body, EXTRA + called))
    other.fail("w", "IETS")
    assert other.ended == "mis"


def test_terminate_inside_one_ends_only_itself() -> None:
    stop = script("h_taak", "1", "x")
    inner = handler("h", timer("PT1H"), stop, interrupting=False).replace(
        '<endEvent id="h_einde" name="E"/>', end("h_einde", "<terminateEventDefinition/>")
    )
    case = Case(bpmn(WORK + inner))
    case.wait(HOUR)
    assert case.open == ["taak"]
    case.complete("taak")
    assert case.ended == "einde"


def test_saved_and_loaded_a_listener_is_what_it_was() -> None:
    body = WORK + handler("h", timer("R/PT1H", "timeCycle"), interrupting=False)
    case = Case(bpmn(body))
    case.wait(HOUR)
    again = codec.load(case.last.state, case.bundle, case.around)
    assert codec.dump(again) == case.last.state


def test_trace_gives_a_message_once_to_who_goes_on_waiting_and_a_list_as_often_as_it_is_long() -> (
    None
):
    body = START + user("taak") + catch("wacht", timer("PT1H")) + END
    body += chain("begin", "taak", "wacht", "einde")
    body += handler("h", on_message("m"), interrupting=False)
    bundle = engine.compile_bundle({"p.bpmn": bpmn(body, EXTRA)}, {})
    around = engine.Surroundings(now=NOW)
    for given, often in (({}, 1), ([{}, {}, {}], 3)):
        found = engine.trace(
            bundle, "proces", variables={"nummer": 7}, around=around, messages={"melding": given}
        )
        assert found["status"] == "completed"
        assert found["completed"].count("h_taak") == often
