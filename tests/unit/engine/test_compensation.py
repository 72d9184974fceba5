"""Compensation and transactions: what was done is undone in reverse, and saved half-way."""

from datetime import timedelta

from service.engine import codec
from tests.unit.engine.diagrams import (
    END,
    START,
    Case,
    boundary,
    bpmn,
    chain,
    end,
    error,
    gateway,
    handler,
    io,
    job,
    many,
    script,
    sub,
    throw,
    thrown,
    timer,
    user,
)

UNDO = "<compensateEventDefinition/>"
CANCEL = "<cancelEventDefinition/>"
ERROR = error("f", "MIS")


def undo(key: str) -> str:
    return f'<compensateEventDefinition activityRef="{key}"/>'


def undoable(key: str, host: str = "", handler_xml: str = "") -> str:
    """A user task ``key`` (or the step ``host``) with a user task that undoes it."""
    by = handler_xml or user(f"terug_{key}").replace(
        "<userTask", '<userTask isForCompensation="true"'
    )
    edge = boundary(f"rand_{key}", key, UNDO)
    line = f'<association id="lijn_{key}" sourceRef="rand_{key}" targetRef="terug_{key}"/>'
    return (host or user(key)) + edge + by + line


def walk(case: Case, *keys: str) -> None:
    for key in keys:
        assert key in case.open, (key, case.open)
        case.complete(key)
        again = codec.load(case.last.state, case.bundle, case.around)
        assert codec.dump(again) == case.last.state


def test_an_end_undoes_everything_in_reverse_one_at_a_time() -> None:
    body = START + undoable("a") + undoable("b") + undoable("c") + end("einde", UNDO)
    case = Case(bpmn(body + chain("begin", "a", "b", "c", "einde")))
    walk(case, "a", "b", "c")
    assert case.open == ["terug_c"]
    walk(case, "terug_c")
    assert case.open == ["terug_b"]
    walk(case, "terug_b", "terug_a")
    assert case.ended == "einde"
    assert case.told("completed") == [
        "begin",
        "a",
        "b",
        "c",
        "rand_c",
        "terug_c",
        "rand_b",
        "terug_b",
        "rand_a",
        "terug_a",
        "einde",
    ]


def test_it_follows_the_order_of_completion_and_not_of_the_drawing() -> None:
    case = Case(
        bpmn(
            START
            + gateway("parallel", "splits")
            + undoable("a")
            + undoable("b")
            + gateway("parallel", "samen")
            + end("einde", UNDO)
            + chain("begin", "splits", "a", "samen", "einde")
            + chain("splits", "b", "samen")
        )
    )
    walk(case, "b", "a")
    assert case.open == ["terug_a"]
    walk(case, "terug_a", "terug_b")
    assert case.ended == "einde"


def test_a_throw_undoes_one_step_and_goes_on_and_never_twice() -> None:
    body = START + undoable("a") + undoable("b") + throw("draai", undo("a"))
    body += throw("nog_eens", undo("a")) + user("na") + END
    case = Case(bpmn(body + chain("begin", "a", "b", "draai", "nog_eens", "na", "einde")))
    walk(case, "a", "b", "terug_a")
    assert case.open == ["na"]
    walk(case, "na")
    assert case.ended == "einde"


def test_a_step_done_many_times_is_undone_as_often() -> None:
    body = START + gateway("exclusive", "terug") + undoable("a")
    body += gateway("exclusive", "nog", "klaar") + end("einde", UNDO)
    body += chain("begin", "terug", "a", "nog")
    body += (
        '<sequenceFlow id="weer" sourceRef="nog" targetRef="terug"><conditionExpression>=n &lt; 3'
        '</conditionExpression></sequenceFlow><sequenceFlow id="klaar" sourceRef="nog" '
        'targetRef="einde"/>'
    )
    case = Case(bpmn(body))
    for n in (1, 2, 3):
        case.complete("a", n=n)
    walk(case, "terug_a", "terug_a", "terug_a")
    assert case.ended == "einde"


def inner(*keys: str) -> str:
    body = '<startEvent id="sb"/>' + "".join(undoable(key) for key in keys) + '<endEvent id="se"/>'
    return body + chain("sb", *keys, "se")


def test_a_completed_subprocess_is_undone_from_the_inside() -> None:
    body = START + undoable("voor") + sub("deel", inner("x", "y")) + undoable("na")
    case = Case(bpmn(body + end("einde", UNDO) + chain("begin", "voor", "deel", "na", "einde")))
    walk(case, "voor", "x", "y", "na", "terug_na", "terug_y", "terug_x", "terug_voor")
    assert case.ended == "einde"
    assert case.told("completed").count("deel") == 1
    assert case.told("entered").count("deel") == 1


def test_a_handler_on_the_subprocess_goes_before_what_is_inside() -> None:
    body = START + undoable("deel", sub("deel", inner("x"))) + end("einde", UNDO)
    case = Case(bpmn(body + chain("begin", "deel", "einde")))
    walk(case, "x", "terug_deel")
    assert case.ended == "einde"


def test_compensation_inside_reaches_its_own_scope_only() -> None:
    body = '<startEvent id="sb"/>' + undoable("x") + end("se", UNDO) + chain("sb", "x", "se")
    body = (
        START + undoable("voor") + sub("deel", body) + END + chain("begin", "voor", "deel", "einde")
    )
    case = Case(bpmn(body))
    walk(case, "voor", "x", "terug_x")
    assert case.ended == "einde"


