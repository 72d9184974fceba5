"""Joins, scopes and shared data: what stock gets wrong without a word, and we do not."""

import sys

import pytest

from service.engine.guard import check_bpmn
from tests.conformance.stock.driver import Stock
from tests.unit.engine import diagrams as d

ROUNDS = d.gateway("exclusive", "terug") + d.gateway("exclusive", "klaar", "ja") + d.user("na")


def looped(kind: str) -> bytes:
    """Two tasks side by side and a join, in a loop."""
    always = "" if kind == "parallel" else "=true"
    return d.bpmn(
        d.START
        + d.END
        + ROUNDS
        + d.gateway(kind, "splits")
        + d.gateway(kind, "samen")
        + d.user("a")
        + d.user("b")
        + d.chain("begin", "terug", "splits")
        + d.flow("splits", "a", always)
        + d.flow("splits", "b", always)
        + d.chain("a", "samen", "na", "klaar")
        + d.chain("b", "samen")
        + d.flow("klaar", "terug", "=opnieuw")
        + d.flow("klaar", "einde", key="ja")
    )


@pytest.mark.parametrize("kind", ["parallel", "inclusive"])
def test_a_join_in_a_loop_waits_in_each_round(kind: str) -> None:
    early = []
    for first in ("ab", "ba"):
        for second in ("a", "b"):
            stock, ours = Stock(looped(kind), data={"opnieuw": True}), d.Case(looped(kind))
            for case in (stock, ours):
                for task in first:
                    case.complete(task)
                case.complete("na", opnieuw=True)
                case.complete(second)
            early.append("na" in stock.open)
            assert ours.open == ["b" if second == "a" else "a"]
    assert any(early), "stock goes on before the second task is done"


JOINED = d.bpmn(
    d.START
    + d.END
    + d.script("eerst", "1", "waarde")
    + d.gateway("parallel", "splits")
    + d.gateway("parallel", "samen")
    + d.user("a")
    + d.user("b")
    + d.user("na")
    + d.chain("begin", "eerst", "splits", "a", "samen", "na", "einde")
    + d.chain("splits", "b", "samen")
)


def test_a_join_keeps_what_each_branch_has_changed() -> None:
    stock, ours = Stock(JOINED), d.Case(JOINED)
    for case in (stock, ours):
        case.complete("a", waarde=2)
        case.complete("b", anders=True)
    assert stock.ready[0].data["waarde"] == 1, "the copy of the last branch goes over it"
    assert ours.variables == {"waarde": 2, "anders": True}


def thrower(key: str, what: str) -> str:
    inside = (
        f'<startEvent id="{key}_b" name="B"/>' + d.user(f"{key}_taak") + d.end(f"{key}_e", what)
    )
    return d.sub(key, inside + d.chain(f"{key}_b", f"{key}_taak", f"{key}_e"))


@pytest.mark.parametrize("kind", ["error", "escalation"])
def test_what_one_subprocess_throws_does_not_touch_the_one_beside_it(kind: str) -> None:
    what = d.thrown(kind, "x")
    content = d.bpmn(
        d.START
        + d.END
        + d.gateway("parallel", "splits")
        + "".join(
            thrower(key, what)
            + d.boundary(f"rand_{key}", key, what)
            + d.user(f"na_{key}")
            + d.chain("splits", key, "einde")
            + d.chain(f"rand_{key}", f"na_{key}", "einde")
            for key in ("een", "twee")
        )
        + d.chain("begin", "splits"),
        f'<{kind} id="x" name="x" {kind}Code="X"/>',
    )
    stock, ours = Stock(content), d.Case(content)
    for case in (stock, ours):
        case.complete("een_taak")
    assert stock.open == ["na_een", "na_twee"], "the other subprocess is interrupted, too"
    assert ours.open == ["na_een", "twee_taak"]


def counting(rounds: int) -> bytes:
    """A script that repeats, then a task."""
    return d.bpmn(
        d.START
        + d.END
        + d.script("nul", "0", "n")
        + d.gateway("exclusive", "terug")
        + d.script("tel", "n + 1", "n")
        + d.gateway("exclusive", "klaar", "ja")
        + d.user("na")
        + d.chain("begin", "nul", "terug", "tel", "klaar")
        + d.flow("klaar", "terug", f"=n &lt; {rounds}")
        + d.flow("klaar", "na", key="ja")
        + d.chain("na", "einde")
    )


def test_a_task_after_hundreds_of_rounds_is_found() -> None:
    rounds = sys.getrecursionlimit() // 2
    stock, ours = Stock(counting(rounds)), d.Case(counting(rounds))
    assert (stock.open, stock.completed) == ([], False), "lost below a deep tree, without an error"
    assert ours.open == ["na"]


def test_a_loop_leaves_no_more_behind_than_its_last_round() -> None:
    stock, ours = Stock(looped("parallel")), d.Case(looped("parallel"))
    kept, saved = [], []
    for _ in range(12):
        for case in (stock, ours):
            for task in [name for name in case.open if name in "ab"]:
                case.complete(task)
            if "na" in case.open:
                case.complete("na", opnieuw=True)
        kept.append(len(stock.workflow.tasks))
        saved.append(len(ours.last.state))
    assert kept[-1] > 2 * kept[2], "the tree grows with every round"
    assert max(saved) - min(saved) < 100


def test_a_loop_back_into_a_parallel_join_is_refused() -> None:
    content = d.bpmn(
        d.START
        + d.END
        + d.gateway("parallel", "samen")
        + d.user("a")
        + d.gateway("exclusive", "klaar", "ja")
        + d.chain("begin", "samen", "a", "klaar")
        + d.flow("klaar", "samen", "=opnieuw")
        + d.flow("klaar", "einde", key="ja")
    )
    assert Stock(content).open == ["a"], "through the join with one of its two tokens"
    assert "deadlock" in {finding.code for finding in check_bpmn(content, file="p.bpmn")}


def test_branches_do_not_share_what_is_inside_a_value() -> None:
    stock = Stock(JOINED, data={"kinderen": {"namen": ["Bo"]}})
    one, other = stock.ready
    one.data["kinderen"]["namen"].append("Noor")
    assert other.data["kinderen"]["namen"] == ["Bo", "Noor"], "one list in two branches"
    ours = d.Case(JOINED, variables={"kinderen": {"namen": ["Bo"]}})
    ours.variables["kinderen"]["namen"].append("Noor")
    ours.complete("a")
    assert ours.variables["kinderen"] == {"namen": ["Bo"]}, "a step reads what was saved"
