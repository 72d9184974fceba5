"""Runs each attack in a child process of its own and tells what it cost.

    python -m tests.unit.feel.measured [-]

One JSON object: per attack the processor time in seconds, the growth of memory in bytes, the
steps that were spent, and what went wrong besides. Time is the least of three attempts, as a busy
machine makes the same work longer but never shorter. With ``-`` it answers each line of the input,
an expression as JSON, with a line.
"""

import gc
import json
import os
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from service.domain.errors import ExpressionError
from service.feel import Environment, Run, compile_expression
from tests.unit.feel.attacks import CORPUS, scope

ATTEMPTS = 3
ENOUGH = 0.1
ENV = Environment(now=datetime(2026, 3, 6, 15, 0, tzinfo=UTC))


def attack(source: str) -> dict[str, float | str]:
    """Compile and evaluate; what it cost."""
    before = _resident()
    run, trouble = Run(ENV), ""
    began = time.process_time()
    try:
        compile_expression(source).evaluate_in(run, scope())
    except (ExpressionError, RecursionError):
        pass  # the callers of evaluate_in make reasons of these
    except BaseException as error:  # noqa: BLE001 - all of them are what this looks for
        trouble = repr(error)
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {
        "seconds": seconds,
        "bytes": max(0, peak - before),
        "steps": ENV.budget - run.left,
        "trouble": trouble,
    }


def deeper(source: str, levels: int) -> dict[str, float | str]:
    """The same from further down the stack; at some depths Python calls much slower."""
    return deeper(source, levels - 1) if levels else attack(source)


def in_child(source: str, attempt: int = 0) -> dict[str, float | str]:
    """The same in a process of its own, that is ended when it takes far too much."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_CPU, (5, 5))
        resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
        os.write(writing, json.dumps(deeper(source, 5 * attempt)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    ended = {"seconds": 5.0, "bytes": 2**30, "steps": 0, "trouble": f"ended with {status}"}
    return json.loads(told) if told else ended


def measure(source: str) -> dict[str, float | str]:
    """The least of a few attempts; that the steps differ is trouble."""
    tries = [in_child(source)]
    while tries[-1]["seconds"] > ENOUGH and len(tries) < ATTEMPTS:
        tries.append(in_child(source, len(tries)))
    if len({found["steps"] for found in tries}) > 1:
        tries[-1]["trouble"] = "another number of steps each time"
    best = min(tries, key=lambda found: found["seconds"])
    return best | {"trouble": next((str(f["trouble"]) for f in tries if f["trouble"]), "")}


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    compile_expression("[matches(string(now()), string(today())), is_werkdag(now())]").evaluate(
        {}, ENV
    )
    gc.collect()
    gc.freeze()  # so that a child does not copy what it only looks at
    if sys.argv[1:] == ["-"]:
        for line in sys.stdin:
            sys.stdout.write(json.dumps(measure(json.loads(line))) + "\n")
            sys.stdout.flush()
    else:
        json.dump({name: measure(source) for name, source in CORPUS.items()}, sys.stdout)
