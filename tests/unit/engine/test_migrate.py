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
    condition,
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


def test_an_event_that_moved_to_another_task_is_armed_there_and_no_longer_here() -> None:
    def on(host: str) -> bytes:
        body = START + gateway("parallel", "uit") + user("a") + user("b") + user("laat")
        body += boundary("rand", host, timer("PT1H")) + END
        body += chain("begin", "uit", "a", "einde") + chain("uit", "b", "einde")
        return bpmn(body + chain("rand", "laat", "einde"))

    case = Case(on("a"))
    moved(case, on("b"))
    case.wait(timedelta(hours=1))
    assert case.open == ["a", "laat"]


def test_an_event_that_has_happened_already_does_not_happen_again() -> None:
    content = line("a", after=edge("PT1H") + handler("h", timer("PT1H"), interrupting=False))
    case = Case(content)
    case.wait(timedelta(hours=1))
    assert case.open == ["a", "h_taak", "na_rand"]
    case.complete("h_taak")
    moved(case, content)
    case.wait(timedelta(hours=2))
    assert case.open == ["a", "na_rand"]


def test_what_an_interrupting_event_has_ended_is_not_armed_again() -> None:
    old = handler("h", on_signal("s")) + handler("k", timer("PT1H"))
    case = Case(line("a", after=old))
    case.signal("alarm")
    moved(case, line("a", after=old + handler("nieuw", timer("PT2H"))))
    case.wait(timedelta(hours=3))
    assert case.open == ["h_taak"]


def test_of_two_events_that_become_one_only_one_waits_on() -> None:
    case = Case(line("a", after=edge("PT2H") + edge("PT3H", "tweede")))
    moved(
        case,
        line("a", after=edge("PT2H")),
        change=lambda m: replace(m, to="rand") if m.element_id == "tweede" else m,
    )
    case.wait(timedelta(hours=2))
    case.wait(timedelta(hours=2))
    assert case.open == ["a", "na_rand"]


def test_every_token_without_a_place_is_named_also_of_parts_of_the_case() -> None:
    inside = '<startEvent id="sb"/>' + user("c") + '<endEvent id="se"/>' + chain("sb", "c", "se")

    def drawn(a: str, c: str) -> bytes:
        body = START + gateway("parallel", "uit") + user(a) + END
        body += sub("deel", inside.replace('"c"', f'"{c}"').replace("Taak c", f"Taak {c}"))
        return bpmn(body + chain("begin", "uit", a, "einde") + chain("uit", "deel", "einde"))

    case = Case(drawn("a", "c"))
    with pytest.raises(Refused) as refused:
        moved(case, drawn("x", "y"))
    assert sorted(str(f.element_id) for f in refused.value.findings) == ["a", "c"]


def test_a_repetition_that_ran_one_by_one_has_no_place_where_all_run_at_once() -> None:
    def loop(*, sequential: bool) -> bytes:
        each = many('inputCollection="=[1, 2]"', sequential=sequential)
        return bpmn(START + user("a", "", each) + END + chain("begin", "a", "einde"))

    for sequential in (True, False):
        case = Case(loop(sequential=sequential))
        with pytest.raises(Refused):
            moved(case, loop(sequential=not sequential))


def test_a_condition_that_is_new_and_true_already_is_noticed() -> None:
    def until(text: str) -> bytes:
        body = START + catch("wacht", condition(text)) + user("na") + END
        return bpmn(body + chain("begin", "wacht", "na", "einde"))

    case = Case(until("=n &gt; 5"), variables={"n": 3})
    assert case.open == []
    new = engine.compile_bundle({"n.bpmn": until("=n &gt; 2")}, {})
    plan = engine.plan_migration(case.bundle, new, ["proces"])
    advance = engine.migrate(case.bundle, new, case.last.state, plan, around=case.around)
    assert [task.element_id for task in advance.opened] == ["na"]


def test_a_join_that_waits_for_one_flow_less_goes_on() -> None:
    def joined(*sides: str) -> bytes:
        body = START + gateway("parallel", "uit") + gateway("parallel", "samen") + user("na") + END
        body += user("los") + chain("begin", "uit") + chain("samen", "na", "einde")
        for side in sides:
            body += user(side) + chain("uit", side, "samen")
        return bpmn(body + chain("uit", "los", "einde"))

    case = Case(joined("a", "b", "c"))
    case.complete("a")
    case.complete("b")
    new = engine.compile_bundle({"n.bpmn": joined("a", "b")}, {})
    plan = engine.plan_migration(case.bundle, new, ["proces"])
    plan = engine.Plan(
        moves=tuple(replace(m, to="los") if m.element_id == "c" else m for m in plan.moves)
    )
    advance = engine.migrate(case.bundle, new, case.last.state, plan, around=case.around)
    assert sorted(task.element_id for task in advance.opened) == ["los", "los", "na"]


def test_a_task_that_a_new_event_interrupts_at_once_is_closed() -> None:
    case = Case(line("a"))
    task_id = case.task("a").task_id
    late = boundary("rand", "a", timer("2026-01-01T00:00:00Z", "timeDate")) + user("laat")
    new = engine.compile_bundle(
        {"n.bpmn": line("a", after=late + chain("rand", "laat", "einde"))}, {}
    )
    plan = engine.plan_migration(case.bundle, new, ["proces"])
    advance = engine.migrate(case.bundle, new, case.last.state, plan, around=case.around)
    assert [(task.task_id, task.how) for task in advance.closed] == [(task_id, "cancelled")]
    assert [task.element_id for task in advance.opened] == ["laat"]


def test_work_that_waits_is_asked_for_as_the_new_publication_says() -> None:
    def work(kind: str) -> bytes:
        return bpmn(START + job("a", kind) + END + chain("begin", "a", "einde"))

    case = Case(work("registreren"))
    new = engine.compile_bundle({"n.bpmn": work("statistiek")}, {})
    plan = engine.plan_migration(case.bundle, new, ["proces"])
    advance = engine.migrate(case.bundle, new, case.last.state, plan, around=case.around)
    assert [(j.job_id, j.type) for j in advance.jobs] == [(case.job("a").job_id, "statistiek")]


def test_undoing_goes_on_undisturbed_by_events_that_no_longer_matter() -> None:
    inside = '<startEvent id="sb"/>' + user("c") + '<endEvent id="se"/>' + chain("sb", "c", "se")
    inside += boundary("u", "c", "<compensateEventDefinition/>")
    inside += user("terug").replace("<userTask", '<userTask isForCompensation="true"')
    inside += '<association id="l" sourceRef="u" targetRef="terug"/>'
    inside += handler("h", timer("PT1H"), interrupting=False)
    body = START + sub("deel", inside) + boundary("rand", "deel", timer("PT1H")) + user("laat")
    body += '<endEvent id="einde"><compensateEventDefinition/></endEvent>'
    body += '<endEvent id="klaar"/>' + chain("rand", "laat", "klaar")
    content = bpmn(body + chain("begin", "deel", "einde"))
    case = Case(content)
    case.complete("c")
    assert case.open == ["terug"]
    before = case.last.state
    moved(case, content)
    assert case.last.state == before
