"""Who catches errors, escalations, messages and signals."""

import pytest

from service import engine
from service.domain.errors import Conflict, Incident, NotFound
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
    end,
    error,
    escalation,
    gateway,
    io,
    job,
    many,
    message,
    on_message,
    process,
    sub,
    thrown,
    user,
)

ERROR = error("fout", "MISLUKT")
OTHER = error("anders", "ANDERS")
ESCALATION = escalation("hulp", "HULP")


def part(number: int, event: str) -> str:
    """A subprocess with one task, that ends by throwing."""
    n = number
    body = (
        f'<startEvent id="b{n}" name="b"/>'
        + user(f"u{n}")
        + end(f"e{n}", event)
        + chain(f"b{n}", f"u{n}", f"e{n}")
    )
    return sub(f"deel{n}", body)


def siblings(kind: str, *, interrupting: bool = True) -> bytes:
    """Two subprocesses side by side that throw and catch the same."""
    event = thrown(kind, "fout" if kind == "error" else "hulp")
    edges = "".join(
        boundary(f"rand{n}", f"deel{n}", event, interrupting=interrupting)
        + user(f"h{n}")
        + chain(f"rand{n}", f"h{n}", "einde")
        + chain("splits", f"deel{n}", "einde")
        for n in (1, 2)
    )
    return bpmn(
        START
        + gateway("parallel", "splits")
        + part(1, event)
        + part(2, event)
        + edges
        + END
        + chain("begin", "splits"),
        ERROR if kind == "error" else ESCALATION,
    )


@pytest.mark.parametrize("kind", ["error", "escalation"])
def test_only_the_activity_that_holds_the_thrower_catches(kind: str) -> None:
    case = Case(siblings(kind))
    case.complete("u1")
    assert case.open == ["h1", "u2"]
    case.complete("u2")
    assert case.open == ["h1", "h2"]
    case.complete("h1")
    case.complete("h2")
    assert case.ended == "einde"


def test_an_escalation_can_be_heard_while_the_work_goes_on() -> None:
    case = Case(siblings("escalation", interrupting=False), guarded=False)
    case.complete("u1")
    assert case.open == ["h1", "u2"]
    assert "deel1" in case.told("completed")
    assert "deel1" not in case.told("cancelled")


def nested(event: str, *edges: str, extra: str = ERROR) -> bytes:
    """A subprocess within a subprocess, and events on the edge of the outer one."""
    outer = (
        '<startEvent id="ob" name="ob"/>'
        + part(1, event)
        + '<endEvent id="oe" name="oe"/>'
        + chain("ob", "deel1", "oe")
    )
    handlers = "".join(
        edge + user(f"na_{key}") + chain(key, f"na_{key}", "einde")
        for key, edge in ((f"rand{i}", edge) for i, edge in enumerate(edges))
    )
    return bpmn(
        START + sub("buiten", outer) + handlers + END + chain("begin", "buiten", "einde"), extra
    )


def test_an_error_goes_outwards_until_somebody_catches_it() -> None:
    case = Case(
        nested(thrown("error", "fout"), boundary("rand0", "buiten", thrown("error", "fout")))
    )
    case.complete("u1")
    assert case.open == ["na_rand0"]
    assert {"deel1", "buiten"} <= set(case.told("cancelled"))
    assert "e1" in case.told("completed")
    case.complete("na_rand0")
    assert case.ended == "einde"


def test_who_names_the_code_goes_before_who_catches_everything() -> None:
    case = Case(
        nested(
            thrown("error", "fout"),
            boundary("rand0", "buiten", thrown("error")),
            boundary("rand1", "buiten", thrown("error", "fout")),
        )
    )
    case.complete("u1")
    assert case.open == ["na_rand1"]


def test_an_error_that_nobody_catches_stops_the_case_where_it_was_thrown() -> None:
    case = Case(
        nested(
            thrown("error", "fout"),
            boundary("rand0", "buiten", thrown("error", "anders")),
            extra=ERROR + OTHER,
        ),
        guarded=False,
    )
    before = case.last
    with pytest.raises(Incident, match="MISLUKT") as caught:
        case.complete("u1")
    assert caught.value.element_id == "e1"
    assert case.last is before
    assert case.open == ["u1"]


