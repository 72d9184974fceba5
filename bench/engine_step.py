"""One step of the engine against the bare SpiffWorkflow step in memory.

Ours: load the state, complete a user task, save. Bare: the same task completed in memory with
stock specs, Python conditions, and nothing loaded or saved. Median processor time.
"""

import gc
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser

from bench.figures import Figure, median
from bench.place import HERE, PAYLOADS, PROCESS
from service import engine

AROUND = engine.Surroundings(now=datetime.now(UTC))
GOAL = 3
_READY = 16  # SpiffWorkflow's TaskState.READY

Times = list[tuple[str, float]]


def measure(*, repeat: int) -> list[Figure]:
    """Both walks of the same case, in turn."""
    content = (HERE / f"{PROCESS}.bpmn").read_bytes()
    bundle = engine.compile_bundle({f"{PROCESS}.bpmn": content}, {})
    spec = stock_spec(content, PROCESS)
    mine, stock = in_turn(lambda: ours(bundle, PROCESS), lambda: bare(spec), repeat)
    total, base = sum(mine.values()), sum(stock.values())
    return [
        Figure(
            name="motor (laden, stap, bewaren) / kale SpiffWorkflow",
            value=total / base,
            goal=GOAL,
            how=f"{total / len(mine):.2f} ms tegen {base / len(mine):.2f} ms",
        )
    ]


def cpu_ms(begin: int) -> float:
    """Processor time since ``begin``."""
    return (time.process_time_ns() - begin) / 1e6


def ours(bundle: engine.CompiledBundle, process_id: str) -> Times:
    """The time of each step of one case."""
    advance = engine.start(bundle, process_id, variables={}, around=AROUND)
    times = []
    while advance.opened:
        task = advance.opened[0]
        answers = PAYLOADS.get(task.element_id, {})
        state = advance.state
        begin = time.process_time_ns()
        advance = engine.complete_task(
            bundle, state, task_id=task.task_id, answers=answers, around=AROUND
        )
        times.append((task.element_id, cpu_ms(begin)))
    assert advance.ended, "the case did not end"
    return times


def bare(spec: Any) -> Times:
    """The time of each step of one case in stock SpiffWorkflow."""
    workflow = BpmnWorkflow(spec, {})
    workflow.do_engine_steps()
    times = []
    while not workflow.completed:
        task = workflow.get_tasks(state=_READY, manual=True)[0]
        begin = time.process_time_ns()
        task.data.update(PAYLOADS.get(task.task_spec.name, {}))
        task.run()
        workflow.do_engine_steps()
        times.append((task.task_spec.name, cpu_ms(begin)))
    return times


def stock_spec(content: bytes, process_id: str) -> Any:
    """The process as stock SpiffWorkflow reads it, its FEEL comparisons respelled in Python."""
    root = etree.fromstring(content)
    for condition in root.iter("{*}conditionExpression"):
        text = (condition.text or "").strip().removeprefix("=")
        condition.text = re.sub(r"(?<![<>!=])=(?!=)", "==", text)
    parser = BpmnParser()
    parser.add_bpmn_xml(root)
    return parser.get_spec(process_id)


def in_turn(
    first: Callable[[], Times], second: Callable[[], Times], repeat: int
) -> tuple[dict[str, float], dict[str, float]]:
    """The median of every step of both, each run right after the other."""
    found: tuple[dict[str, list[float]], ...] = ({}, {})
    first()
    second()
    gc.collect()
    gc.disable()
    for _ in range(repeat):
        for steps, run in zip(found, (first, second), strict=True):
            for name, elapsed in run():
                steps.setdefault(name, []).append(elapsed)
    gc.enable()
    mine, stock = ({name: median(times) for name, times in steps.items()} for steps in found)
    return mine, stock
