"""Standard loops and repetitions: how often, in which order, and when it is enough."""

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
    many,
    script,
    sub,
    timer,
    user,
)


def repeat(condition: str = "", attributes: str = "") -> str:
    inner = f"<loopCondition>{condition}</loopCondition>" if condition else ""
    return f"<standardLoopCharacteristics {attributes}>{inner}</standardLoopCharacteristics>"


def times(count: str, more: str = "") -> str:
    return (
        f"<multiInstanceLoopCharacteristics {more}><loopCardinality>{count}</loopCardinality>"
        "</multiInstanceLoopCharacteristics>"
    )


def around(step: str) -> bytes:
    return bpmn(START + step + END + chain("begin", "a", "einde"))


def test_a_loop_runs_at_least_once_when_it_looks_afterwards() -> None:
    case = Case(around(user("a", "", repeat("=n &lt; 3"))), variables={"n": 3})
    assert case.open == ["a"]
    case.complete("a", n=1)
    case.complete("a", n=2)
    case.complete("a", n=3)
    assert case.ended == "einde"
    assert [
        e.scope for e in case.trail if e.what == "completed" and e.element_type == "userTask"
    ] == ["a#1", "a#2", "a#3"]


def test_a_loop_that_looks_first_may_not_run_at_all() -> None:
    case = Case(around(user("a", "", repeat("=n &lt; 3", 'testBefore="true"'))), variables={"n": 3})
    assert case.ended == "einde"


def test_a_loop_stops_at_its_maximum_and_can_count() -> None:
    case = Case(around(user("a", "", repeat("", 'loopMaximum="2"'))))
    case.complete("a")
    case.complete("a")
    assert case.ended == "einde"
    counted = Case(
        around(
            script("a", "loopCounter", "laatste").replace(
                "</scriptTask>", repeat("=loopCounter &lt; 4") + "</scriptTask>"
            )
        )
    )
    assert int(counted.variables["laatste"]) == 4


def test_a_loop_of_a_subprocess_is_interrupted_as_a_whole() -> None:
    inside = '<startEvent id="sb"/>' + user("in") + '<endEvent id="se"/>' + chain("sb", "in", "se")
    body = START + sub("a", inside, repeat("=true")) + boundary("rand", "a", timer("PT1H")) + END
    case = Case(
        bpmn(
            body
            + chain("begin", "a")
            + chain("rand", "einde")
            + '<endEvent id="nooit"/>'
            + chain("a", "nooit")
        )
    )
    case.complete("in")
    case.complete("in")
    case.wait(timedelta(hours=1))
    assert case.ended == "einde"
    assert case.open == []


def test_a_number_of_times_counts_from_one() -> None:
    task = script("a", "append(lijst, loopCounter)", "lijst").replace(
        "</scriptTask>", times("=n", 'isSequential="true"') + "</scriptTask>"
    )
    case = Case(around(task), variables={"n": 3, "lijst": []})
    assert [int(n) for n in case.variables["lijst"]] == [1, 2, 3]
    assert Case(around(task), variables={"n": 0, "lijst": []}).ended == "einde"


@pytest.mark.parametrize("count", ["-1", "1.5", "5000", '"x"'])
def test_a_number_that_is_none_is_an_incident(count: str) -> None:
    with pytest.raises(Incident):
        Case(around(user("a", "", times(f"={count}".replace('"', "&quot;")))))


def test_nulls_are_items_and_outputs_stand_in_the_order_of_the_items() -> None:
    settings = (
        'inputCollection="=wie" inputElement="x" outputCollection="uit" outputElement="=antwoord"'
    )
    for sequential in (False, True):
        case = Case(
            around(user("a", "", many(settings, sequential=sequential))),
            variables={"wie": [1, None, 3]},
        )
        answers = iter(["p", None, "r"])
        while case.tasks:
            task = max(case.tasks.values(), key=lambda t: t.scope)
            case.tasks = {task.task_id: task} | case.tasks
            case.complete("a", antwoord=next(answers))
        expected = ["p", None, "r"] if sequential else ["r", None, "p"]
        assert case.variables["uit"] == expected


def test_the_completion_condition_can_count() -> None:
    loop = many(
        'inputCollection="=[1, 2, 3, 4]"',
        enough="=numberOfCompletedInstances / numberOfInstances &gt;= 0.5",
    )
    case = Case(around(user("a", "", loop)))
    case.complete("a")
    assert len(case.tasks) == 3
    case.complete("a")
    assert case.ended == "einde"
    assert len(case.told("cancelled")) == 2


def test_repetitions_nest() -> None:
    inner = (
        '<startEvent id="sb"/>'
        + user(
            "in",
            "",
            many(
                'inputCollection="=rij" inputElement="y" '
                'outputCollection="binnen" outputElement="=x * 10 + y"'
            ),
        )
        + '<endEvent id="se"/>'
        + chain("sb", "in", "se")
    )
    outer = many(
        'inputCollection="=[1, 2]" inputElement="x" outputCollection="alles" '
        'outputElement="=binnen"'
    )
    case = Case(around(sub("a", inner, outer)), variables={"rij": [3, 4]})
    while case.tasks:
        task = max(case.tasks.values(), key=lambda t: t.scope)
        case.tasks = {task.task_id: task} | case.tasks
        case.complete("in")
    assert [[int(n) for n in row] for row in case.variables["alles"]] == [[13, 14], [23, 24]]
