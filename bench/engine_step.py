"""Measures one step of the engine against the bare SpiffWorkflow step in memory.

    python bench/engine_step.py PROCESS.bpmn PAYLOADS.json

Ours: load the state, complete a user task, save. Bare: the same task completed in memory with
stock specs, Python conditions, and nothing loaded or saved. Median CPU time, per step and over
all steps of a case. The goal is a ratio of at most 3.
"""

import argparse
import gc
import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser

sys.path.insert(0, str(Path(__file__).parents[1]))

from service import engine

AROUND = engine.Surroundings(now=datetime.now(UTC))
REPEAT = 200


Times = list[tuple[str, float]]


def cpu_ms(begin: int) -> float:
    """Processor time since ``begin``."""
    return (time.process_time_ns() - begin) / 1e6


def ours(bundle: engine.CompiledBundle, process_id: str, payloads: dict[str, Any]) -> Times:
    """The time of each step of one case."""
    advance = engine.start(bundle, process_id, variables={}, around=AROUND)
    times = []
    while advance.opened:
        task = advance.opened[0]
        answers = payloads.get(task.element_id, {})
        state = advance.state
        begin = time.process_time_ns()
        advance = engine.complete_task(
            bundle, state, task_id=task.task_id, answers=answers, around=AROUND
        )
        times.append((task.element_id, cpu_ms(begin)))
    assert advance.ended, "the case did not end"
    return times


def bare(spec: Any, payloads: dict[str, Any]) -> Times:
    """The time of each step of one case in stock SpiffWorkflow."""
    workflow = BpmnWorkflow(spec, {})
    workflow.do_engine_steps()
    times = []
    while not workflow.completed:
        task = workflow.get_tasks(state=16, manual=True)[0]
        begin = time.process_time_ns()
        task.data.update(payloads.get(task.task_spec.name, {}))
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


def median_by_step(run: Callable[[], Times]) -> dict[str, float]:
    """Runs a case many times."""
    run()
    gc.collect()
    gc.disable()
    found: dict[str, list[float]] = {}
    for _ in range(REPEAT):
        for name, elapsed in run():
            found.setdefault(name, []).append(elapsed)
    gc.enable()
    return {name: statistics.median(times) for name, times in found.items()}


def main() -> None:
    """Prints a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("process", type=Path)
    arguments.add_argument("payloads", type=Path)
    given = arguments.parse_args()
    content = given.process.read_bytes()
    payloads = json.loads(given.payloads.read_text())
    bundle = engine.compile_bundle({given.process.name: content}, {})
    process_id = next(iter(bundle.processes))
    spec = stock_spec(content, process_id)
    mine = median_by_step(lambda: ours(bundle, process_id, payloads))
    stock = median_by_step(lambda: bare(spec, payloads))
    print(f"{'step':24}{'bare ms':>10}{'ours ms':>10}{'ratio':>8}")
    for name, elapsed in mine.items():
        print(f"{name:24}{stock[name]:10.3f}{elapsed:10.3f}{elapsed / stock[name]:8.2f}")
    total, base = sum(mine.values()), sum(stock.values())
    print(f"{'whole case':24}{base:10.3f}{total:10.3f}{total / base:8.2f}")


if __name__ == "__main__":
    main()
