"""Keeping a case: what stock cannot load, what runs twice, what a move or a repair breaks."""

from datetime import timedelta

import pytest
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.util.diff import diff_workflow, migrate_workflow
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG

from service import engine
from service.domain.errors import MeldrouteError
from tests.conformance.stock.driver import Stock, parsed
from tests.unit.engine import diagrams as d

LINE = d.bpmn(d.START + d.user("a") + d.user("b") + d.END + d.chain("begin", "a", "b", "einde"))


def test_answers_with_the_word_typename_are_kept() -> None:
    stock, ours = Stock(LINE), d.Case(LINE)
    for case in (stock, ours):
        case.complete("a", formulier={"typename": "aanvraag"})
    with pytest.raises(TypeError):
        stock.restarted()
    assert ours.open == ["b"]
    ours.complete("b")
    assert ours.variables == {"formulier": {"typename": "aanvraag"}}


def test_a_task_is_done_once() -> None:
    stock, ours = Stock(LINE), d.Case(LINE)
    task, mine = stock.ready[0], ours.task("a")
    for _ in range(2):
        task.run()
        stock.workflow.do_engine_steps()
    assert stock.open[0] == "b", "no error the second time"
    ours.complete("a")
    with pytest.raises(MeldrouteError):
        engine.complete_task(
            ours.bundle, ours.last.state, task_id=mine.task_id, answers={}, around=ours.around
        )


def test_a_repetition_goes_on_after_a_restart() -> None:
    marker = d.many('inputCollection="=stukken" inputElement="stuk"')
    content = d.bpmn(
        d.START
        + d.user("a", inner=marker)
        + d.user("na")
        + d.END
        + d.chain("begin", "a", "na", "einde")
    )
    items = {"stukken": [1, 2]}
    stock, ours = Stock(content, data=items), d.Case(content, variables=items)
    _on_specs_read_anew(stock, content)
    for _ in range(2):
        stock.ready[0].run()
        stock.workflow.do_engine_steps()
        ours.complete("a")  # Each step loads the case on specs that all cases share.
    assert stock.open == [], "it never finishes"
    assert ours.open == ["na"]


def _on_specs_read_anew(stock: Stock, content: bytes) -> None:
    """The tokens of a case on specs that were not saved with it."""
    spec, _ = parsed(content)
    for task in stock.workflow.tasks.values():
        task.task_spec = spec.task_specs[task.task_spec.name]


EDGE = d.boundary("rand", "a", d.timer("PT1H")) + d.user("te_laat") + d.chain("rand", "te_laat")
TIMED = d.bpmn(
    d.START
    + d.user("a")
    + d.END
    + EDGE
    + d.chain("begin", "a", "einde")
    + d.chain("te_laat", "einde")
)
LONGER = d.bpmn(
    d.START
    + d.user("a")
    + d.user("b")
    + d.END
    + EDGE
    + d.chain("begin", "a", "b", "einde")
    + d.chain("te_laat", "einde")
)


def _migrated(stock: Stock, content: bytes) -> None:
    spec, subprocesses = parsed(content)
    registry = BpmnWorkflowSerializer.configure(SPIFF_CONFIG)
    difference, _ = diff_workflow(registry, stock.workflow, spec, subprocesses)
    migrate_workflow(difference, stock.workflow, spec)
    stock.workflow.do_engine_steps()


def test_a_move_keeps_the_moment_of_a_timer() -> None:
    stock, ours = Stock(TIMED), d.Case(TIMED)
    before = [event.value for event in stock.workflow.waiting_events()]
    _migrated(stock, LONGER)
    after = [event.value for event in stock.workflow.waiting_events()]
    assert before != after, "the clock begins anew"
    due, new = ours.last.next_due, engine.compile_bundle({"n.bpmn": LONGER}, {})
    plan = engine.plan_migration(ours.bundle, new, ("proces",))
    moved = engine.migrate(ours.bundle, new, ours.last.state, plan, around=ours.around)
    assert moved.next_due == due


def test_a_step_that_is_skipped_takes_its_timer_along_and_opens_the_join() -> None:
    content = d.bpmn(
        d.START
        + d.gateway("parallel", "splits")
        + d.gateway("parallel", "samen")
        + d.user("a")
        + d.user("b")
        + d.user("na")
        + d.END
        + EDGE
        + d.chain("begin", "splits", "a", "samen", "na", "einde")
        + d.chain("splits", "b", "samen")
        + d.chain("te_laat", "einde")
    )
    stock, ours = Stock(content), d.Case(content)
    task = next(task for task in stock.ready if task.task_spec.name == "a")
    task.cancel()
    stock.workflow.do_engine_steps()
    waits = len(stock.workflow.waiting_events())
    stock.complete("b")
    assert (waits, stock.open, stock.completed) == (1, [], False), (
        "a timer without a step; no way on"
    )
    standing = engine.standing(ours.bundle, ours.last.state, around=ours.around)
    token = next(token for token in standing if token.element_id == "a")
    skipped = ours.take(
        engine.skip(ours.bundle, ours.last.state, token_id=token.token_id, around=ours.around)
    )
    assert skipped.next_due is None
    ours.complete("b")
    assert ours.open == ["na"]
    assert ours.wait(timedelta(hours=2)).next_due is None


def test_an_expression_reaches_nothing_but_its_variables() -> None:
    attack = "__import__(&quot;os&quot;).getpid()"
    content = d.bpmn(
        d.START
        + d.script("k", attack, "x")
        + d.user("a")
        + d.END
        + d.chain("begin", "k", "a", "einde")
    )
    assert isinstance(Stock(content).ready[0].data["x"], int), "Python, as it comes"
    codes = {finding.code for finding in engine.check_bpmn(content, file="p.bpmn")}
    assert codes & {"feel-syntax", "unknown-function"}