def test_an_interrupted_subprocess_has_nothing_to_undo() -> None:
    body = START + sub("deel", inner("x", "y")) + boundary("rand", "deel", timer("PT1H"))
    body += end("laat", UNDO) + END + chain("begin", "deel", "einde") + chain("rand", "laat")
    case = Case(bpmn(body))
    walk(case, "x")
    case.wait(timedelta(hours=1))
    assert case.ended == "laat"
    assert "terug_x" not in case.told("entered")


def test_a_repetition_is_undone_for_each_instance_with_its_own_locals() -> None:
    loop = many('inputCollection="=[1, 2, 3]" inputElement="wie"')
    by = script("terug_a", "append(lijst, wie)", "lijst")
    by = by.replace("<scriptTask", '<scriptTask isForCompensation="true"')
    body = START + undoable("a", user("a", "", loop), by) + end("einde", UNDO)
    case = Case(bpmn(body + chain("begin", "a", "einde")), variables={"lijst": []})
    for _ in range(3):
        case.complete("a")
    assert [int(n) for n in case.variables["lijst"]] == [3, 2, 1]
    assert case.ended == "einde"


def test_the_locals_of_a_step_are_kept_for_its_handler() -> None:
    by = script("terug_a", "mee + later", "som")
    by = by.replace("<scriptTask", '<scriptTask isForCompensation="true"')
    body = START + undoable("a", user("a", io({"mee": "=x"})), by) + user("b") + end("einde", UNDO)
    case = Case(bpmn(body + chain("begin", "a", "b", "einde")), variables={"x": 1, "later": 0})
    case.complete("a", x=50)
    case.complete("b", later=10)
    assert int(case.variables["som"]) == 11


def test_an_event_subprocess_undoes_what_is_around_it() -> None:
    catches = handler("h", thrown("error", "f"), throw("h_taak", UNDO))
    body = START + undoable("a") + job("b") + END + chain("begin", "a", "b", "einde")
    case = Case(bpmn(body + catches, ERROR))
    walk(case, "a")
    case.fail("b", "MIS")
    assert case.open == ["terug_a"]
    walk(case, "terug_a")
    assert case.last.ended is not None
    assert case.told("completed")[-3:] == ["h_taak", "h_einde", "h"]


def test_a_handler_may_be_a_subprocess_or_a_job_and_its_error_is_caught_outside() -> None:
    by = job("terug_a").replace("<serviceTask", '<serviceTask isForCompensation="true"')
    inside = '<startEvent id="sb"/>' + undoable("a", "", by) + end("se", UNDO)
    body = START + sub("deel", inside + chain("sb", "a", "se"))
    body += boundary("rand", "deel", thrown("error", "f")) + '<endEvent id="mis"/>' + END
    case = Case(bpmn(body + chain("begin", "deel", "einde") + chain("rand", "mis"), ERROR))
    walk(case, "a")
    assert [job.element_id for job in case.jobs.values()] == ["terug_a"]
    case.fail("terug_a", "MIS")
    assert case.ended == "mis"


def transaction(body: str) -> str:
    return sub("koop", body).replace("subProcess", "transaction")


def bought(extra: str = "") -> bytes:
    inside = (
        '<startEvent id="sb"/>'
        + gateway("parallel", "splits")
        + undoable("a")
        + undoable("b")
        + user("open")
        + gateway("exclusive", "mis", "ja")
        + gateway("parallel", "samen")
        + '<endEvent id="se"/>'
        + end("weg", CANCEL)
        + user("blijft")
        + chain("sb", "splits", "a", "b", "mis")
        + chain("splits", "blijft", "samen")
        + '<sequenceFlow id="ja" sourceRef="mis" targetRef="weg"/>'
        '<sequenceFlow id="nee" sourceRef="mis" targetRef="samen"><conditionExpression>=goed'
        "</conditionExpression></sequenceFlow>" + chain("samen", "se")
    ).replace(user("open"), "")
    body = START + undoable("voor") + transaction(inside) + boundary("rand", "koop", CANCEL)
    body += user("na_annulering") + user("na") + end("laatste", UNDO) + END + extra
    body += chain("begin", "voor", "koop", "na", "laatste") + chain(
        "rand", "na_annulering", "einde"
    )
    return bpmn(body)


def test_a_cancel_end_ends_the_rest_undoes_and_leaves_by_the_edge() -> None:
    case = Case(bought())
    walk(case, "voor", "a")
    case.complete("b", goed=False)
    assert case.open == ["terug_b"]
    assert case.told("cancelled") == ["blijft"]
    walk(case, "terug_b", "terug_a")
    assert case.open == ["na_annulering"]
    assert case.told("cancelled") == ["blijft", "koop"]
    assert case.told("completed")[-2:] == ["weg", "rand"]
    walk(case, "na_annulering")
    assert case.ended == "einde"


def test_a_completed_transaction_can_be_undone_later() -> None:
    case = Case(bought())
    walk(case, "voor", "a")
    case.complete("b", goed=True)
    walk(case, "blijft", "na", "terug_b", "terug_a", "terug_voor")
    assert case.ended == "laatste"


def test_a_cancel_with_nothing_to_undo_leaves_at_once() -> None:
    inside = '<startEvent id="sb"/>' + end("weg", CANCEL) + chain("sb", "weg")
    body = START + transaction(inside) + boundary("rand", "koop", CANCEL) + user("na") + END
    case = Case(bpmn(body + chain("begin", "koop", "einde") + chain("rand", "na", "einde")))
    assert case.open == ["na"]
