"""Diagrams built of blocks at random, completed in any order: every task as often as it must."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.engine.diagrams import (
    END,
    START,
    Case,
    bpmn,
    call,
    chain,
    flow,
    gateway,
    many,
    process,
    script,
    sub,
    user,
)


@dataclass
class Drawing:
    """A diagram under construction, and how often each task must be done."""

    body: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    expected: Counter[str] = field(default_factory=Counter)
    size: int = 0

    def key(self, word: str) -> str:
        self.size += 1
        return f"{word}{self.size}"


Block = Callable[[Drawing, int], tuple[str, str]]
"""Draws itself, done ``times`` times; gives its first and last node."""


def task() -> Block:
    def draw(into: Drawing, times: int) -> tuple[str, str]:
        key = into.key("taak")
        into.body.append(user(key))
        into.expected[key] += times
        return key, key

    return draw


def row(blocks: list[Block]) -> Block:
    def draw(into: Drawing, times: int) -> tuple[str, str]:
        ends = [block(into, times) for block in blocks]
        for (_, last), (first, _) in pairwise(ends):
            into.body.append(flow(last, first))
        return ends[0][0], ends[-1][1]

    return draw


def split(kind: str, branches: list[tuple[Block, bool]]) -> Block:
    """``branches`` with whether each is taken; the first is the default."""

    def draw(into: Drawing, times: int) -> tuple[str, str]:
        key, join, default = into.key("splits"), into.key("samen"), into.key("anders")
        wanted_ones = [block for block, wanted in branches[1:] if wanted] or [branches[0][0]]
        taken = {
            "parallel": [block for block, _ in branches],
            "inclusive": wanted_ones,
            "exclusive": wanted_ones[:1],
        }[kind]
        into.body.append(gateway(kind, key, default if kind != "parallel" else ""))
        into.body.append(gateway(kind, join))
        for number, (block, wanted) in enumerate(branches):
            first, last = block(into, times if block in taken else 0)
            when = "" if kind == "parallel" or not number else f"={str(wanted).lower()}"
            into.body.append(flow(key, first, when, "" if number else default))
            into.body.append(flow(last, join))
        return key, join

    return draw


def loop(block: Block, rounds: int) -> Block:
    def draw(into: Drawing, times: int) -> tuple[str, str]:
        back, count, more, done = (into.key(w) for w in ("terug", "tel", "meer", "klaar"))
        first, last = block(into, times * rounds)
        reset = into.key("nul")
        out = into.key("verder")
        into.body += [
            script(reset, "0", f"n_{count}"),
            gateway("exclusive", back),
            script(count, f"n_{count} + 1", f"n_{count}"),
            gateway("exclusive", more, done),
            f'<manualTask id="{out}" name="Verder"/>',
            chain(reset, back, first),
            chain(last, count, more),
            flow(more, back, f"=n_{count} &lt; {rounds}"),
            flow(more, out, key=done),
        ]
        return reset, out

    return draw


def inside(block: Block, repeat: int = 0, *, sequential: bool = False) -> Block:
    def draw(into: Drawing, times: int) -> tuple[str, str]:
        key, begin, end = (into.key(word) for word in ("deel", "begin", "einde"))
        outer, into.body = into.body, []
        first, last = block(into, times * (repeat or 1))
        ends = f'<startEvent id="{begin}" name="B"/><endEvent id="{end}" name="E"/>'
        body = ends + "".join(into.body) + chain(begin, first) + chain(last, end)
        into.body = outer
        loop = many(f'inputCollection="={list(range(repeat))}"', sequential=sequential)
        into.body.append(sub(key, body, loop if repeat else ""))
        return key, key

    return draw


def called(block: Block) -> Block:
    def draw(into: Drawing, times: int) -> tuple[str, str]:
        key, name, begin, end = (into.key(w) for w in ("roep", "proces", "begin", "einde"))
        outer, into.body = into.body, []
        first, last = block(into, times)
        ends = f'<startEvent id="{begin}" name="B"/><endEvent id="{end}" name="E"/>'
        body = ends + "".join(into.body) + chain(begin, first) + chain(last, end)
        into.extra.append(process(name, body))
        into.body = [*outer, call(key, name)]
        return key, key

    return draw


def larger(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    several = st.lists(st.tuples(blocks, st.booleans()), min_size=2, max_size=3)
    kinds = st.sampled_from(["exclusive", "parallel", "inclusive"])
    return (
        st.lists(blocks, min_size=1, max_size=3).map(row)
        | st.builds(split, kinds, several)
        | st.builds(loop, blocks, st.integers(1, 3))
        | st.builds(inside, blocks)
        | st.builds(called, blocks)
    )


def repeated(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    """Loops count in a shared variable, so they stay outside repetitions that run together."""
    plain = st.recursive(
        st.builds(task),
        lambda b: (
            st.lists(b, min_size=1, max_size=2).map(row)
            | st.builds(
                split,
                st.sampled_from(["parallel", "exclusive"]),
                st.lists(st.tuples(b, st.booleans()), min_size=2, max_size=2),
            )
        ),
        max_leaves=4,
    )
    return blocks | st.builds(inside, plain, st.integers(1, 3), sequential=st.booleans())


BLOCKS = st.recursive(st.builds(task), lambda blocks: repeated(larger(blocks)), max_leaves=9)


@settings(max_examples=150, deadline=None)
@given(BLOCKS, st.randoms(use_true_random=False))
def test_every_task_is_done_as_often_as_the_blocks_say(block: Block, random: object) -> None:
    into = Drawing()
    first, last = block(into, 1)
    body = START + END + "".join(into.body) + chain("begin", first) + chain(last, "einde")
    case = Case(bpmn(body, "".join(into.extra)), guarded=False)
    done: Counter[str] = Counter()
    while case.tasks and done.total() <= into.expected.total():
        tasks = sorted(case.tasks.values(), key=lambda task: (task.scope, task.element_id))
        task = random.choice(tasks)  # type: ignore[attr-defined]
        case.tasks = {task.task_id: task} | case.tasks
        case.complete(task.element_id)
        done[task.element_id] += 1
    assert done == +into.expected
    assert case.ended == "einde"
    assert case.last.next_due is None
