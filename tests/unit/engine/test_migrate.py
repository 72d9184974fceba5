"""A running case on a newer publication: nothing that runs is lost, or the move is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from service import engine
from service.domain.errors import Refused
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
    handler,
    job,
    many,
    message,
    on_message,
    on_signal,
    process,
    sub,
    timer,
    user,
)

EXTRA = message("m", "antwoord", "=nummer") + '<signal id="s" name="alarm"/>'


def moved(
    case: Case,
    *files: bytes,
    change: Callable[[engine.Move], engine.Move] = lambda m: m,
    processes: tuple[str, ...] = ("proces",),
) -> engine.Plan:
    """Moves the case, and gives the plan."""
    new = engine.compile_bundle({f"n{n}.bpmn": f for n, f in enumerate(files)}, {})
    plan = engine.plan_migration(case.bundle, new, processes)
    plan = engine.Plan(moves=tuple(change(move) for move in plan.moves))
    advance = engine.migrate(case.bundle, new, case.last.state, plan, around=case.around)
    opened = {task.task_id: task for task in advance.opened}
    assert advance.closed == ()
    assert opened.keys() == case.tasks.keys()
    case.bundle, case.tasks = new, {}
    case.take(advance)
    return plan


def line(*tasks: str, extra: str = "", after: str = "") -> bytes:
    body = START + "".join(user(key) for key in tasks) + END + after
    return bpmn(body + chain("begin", *tasks, "einde"), EXTRA + extra)


def test_a_task_keeps_its_id_and_gets_the_steps_that_are_new() -> None:
    case = Case(line("a", "b"))
    task_id = case.task("a").task_id
    moved(case, line("a", "tussen", "b"))
    assert case.task("a").task_id == task_id
    case.complete("a")
    assert case.open == ["tussen"]


def test_role_form_and_name_are_those_of_the_new_publication() -> None:
    case = Case(line("a"))
    new = (
        line("a")
        .replace(b"Taak a", b"Anders")
        .replace(
            b'name="Anders">',
            b'name="Anders"><extensionElements><zeebe:formDefinition formId="nieuw"/>'
            b'<zeebe:assignmentDefinition candidateGroups="oov"/></extensionElements>',
        )
    )
    moved(case, new)
    task = case.task("a")
    assert (task.name, task.form_id, task.roles) == ("Anders", "nieuw", ("oov",))


def test_the_plan_suggests_by_form_and_name_and_says_what_is_gone() -> None:
    old = engine.compile_bundle({"o.bpmn": line("a", "b", "c")}, {})
    new = engine.compile_bundle({"n.bpmn": line("x", "c").replace(b"Taak x", b"Taak a")}, {})
    plan = engine.plan_migration(old, new, ["proces"])
    found = {move.element_id: (move.to, move.why) for move in plan.moves}
    assert found["a"] == ("x", "name")
    assert found["b"] == (None, "gone")
    assert found["c"] == ("c", "same")


def test_a_case_where_something_has_no_place_is_refused_whole() -> None:
    case = Case(line("a", "b"))
    before = case.last.state
    with pytest.raises(Refused) as refused:
        moved(case, line("b"))
    assert [finding.element_id for finding in refused.value.findings] == ["a"]
    assert refused.value.findings[0].code == "no-place"
    assert case.last.state == before
    moved(case, line("b"), change=lambda m: replace(m, to="b") if m.element_id == "a" else m)
    assert case.open == ["b"]


def test_an_element_of_another_kind_is_no_place() -> None:
    case = Case(line("a"))
    other = bpmn(START + job("a") + END + chain("begin", "a", "einde"))
    with pytest.raises(Refused):
        moved(case, other)
    repeated = bpmn(
        START + user("a", "", many('inputCollection="=[1]"')) + END + chain("begin", "a", "einde")
    )
    with pytest.raises(Refused):
        moved(case, repeated)


def edge(duration: str, key: str = "rand") -> str:
    return (
        boundary(key, "a", timer(duration), interrupting=False)
        + user(f"na_{key}")
        + f'<endEvent id="e_{key}"/>'
        + chain(key, f"na_{key}", f"e_{key}")
    )


def test_timers_keep_their_moment_new_ones_are_armed_and_old_ones_dropped() -> None:
    case = Case(line("a", after=edge("PT2H") + edge("PT3H", "weg")))
    case.wait(timedelta(hours=1))
    moved(case, line("a", after=edge("PT9H") + edge("PT5H", "nieuw")))
    case.wait(timedelta(hours=1))
    assert case.open == ["a", "na_rand"]
    case.wait(timedelta(hours=3))
    assert case.open == ["a", "na_rand"]
    case.wait(timedelta(hours=1))
    assert case.open == ["a", "na_nieuw", "na_rand"]


def test_event_subprocesses_are_armed_dropped_and_go_on_running() -> None:
    case = Case(line("a", after=handler("h", on_signal("s"), interrupting=False)))
    case.signal("alarm")
    moved(
        case,
        line(
            "a",
            after=handler("h", on_signal("s"), interrupting=False) + handler("k", timer("PT1H")),
        ),
    )
    assert case.open == ["a", "h_taak"]
    case.signal("alarm")
    assert case.open == ["a", "h_taak", "h_taak"]
    case.wait(timedelta(hours=1))
    assert case.open == ["k_taak"]


def test_a_running_repetition_keeps_its_items_and_results() -> None:
    loop = many(
        'inputCollection="=[1, 2, 3]" inputElement="x" outputCollection="uit" outputElement="=y"'
    )
    old = bpmn(START + user("a", "", loop) + END + chain("begin", "a", "einde"))
    new = bpmn(START + user("a", "", loop) + user("na") + END + chain("begin", "a", "na", "einde"))
    case = Case(old)
    case.complete("a", y=1)
    moved(case, new)
    case.complete("a", y=2)
    case.complete("a", y=3)
    assert case.open == ["na"]
    assert case.variables["uit"] == [1, 2, 3]


def test_what_waits_for_a_message_hears_its_new_name() -> None:
    body = START + catch("wacht", on_message("m")) + END + chain("begin", "wacht", "einde")
    case = Case(bpmn(body, EXTRA), variables={"nummer": 7})
    moved(case, bpmn(body, message("m", "reactie", "=nummer + 1")))
    assert [(w.name, w.correlation_key) for w in case.last.waiting_for] == [("reactie", "8")]


def forked(ids: str, between: str = "") -> bytes:
    body = START + gateway("parallel", "splits") + user("a") + user("b")
    body += gateway("parallel", "samen") + user("na") + END
    for n, (source, target) in enumerate(
        [
            ("begin", "splits"),
            ("splits", "a"),
            ("splits", "b"),
            ("a", "samen"),
            ("b", "samen"),
            ("samen", "na"),
            ("na", "einde"),
        ]
    ):
        body += flow(source, target, key=f"{ids}{n}")
    return bpmn(body + between)


def test_a_join_half_full_goes_on_though_its_flows_have_other_ids() -> None:
    case = Case(forked("oud"))
    case.complete("a")
    moved(case, forked("nieuw"))
    case.complete("b")
    assert case.open == ["na"]


def test_called_processes_and_subprocesses_move_too() -> None:
    called = process(
        "ander",
        '<startEvent id="x1"/>' + user("c") + '<endEvent id="x2"/>' + chain("x1", "c", "x2"),
    )
    inside = '<startEvent id="sb"/>' + call("roep", "ander") + '<endEvent id="se"/>'
    body = START + sub("deel", inside + chain("sb", "roep", "se")) + END
    old = bpmn(body + chain("begin", "deel", "einde"), called)
    new = old.replace(b"Taak c", b"Taak nieuw").replace(b'"c"', b'"d"')
    case = Case(old)
    with pytest.raises(Refused):
        moved(case, new, processes=("proces", "ander"))
    plan = moved(
        case,
        new,
        processes=("proces", "ander"),
        change=lambda m: replace(m, to="d") if m.element_id == "c" else m,
    )
    assert case.open == ["d"]
    assert {move.process_id for move in plan.moves} == {"proces", "ander"}
    case.complete("d")
    assert case.ended == "einde"


def test_the_same_publication_changes_nothing() -> None:
    content = line("a", after=edge("PT2H") + handler("h", on_signal("s")))
    case = Case(content)
    before = case.last.state
    moved(case, content)
    assert case.last.state == before


def test_what_can_be_undone_moves_with_the_case() -> None:
    def undoable(handler_id: str) -> bytes:
        body = START + user("a") + boundary("u", "a", "<compensateEventDefinition/>")
        body += user(handler_id).replace("<userTask", '<userTask isForCompensation="true"')
        body += f'<association id="l" sourceRef="u" targetRef="{handler_id}"/>' + user("b")
        body += '<endEvent id="einde"><compensateEventDefinition/></endEvent>'
        return bpmn(body + chain("begin", "a", "b", "einde"))

    case = Case(undoable("oud"))
    case.complete("a")
    moved(case, undoable("nieuw"))
    case.complete("b")
    assert case.open == ["nieuw"]
    case.complete("nieuw")
    assert case.ended == "einde"
