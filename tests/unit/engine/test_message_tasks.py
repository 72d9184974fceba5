"""Receive and send tasks, links, event gateways with many ways, and cases that messages begin."""

from datetime import timedelta

import pytest

from service import engine
from service.domain.errors import NotFound
from tests.unit.engine.diagrams import (
    END,
    NOW,
    START,
    Case,
    boundary,
    bpmn,
    catch,
    chain,
    condition,
    end,
    ext,
    gateway,
    io,
    job,
    many,
    message,
    on_message,
    on_signal,
    throw,
    timer,
    user,
)

MESSAGES = message("m", "antwoord", "=nummer") + message("n", "vraag", "=nummer")
AROUND = engine.Surroundings(now=NOW)


def receive(key: str, settings: str = "", inner: str = "", more: str = "") -> str:
    return (
        f'<receiveTask id="{key}" name="Ontvang" messageRef="m" {more}>{ext(settings)}{inner}'
        "</receiveTask>"
    )


def send(key: str, settings: str = "") -> str:
    return f'<sendTask id="{key}" name="Stuur" messageRef="n">{ext(settings)}</sendTask>'


def link(name: str) -> str:
    return f'<linkEventDefinition name="{name}"/>'


def test_a_send_task_sends_what_its_mappings_say_and_goes_on() -> None:
    body = START + send("stuur", io({"x": "=nummer + 1"})) + END + chain("begin", "stuur", "einde")
    case = Case(bpmn(body, MESSAGES), variables={"nummer": 7})
    (sent,) = case.last.messages
    assert (sent.name, sent.correlation_key, sent.payload) == ("vraag", "7", {"x": 8})
    assert case.ended == "einde"


def test_a_send_task_that_repeats_sends_its_mappings_and_not_the_item() -> None:
    loop = many('inputCollection="=[7, 8]" inputElement="nummer"')
    task = send("stuur", io({"x": "=nummer + 1"})).replace("</sendTask>", f"{loop}</sendTask>")
    case = Case(bpmn(START + task + END + chain("begin", "stuur", "einde"), MESSAGES))
    sent = [(m.correlation_key, m.payload) for m in case.last.messages]
    assert sent == [("7", {"x": 8}), ("8", {"x": 9})]


def test_a_send_task_with_a_job_type_asks_a_handler() -> None:
    task = job("stuur").replace("serviceTask", "sendTask")
    case = Case(bpmn(START + task + END + chain("begin", "stuur", "einde")))
    case.finish("stuur", klaar=True)
    assert case.ended == "einde"


def test_a_receive_task_waits_for_its_key_and_takes_in_the_message() -> None:
    body = START + receive("wacht", io(outputs={"hier": "=tekst"})) + END
    case = Case(bpmn(body + chain("begin", "wacht", "einde"), MESSAGES), variables={"nummer": 7})
    with pytest.raises(NotFound):
        case.deliver("antwoord", "8")
    case.deliver("antwoord", "7", tekst="ja")
    assert case.ended == "einde"
    assert case.variables == {"nummer": 7, "hier": "ja"}
    assert case.told("entered") == ["wacht"]


def test_a_receive_task_has_a_boundary_and_repeats() -> None:
    loop = many('inputCollection="=[1, 2]" inputElement="nummer"')
    body = START + receive("wacht", "", loop) + boundary("te_laat", "wacht", timer("PT1H")) + END
    body += '<endEvent id="laat"/>' + chain("begin", "wacht", "einde") + chain("te_laat", "laat")
    case = Case(bpmn(body, MESSAGES))
    case.deliver("antwoord", "2")
    assert [w.correlation_key for w in case.last.waiting_for] == ["1"]
    case.wait(timedelta(hours=1))
    assert case.ended == "laat"
    assert not case.last.waiting_for


def test_links_jump_within_their_scope_and_many_land_on_one() -> None:
    body = (
        START
        + gateway("parallel", "splits")
        + user("a")
        + user("b")
        + throw("weg_a", link("verder"))
        + throw("weg_b", link("verder"))
        + catch("terug", link("verder"))
        + user("na")
        + END
        + chain("begin", "splits", "a", "weg_a")
        + chain("splits", "b", "weg_b")
        + chain("terug", "na", "einde")
    )
    case = Case(bpmn(body))
    case.complete("a")
    case.complete("b")
    assert case.open == ["na", "na"]
    assert case.told("completed")[2:] == ["a", "weg_a", "terug", "b", "weg_b", "terug"]
    assert case.told("completed").count("terug") == 2


def test_an_inclusive_join_waits_for_what_comes_over_a_link() -> None:
    body = (
        START
        + gateway("inclusive", "splits", "anders")
        + user("a")
        + user("b")
        + throw("weg", link("x"))
        + catch("terug", link("x"))
        + gateway("inclusive", "samen")
        + user("na")
        + END
        + chain("begin", "splits")
        + "".join(
            f'<sequenceFlow id="f{k}" sourceRef="splits" targetRef="{k}">'
            "<conditionExpression>=true</conditionExpression></sequenceFlow>"
            for k in "ab"
        )
        + '<sequenceFlow id="anders" sourceRef="splits" targetRef="samen"/>'
        + chain("a", "weg")
        + chain("terug", "samen", "na", "einde")
        + chain("b", "samen")
    )
    case = Case(bpmn(body))
    case.complete("b")
    assert case.open == ["a"]
    case.complete("a")
    assert case.open == ["na"]


