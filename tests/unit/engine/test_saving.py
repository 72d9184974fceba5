"""A case that is saved and loaded between all steps goes the way of one that stays in memory."""

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from service.engine import codec, timers
from service.engine.nodes.activities import UserTask
from service.engine.scope import merge_result
from service.engine.workflow import Instance
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
    flow,
    gateway,
    io,
    job,
    many,
    process,
    sub,
    timer,
    user,
)

EVERYTHING = bpmn(
    START
    + gateway("exclusive", "terug")
    + gateway("parallel", "splits")
    + user(
        "vraag",
        inner=many(
            'inputCollection="=wie" inputElement="x" '
            'outputCollection="uit" outputElement="=antwoord"'
        ),
    )
    + sub(
        "deel",
        '<startEvent id="sb" name="sb"/>'
        + call("roep", "ander", io({"mee": "=wie[1]"}))
        + '<endEvent id="se" name="se"/>'
        + chain("sb", "roep", "se"),
    )
    + boundary("rand", "deel", timer("R/PT1H", "timeCycle"), interrupting=False)
    + user("herinneren")
    + '<endEvent id="herinnerd" name="herinnerd"/>'
    + job("werk")
    + catch("tot_dan", timer("PT90M"))
    + gateway("parallel", "samen")
    + user("na")
    + gateway("exclusive", "nog_eens", "klaar")
    + END
    + chain("begin", "terug", "splits", "vraag", "samen", "na", "nog_eens")
    + chain("splits", "deel", "samen")
    + chain("rand", "herinneren", "herinnerd")
    + chain("splits", "werk", "tot_dan", "samen")
    + flow("nog_eens", "terug", "=ronde &lt; 3")
    + flow("nog_eens", "einde", key="klaar"),
    process(
        "ander",
        '<startEvent id="b" name="b"/>'
        + user("binnen")
        + '<endEvent id="e" name="e"/>'
        + chain("b", "binnen", "e"),
    ),
)


def picture(case: Instance) -> Any:
    """Everything about a case except the ids of its tokens."""
    order = sorted(
        (t.workflow.path, t.task_spec.name, t.state, repr(t.internal_data), repr(t.data))
        for t in case.all_tokens()
    )
    return order, case.data, case.completed, case.ended_by


def turn(case: Instance, choice: int, count: int) -> bool:
    """Does one of the things that can be done; False when the case has ended."""
    can = sorted(
        (t for t in case.all_tokens() if t.state in (16, 32) and is_work(t)),
        key=lambda t: (t.workflow.path, t.task_spec.name, t.internal_data.get("index", 0)),
    )
    if case.completed:
        return False
    if choice % (len(can) + 1) == len(can):
        later = case.around.now + timedelta(minutes=45)
        case.around = type(case.around)(now=later)
        while found := timers.in_order(case.all_tokens(), later):
            found[0].task_spec.fire(found[0])
            case.run()
        return True
    task = can[choice % (len(can) + 1)]
    merge_result(task, {"antwoord": count, "ronde": count // 6, task.task_spec.element.id: count})
    task.complete()
    case.run()
    return True


def is_work(task: Any) -> bool:
    return isinstance(task.task_spec, UserTask) or task.task_spec.element.type == "serviceTask"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=10, max_size=60))
def test_saving_between_all_steps_changes_nothing(choices: list[int]) -> None:
    first = Case(EVERYTHING, variables={"wie": ["p", "q"], "ronde": 0})
    stays = codec.load(first.last.state, first.bundle, first.around)
    saved = first.last.state
    now = NOW
    for count, choice in enumerate(choices):
        again = codec.load(saved, first.bundle, type(first.around)(now=now))
        assert picture(again) == picture(stays)
        assert turn(again, choice, count) == turn(stays, choice, count)
        now = again.around.now
        assert again.trail == stays.trail[len(stays.trail) - len(again.trail) :]
        saved = codec.dump(again)


def test_the_whole_diagram_can_be_walked_to_its_end() -> None:
    case = Case(EVERYTHING, variables={"wie": ["p", "q"], "ronde": 0})
    for count in range(200):
        stays = codec.load(case.last.state, case.bundle, case.around)
        if stays.completed:
            break
        if case.tasks:
            case.complete(next(iter(case.tasks.values())).element_id, ronde=count)
        elif case.jobs:
            case.finish("werk")
        else:
            case.wait(timedelta(minutes=45))
    assert case.ended == "einde"


def test_timers_due_at_one_moment_fire_in_the_same_order_after_a_restart() -> None:
    body = START + gateway("parallel", "splits") + catch("laat", timer("PT2H"))
    body += user("b") + boundary("rand", "b", timer("R2/PT1H", "timeCycle"), interrupting=False)
    body += '<endEvent id="herinnerd"/>' + gateway("parallel", "samen") + END
    body += chain("begin", "splits", "b", "samen", "einde") + chain("splits", "laat", "samen")
    case = Case(bpmn(body + chain("rand", "herinnerd")))
    stays = codec.load(case.last.state, case.bundle, case.around)
    for hours in (1, 2):
        told = len(stays.trail)
        stays.around = type(case.around)(now=NOW + timedelta(hours=hours))
        while found := timers.in_order(stays.in_order(), stays.around.now):
            found[0].task_spec.fire(found[0])
            stays.run()
        assert case.wait(timedelta(hours=1)).trail == tuple(stays.trail[told:])