def test_an_error_crosses_the_edge_of_a_called_process() -> None:
    called = process(
        "ander",
        '<startEvent id="b" name="b"/>'
        + user("u")
        + end("e", thrown("error", "fout"))
        + chain("b", "u", "e"),
    )
    case = Case(
        bpmn(
            START
            + call("roep", "ander")
            + boundary("rand", "roep", thrown("error", "fout"))
            + user("na")
            + END
            + chain("begin", "roep", "einde")
            + chain("rand", "na", "einde"),
            ERROR + called,
        )
    )
    case.complete("u")
    assert case.open == ["na"]


def jobs() -> bytes:
    """Two jobs side by side, each with an error of its own kind on its edge."""
    edges = "".join(
        job(f"j{n}")
        + boundary(f"rand{n}", f"j{n}", thrown("error", "fout"))
        + user(f"h{n}")
        + chain(f"rand{n}", f"h{n}", "einde")
        + chain("splits", f"j{n}", "einde")
        for n in (1, 2)
    )
    return bpmn(
        START + gateway("parallel", "splits") + edges + END + chain("begin", "splits"), ERROR
    )


def test_an_error_of_a_handler_reaches_only_the_edge_of_its_own_task() -> None:
    case = Case(jobs())
    advance = case.fail("j2", "MISLUKT")
    assert case.open == ["h2"]
    assert [job.element_id for job in case.jobs.values()] == ["j1"]
    assert len(advance.cancelled_jobs) == 1


def test_an_error_of_a_handler_that_nobody_catches_is_an_incident() -> None:
    case = Case(jobs())
    with pytest.raises(Incident, match="ONBEKEND") as caught:
        case.fail("j1", "ONBEKEND")
    assert caught.value.element_id == "j1"


WAITERS = bpmn(
    START
    + sub(
        "partners",
        '<startEvent id="b" name="b"/>'
        + catch("wacht", on_message("m"))
        + user("na")
        + '<endEvent id="e" name="e"/>'
        + chain("b", "wacht", "na", "e"),
        inner=many('inputCollection="=namen" inputElement="partner"'),
    )
    + END
    + chain("begin", "partners", "einde"),
    message("m", "reactie", "=partner"),
)


def test_a_message_wakes_only_who_waits_for_its_key() -> None:
    case = Case(WAITERS, variables={"namen": ["zvh", 12.50]})
    assert {(s.name, s.correlation_key) for s in case.last.waiting_for} == {
        ("reactie", "zvh"),
        ("reactie", "12.5"),
    }
    case.deliver("reactie", "12.5", besluit={"wat": "ja"})
    assert [task.scope for task in case.tasks.values()] == ["partners#2"]
    assert case.variables["besluit"] == {"wat": "ja"}
    with pytest.raises(NotFound):
        case.deliver("reactie", "12.5")
    with pytest.raises(NotFound):
        case.deliver("iets_anders", "zvh")


def test_a_message_wakes_everybody_who_waits_for_its_key() -> None:
    case = Case(WAITERS, variables={"namen": ["zvh", "zvh"]})
    case.deliver("reactie", "zvh")
    assert case.open == ["na", "na"]


def test_a_key_that_yields_nothing_stops_the_case_naming_the_event() -> None:
    with pytest.raises(Incident) as caught:
        Case(WAITERS, variables={"namen": [None, "zvh"]})
    assert caught.value.element_id == "wacht"


def test_an_ended_case_takes_no_message() -> None:
    case = Case(bpmn(START + user("a") + END + chain("begin", "a", "einde")))
    case.complete("a")
    with pytest.raises(Conflict):
        case.deliver("reactie", "zvh")


def test_a_sent_message_carries_its_key_and_only_what_its_mappings_name() -> None:
    sending = (
        '<intermediateThrowEvent id="stuur" name="Stuur">'
        f"{on_message('m')}</intermediateThrowEvent>"
    )
    case = Case(
        bpmn(
            START + sending + user("na") + END + chain("begin", "stuur", "na", "einde"),
            message("m", "verzoek", "=kenmerk"),
        ),
        variables={"kenmerk": "Z-1", "geheim": "x"},
    )
    (sent,) = case.last.messages
    assert (sent.name, sent.correlation_key, sent.payload) == ("verzoek", "Z-1", {})
    case.complete("na")
    assert case.last.messages == ()