def race(*events: str) -> str:
    ways = "".join(events)
    keys = [f"w{n}" for n in range(len(events))]
    body = START + gateway("eventBased", "race")
    body += ways + "".join(user(f"na{n}") for n in range(len(events))) + END
    body += chain("begin", "race")
    for n, key in enumerate(keys):
        body += chain("race", key, f"na{n}", "einde")
    return body


RACE = race(
    catch("w0", timer("PT3H")),
    catch("w1", timer("PT2H")),
    receive("w2"),
    catch("w3", on_signal("s")),
    catch("w4", condition("=klaar")),
)
SIGNAL = '<signal id="s" name="alarm"/>'


@pytest.mark.parametrize(
    ("cause", "then"),
    [
        (lambda case: case.wait(timedelta(hours=2)), "na1"),
        (lambda case: case.wait(timedelta(hours=9)), "na1"),
        (lambda case: case.deliver("antwoord", "7"), "na2"),
        (lambda case: case.signal("alarm"), "na3"),
    ],
)
def test_the_first_event_decides_also_among_several_timers(cause: object, then: str) -> None:
    case = Case(bpmn(RACE, MESSAGES + SIGNAL), variables={"nummer": 7, "klaar": False})
    assert case.told("entered") == ["race"]
    cause(case)  # type: ignore[operator]
    assert case.open == [then]
    assert case.told("cancelled") == []
    assert case.last.next_due is None
    assert not case.last.waiting_for
    assert not case.last.waiting_signals


def test_a_condition_that_becomes_true_wins_a_race() -> None:
    body = RACE.replace('<endEvent id="einde" name="Einde"/>', END + user("ernaast"))
    body = body.replace(START, START + gateway("parallel", "samen_op"))
    body = body.replace(
        'sourceRef="begin" targetRef="race"', 'sourceRef="samen_op" targetRef="race"'
    )
    body += chain("begin", "samen_op", "ernaast", "einde")
    case = Case(bpmn(body, MESSAGES + SIGNAL), variables={"nummer": 7})
    case.complete("ernaast", klaar=True)
    assert case.open == ["na4"]


def test_a_message_begins_a_case_at_a_receive_task() -> None:
    body = receive("ontvang", more='instantiate="true"') + user("na") + END
    content = bpmn(body + chain("ontvang", "na", "einde"), MESSAGES)
    bundle = engine.compile_bundle({"p.bpmn": content}, {})
    assert bundle.processes["proces"].start_messages == ("antwoord",)
    advance = engine.start_by_message(
        bundle, "proces", message="antwoord", payload={"nummer": 7}, around=AROUND
    )
    assert [task.element_id for task in advance.opened] == ["na"]
    assert advance.variables == {"nummer": 7}
    assert advance.waiting_for == ()


def test_a_message_begins_a_case_behind_an_event_gateway() -> None:
    body = (
        '<eventBasedGateway id="keuze" instantiate="true"/>'
        + catch("een", on_message("m"))
        + catch("twee", on_message("n"))
        + user("na_een")
        + user("na_twee")
        + END
        + chain("keuze", "een", "na_een", "einde")
        + chain("keuze", "twee", "na_twee", "einde")
    )
    bundle = engine.compile_bundle({"p.bpmn": bpmn(body, MESSAGES)}, {})
    assert bundle.processes["proces"].start_messages == ("antwoord", "vraag")
    advance = engine.start_by_message(bundle, "proces", message="vraag", payload={}, around=AROUND)
    assert [task.element_id for task in advance.opened] == ["na_twee"]
    told = [entry.element_id for entry in advance.trail if entry.what == "completed"]
    assert told == ["keuze", "twee"]


def test_a_message_start_takes_in_by_its_output_mappings() -> None:
    start = f'<startEvent id="begin">{ext(io(outputs={"wie": "=afzender"}))}{on_message("m")}'
    content = bpmn(
        start + "</startEvent>" + user("a") + END + chain("begin", "a", "einde"), MESSAGES
    )
    bundle = engine.compile_bundle({"p.bpmn": content}, {})
    advance = engine.start_by_message(
        bundle, "proces", message="antwoord", payload={"afzender": "x", "y": 1}, around=AROUND
    )
    assert advance.variables == {"wie": "x"}


def test_conditional_catch_and_boundaries() -> None:
    body = (
        START
        + user("a")
        + boundary("rand", "a", condition("=x = 1"), interrupting=False)
        + gateway("parallel", "splits")
        + user("zet")
        + catch("wacht", condition("=y"))
        + END
        + end("rand_einde", "")
        + chain("begin", "splits", "a", "wacht", "einde")
        + chain("splits", "zet", "einde")
        + chain("rand", "rand_einde")
    )
    case = Case(bpmn(body))
    case.complete("zet", x=1)
    assert case.told("completed").count("rand") == 1
    assert case.open == ["a"]
    case.complete("a", y=True)
    assert case.ended == "einde"
