"""How long a token stood somewhere is told when it leaves, whatever else stands there."""

from dataclasses import replace
from datetime import timedelta

from tests.unit.engine.diagrams import (
    END,
    START,
    Case,
    boundary,
    bpmn,
    call,
    catch,
    chain,
    flow,
    gateway,
    job,
    many,
    message,
    on_message,
    process,
    sub,
    timer,
    user,
)

HOUR = 3600


def around(key: str, node: str) -> str:
    """One node between a start and an end of its own."""
    edges = f'<startEvent id="b_{key}" name="b"/><endEvent id="e_{key}" name="e"/>'
    return edges + node + chain(f"b_{key}", key, f"e_{key}")


def later(case: Case, hours: int) -> None:
    """Lets the clock go on without waking anybody."""
    case.around = replace(case.around, now=case.around.now + timedelta(hours=hours))


def stays(case: Case, element_id: str) -> list[tuple[str, int | None]]:
    """How it was left, and after how many hours."""
    return [
        (entry.what, None if entry.seconds is None else entry.seconds // HOUR)
        for entry in case.trail
        if entry.element_id == element_id and entry.what != "entered"
    ]


def test_a_job_a_timer_a_subprocess_and_a_call_each_tell_how_long_they_took() -> None:
    called = process("ander", around("u", user("u")))
    case = Case(
        bpmn(
            START
            + sub("deel", around("werk", job("werk")))
            + catch("pauze", timer("PT5H"))
            + call("roep", "ander")
            + END
            + chain("begin", "deel", "pauze", "roep", "einde"),
            called,
        ),
    )
    later(case, 2)
    case.finish("werk")
    case.wait(timedelta(hours=6))
    later(case, 9)
    case.complete("u")
    assert case.ended == "einde"
    assert stays(case, "werk") == stays(case, "deel") == [("completed", 2)]
    assert stays(case, "pauze") == [("completed", 6)], "an hour after it was due"
    assert stays(case, "roep") == [("completed", 9)]
    assert stays(case, "u") == [("completed", None)], "a task has moments of its own"


def test_instances_tell_apart_how_long_each_took_and_the_repetition_tells_nothing() -> None:
    for sequential, expected in ((False, [1, 3]), (True, [1, 2])):
        work = job("werk", inner=many('inputCollection="=[1, 2]"', sequential=sequential))
        case = Case(bpmn(START + work + END + chain("begin", "werk", "einde")))
        later(case, 1)
        case.finish("werk")
        later(case, 2)
        case.finish("werk")
        assert stays(case, "werk") == [*(("completed", n) for n in expected), ("completed", None)]


def test_what_is_interrupted_tells_how_long_it_stood() -> None:
    case = Case(
        bpmn(
            START
            + job("werk")
            + boundary("rand", "werk", timer("PT4H"))
            + END
            + chain("begin", "werk", "einde")
            + chain("rand", "einde")
        )
    )
    case.wait(timedelta(hours=4))
    assert stays(case, "werk") == [("cancelled", 4)]
    assert stays(case, "rand") == [("completed", None)], "it was armed, no token stood there"


def test_a_race_is_timed_at_its_gateway_and_not_at_the_event_that_won() -> None:
    case = Case(
        bpmn(
            START
            + gateway("eventBased", "wat_eerst")
            + catch("bericht", on_message("m"))
            + catch("te_lang", timer("P1D"))
            + END
            + chain("begin", "wat_eerst", "bericht", "einde")
            + flow("wat_eerst", "te_lang")
            + flow("te_lang", "einde"),
            message("m", "antwoord"),
        )
    )
    later(case, 7)
    case.deliver("antwoord")
    assert stays(case, "wat_eerst") == [("completed", 7)]
    assert stays(case, "bericht") == [("completed", None)]
    assert stays(case, "te_lang") == []
