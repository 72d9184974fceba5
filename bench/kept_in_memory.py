"""One step with load and save against the same step of a case that is kept in memory.

Kept in memory is our own engine without the codec: the task is completed, the case runs on, and
what that brought about is told.
Median processor time of every step, added up.
"""

import gc
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import zstandard

from bench.engine_step import AROUND, cpu_ms
from bench.figures import Figure, median
from bench.place import HERE, LOOP, PAYLOADS, PROCESS
from service import engine
from service.engine import codec
from service.engine.report import open_work, outcome
from service.engine.scope import checked, merge_result
from service.engine.steps import telling
from service.engine.workflow import Instance

GOAL, MOST_KB, ROUNDS = 2, 5, 1_000
Case = tuple[engine.CompiledBundle, str]
_TEXT = "Het gesprek is gevoerd; de woning was leeg en de buren weten van niets. " * 3
_HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="meting">'
)


def measure(*, repeat: int) -> list[Figure]:
    """The three sizes of issue 4, and how big the second gets."""
    six = _compiled(PROCESS, (HERE / f"{PROCESS}.bpmn").read_bytes())
    sixty = _compiled("deel_0", nested())
    loop = _compiled(LOOP, (HERE / f"{LOOP}.bpmn").read_bytes())
    biggest = max(len(_packed(state)) for state in _states(sixty)) / 1000
    return [
        _ratio("zes taken", _walked(six, repeat)),
        _ratio("zestig taken, drie aanroepen diep", _walked(sixty, max(repeat // 10, 3))),
        Figure(
            name="bewaarde staat van die zestig, ingepakt",
            value=biggest,
            unit="kB",
            goal=MOST_KB,
            how="de grootste na enige stap",
        ),
        _ratio(f"na {ROUNDS} rondes", _after_rounds(loop, repeat)),
    ]


def nested(tasks: int = 60, calls: int = 3) -> bytes:
    """A process that calls a process, and so on; every third task is a user task."""
    levels, each = calls + 1, tasks // (calls + 1)
    return (
        f"{_HEAD}{''.join(_level(n, levels, each) for n in range(levels))}</definitions>".encode()
    )


def _level(number: int, levels: int, each: int) -> str:
    keys = [f"n{number}_{index}" for index in range(each)]
    nodes = [_task(key, by_hand=index % 3 == 1) for index, key in enumerate(keys)]
    if number + 1 < levels:
        keys.insert(each // 2, f"roep_{number}")
        called = f'<zeebe:calledElement processId="deel_{number + 1}"/>'
        nodes.append(_with(f'<callActivity id="roep_{number}" name="R">', called, "callActivity"))
    way = [f"begin_{number}", *keys, f"einde_{number}"]
    flows = "".join(
        f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairwise(way)
    )
    ends = f'<startEvent id="{way[0]}" name="B"/><endEvent id="{way[-1]}" name="E"/>'
    inside = ends + "".join(nodes) + flows
    return f'<process id="deel_{number}" isExecutable="true">{inside}</process>'


def _task(key: str, *, by_hand: bool) -> str:
    if by_hand:
        return f'<userTask id="{key}" name="T"/>'
    script = f'<zeebe:script expression="=1 + 2 * 3" resultVariable="u_{key}"/>'
    return _with(f'<scriptTask id="{key}" name="S">', script, "scriptTask")


def _with(opened: str, setting: str, tag: str) -> str:
    return f"{opened}<extensionElements>{setting}</extensionElements></{tag}>"


def _compiled(process_id: str, content: bytes) -> Case:
    return engine.compile_bundle({f"{process_id}.bpmn": content}, {}), process_id


def _answers(element_id: str) -> dict[str, Any]:
    found: dict[str, Any] = PAYLOADS.get(
        element_id, {element_id: {"oordeel": "ja", "aantal": 3, "toelichting": _TEXT}}
    )
    return found


def _saved_step(
    bundle: engine.CompiledBundle, last: engine.Advance
) -> tuple[engine.Advance, float]:
    task, begin = last.opened[0], time.process_time_ns()
    after = engine.complete_task(
        bundle,
        last.state,
        task_id=task.task_id,
        answers=_answers(task.element_id),
        around=AROUND,
    )
    return after, cpu_ms(begin)


def _kept_step(case: Instance) -> float:
    begin = time.process_time_ns()
    before = open_work(case)
    task = next(iter(before.values()))
    merge_result(task, checked(_answers(task.task_spec.element.id)))
    with telling(case):
        task.complete()
        case.run()
        outcome(case, before, task.id, state=b"")
    elapsed = cpu_ms(begin)
    case.steps = 0
    case.trail.clear()
    return elapsed


def _states(case: Case) -> Iterator[bytes]:
    bundle, process_id = case
    last = engine.start(bundle, process_id, variables={}, around=AROUND)
    while last.opened:
        yield last.state
        last, _ = _saved_step(bundle, last)


def _walked(case: Case, repeat: int) -> tuple[float, float, int]:
    """The time of a whole case both ways, and its number of steps."""
    bundle, process_id = case
    saved: list[list[float]] = []
    kept: list[list[float]] = []
    gc.collect()
    gc.disable()
    for _ in range(repeat + 1):
        last = engine.start(bundle, process_id, variables={}, around=AROUND)
        memory = codec.load(last.state, bundle, AROUND)
        saved.append([])
        kept.append([])
        while last.opened:
            last, elapsed = _saved_step(bundle, last)
            saved[-1].append(elapsed)
            kept[-1].append(_kept_step(memory))
        assert last.ended, "the case did not end"
        assert memory.completed, "the case in memory did not end"
    gc.enable()
    return _total(saved[1:]), _total(kept[1:]), len(saved[0])


def _total(walks: list[list[float]]) -> float:
    return sum(median(step) for step in zip(*walks, strict=True))


def _after_rounds(case: Case, repeat: int) -> tuple[float, float, int]:
    bundle, process_id = case
    last = engine.start(bundle, process_id, variables={}, around=AROUND)
    memory = codec.load(last.state, bundle, AROUND)
    saved, kept = [], []
    gc.collect()
    gc.disable()
    for number in range(ROUNDS + repeat):
        last, elapsed = _saved_step(bundle, last)
        in_memory = _kept_step(memory)
        if number >= ROUNDS:
            saved.append(elapsed)
            kept.append(in_memory)
    gc.enable()
    return median(saved), median(kept), 1


def _ratio(what: str, measured: tuple[float, float, int]) -> Figure:
    saved, kept, steps = measured
    return Figure(
        name=f"laden, stap, bewaren / in het geheugen: {what}",
        value=saved / kept,
        goal=GOAL,
        how=f"{saved / steps:.3f} ms tegen {kept / steps:.3f} ms per stap",
    )


def _packed(state: bytes) -> bytes:
    """As the vault packs it, before it encrypts."""
    return zstandard.ZstdCompressor(level=3).compress(state)