def test_a_message_on_the_edge_that_does_not_interrupt_comes_every_time() -> None:
    case = Case(
        bpmn(
            START
            + user("werk")
            + boundary("rand", "werk", on_message("m"), interrupting=False)
            + user("lezen")
            + END
            + chain("begin", "werk", "einde")
            + chain("rand", "lezen", "einde"),
            message("m", "aanvulling", "=1"),
        ),
        guarded=False,
    )
    for count in (1, 2, 3):
        case.deliver("aanvulling", "1")
        assert case.open == ["lezen"] * count + ["werk"]
    case.complete("werk")
    assert case.last.waiting_for == ()


def test_a_process_that_starts_by_a_message_takes_the_payload_as_its_variables() -> None:
    body = (
        START
        + f'<startEvent id="via" name="via">{on_message("m")}</startEvent>'
        + user("a")
        + user("b")
        + END
        + chain("begin", "a", "einde")
        + chain("via", "b", "einde")
    )
    bundle = engine.compile_bundle({"a.bpmn": bpmn(body, message("m", "melding"))}, {})
    around = engine.Surroundings(now=NOW)
    assert bundle.processes["proces"].start_messages == ("melding",)
    advance = engine.start_by_message(
        bundle, "proces", message="melding", payload={"x": 1}, around=around
    )
    assert [task.element_id for task in advance.opened] == ["b"]
    assert advance.variables == {"x": 1}
    advance = engine.start(bundle, "proces", variables={}, around=around)
    assert [task.element_id for task in advance.opened] == ["a"]
    with pytest.raises(NotFound):
        engine.start_by_message(bundle, "proces", message="anders", payload={}, around=around)


def test_a_terminate_end_takes_everything_in_its_own_process_with_it() -> None:
    inner = (
        '<startEvent id="sb" name="sb"/>'
        + gateway("parallel", "ss")
        + user("a")
        + user("b")
        + end("stop", "<terminateEventDefinition/>")
        + '<endEvent id="se" name="se"/>'
        + chain("sb", "ss", "a", "stop")
        + chain("ss", "b", "se")
    )
    case = Case(
        bpmn(
            START
            + gateway("parallel", "splits")
            + sub("deel", inner)
            + user("na")
            + user("naast")
            + END
            + chain("begin", "splits", "deel", "na", "einde")
            + chain("splits", "naast", "einde")
        )
    )
    case.complete("a")
    assert case.open == ["na", "naast"]
    assert "b" in case.told("cancelled")


def test_a_terminate_end_of_the_case_ends_it_with_what_runs_inside() -> None:
    inner = '<startEvent id="sb" name="sb"/>' + user("binnen") + '<endEvent id="se" name="se"/>'
    case = Case(
        bpmn(
            START
            + gateway("parallel", "splits")
            + sub("deel", inner + chain("sb", "binnen", "se"))
            + user("a")
            + job("werk")
            + end("stop", "<terminateEventDefinition/>")
            + END
            + chain("begin", "splits", "deel", "einde")
            + chain("splits", "a", "stop")
            + chain("splits", "werk", "einde")
        )
    )
    advance = case.complete("a")
    assert case.ended == "stop"
    assert {(t.element_id, t.how) for t in advance.closed} == {
        ("a", "completed"),
        ("binnen", "cancelled"),
    }
    assert len(advance.cancelled_jobs) == 1
    assert case.open == []


def test_a_flow_that_leaves_an_error_goes_on_only_once() -> None:
    """The thrower's own subprocess must not also end in the ordinary way."""
    diagram = nested(thrown("error", "fout"), boundary("rand0", "buiten", thrown("error", "fout")))
    case = Case(diagram)
    case.complete("u1")
    assert case.told("completed").count("einde") == 0
    case.complete("na_rand0")
    assert case.told("completed").count("einde") == 1


def test_the_mappings_of_a_task_do_not_reach_what_comes_after_it() -> None:
    case = Case(
        bpmn(
            START
            + job("werk", settings=io({"klein": "=groot.deel"}))
            + user("na")
            + END
            + chain("begin", "werk", "na", "einde")
        ),
        variables={"groot": {"deel": 1, "geheim": 2}},
    )
    assert case.job("werk").variables == {"klein": 1}
    case.finish("werk")
    assert "klein" not in case.variables
