"""Runs random processes to their end, with a restart after every step beside one without.

``python -m tests.unit.engine.soak 0 20000`` runs the seeds 0–19999 and prints those that fail;
``python -m tests.unit.engine.soak 4711`` runs one again and shows its diagram when it fails.
"""

import sys
from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

from service import engine
from service.domain.findings import errors_of
from service.engine import codec, routing, timers
from service.engine.elements import Signal
from service.engine.nodes.activities import ServiceTask, UserTask
from service.engine.report import report
from service.engine.spiff import READY, STARTED, WAITING, Task
from service.engine.workflow import Instance
from tests.unit.engine.diagrams import NOW, unguarded
from tests.unit.engine.random_processes import drawn

MOST = 2_000
"""Steps; a case that needs more is a failure."""
_IDS = frozenset({"undo"})


def picture(case: Instance) -> Any:
    """Everything about a case except the ids of its tokens."""
    tokens = sorted(
        (
            t.workflow.path,
            t.task_spec.name,
            t.state,
            repr({k: v for k, v in sorted(t.internal_data.items()) if k not in _IDS}),
            repr(t.data),
        )
        for t in case.all_tokens()
    )
    inside = sorted((w.path, repr(w.data), repr(w.undoable)) for w in case.subprocesses.values())
    return tokens, inside, case.data, case.undoable, case.completed, case.ended_by


def actions(case: Instance) -> list[tuple[str, Any]]:
    """What can happen now, in a fixed order: work, then messages, signals and time."""
    found: set[tuple[str, Any]] = set()
    for task in case.all_tokens():
        node, event = task.task_spec, task.task_spec.trigger.event
        if (task.state == READY and isinstance(node, UserTask)) or (
            task.state == STARTED and isinstance(node, ServiceTask)
        ):
            found.add(("work", spot(task)))
            if isinstance(node, ServiceTask) and task.children:
                found.add(("error", spot(task)))  # There is an event on its edge for it.
        elif task.state == WAITING and "name" in task.internal_data:
            found.add(("message", task.internal_data["name"]))
        elif task.state == WAITING and isinstance(event, Signal):
            found.add(("signal", event.name))
    waiting = [task for task in case.all_tokens() if task.state == WAITING]
    if timers.soonest(waiting) is not None:
        found.add(("time", None))
    return sorted(found, key=repr)


def spot(task: Task) -> tuple[str, str, int]:
    """Where a token stands, without its id."""
    return task.workflow.path, task.task_spec.name, task.internal_data.get("index", -1)


def act(case: Instance, action: tuple[str, Any]) -> None:
    """Lets it happen."""
    kind, which = action
    if kind == "work":
        work = [t for t in case.in_order() if spot(t) == which and t.state in (READY, STARTED)]
        work[0].complete()
    elif kind == "error":
        broken = next(t for t in case.in_order() if spot(t) == which and t.state == STARTED)
        assert routing.throw(broken, "error", "mislukt")
    elif kind == "message":
        routing.deliver(case, which, None, {})
    elif kind == "signal":
        routing.hear(case, which, {})
    else:
        waiting = [task for task in case.all_tokens() if task.state == WAITING]
        now = max(case.around.now, timers.soonest(waiting) or case.around.now)
        case.around = replace(case.around, now=now)
        while found := timers.in_order(case.in_order(), now):
            found[0].task_spec.fire(found[0])
            case.run()
    case.run()


def run(seed: int, *, guarded: bool = False) -> None:
    """One process to its end.

    Raises:
        AssertionError: it does not get there, gets there otherwise than it promises, or a
            restart made a difference.
    """
    content, promised = drawn(seed)
    if guarded:
        assert errors_of(engine.check_bpmn(content, file="p.bpmn")) == []
    bundle = unguarded({"p.bpmn": content})
    random = Random(seed)  # noqa: S311 - a test must be able to run again
    around = engine.Surroundings(now=NOW)
    first = engine.start(bundle, "proces", variables={}, around=around)
    done: Counter[str] = Counter(e.element_id for e in first.trail if e.what == "completed")
    stays, state = codec.load(first.state, bundle, around), first.state
    for _ in range(MOST):
        if stays.completed:
            break
        again = codec.load(state, bundle, stays.around)
        assert codec.dump(again) == state
        assert picture(again) == picture(stays)
        action = chosen(random, actions(stays))
        told = len(stays.trail)
        act(again, action)
        act(stays, action)
        stays.steps = 0
        assert again.trail == stays.trail[told:]
        done.update(e.element_id for e in again.trail if e.what == "completed")
        state = report(again, {}).state
    assert stays.completed, f"not at its end: {actions(stays)}"
    assert done["einde"] == 1
    assert not list(stays.all_tokens())
    for key, times in promised.exact.items():
        assert done[key] == times, (key, done[key], times)
    for key, times in promised.at_most.items():
        assert done[key] <= times, (key, done[key], times)


def chosen(random: Random, possible: list[tuple[str, Any]]) -> tuple[str, Any]:
    """Work most often: what happens beside it could go on for ever."""
    assert possible, "nothing can happen, and it is not at its end"
    work = [action for action in possible if action[0] == "work"]
    return random.choice(work if work and random.random() < 0.75 else possible)


def main(first: int, count: int) -> int:
    """Runs the seeds; gives how many failed."""
    failed = 0
    for seed in range(first, first + count):
        try:
            run(seed, guarded=seed % 20 == 0)
        except Exception as error:  # noqa: BLE001 - whatever it is, the seed must be told
            failed += 1
            print(f"seed {seed}: {type(error).__name__}: {str(error)[:300]}", flush=True)  # noqa: T201
        if (seed + 1) % 1000 == 0:
            print(f"{seed + 1 - first} done, {failed} failed", flush=True)  # noqa: T201
    print(f"{count} done, {failed} failed", flush=True)  # noqa: T201
    return failed


if __name__ == "__main__":
    if len(sys.argv) == 2:
        sys.stdout.write(drawn(int(sys.argv[1]))[0].decode() + "\n")
        run(int(sys.argv[1]), guarded=True)
    else:
        sys.exit(bool(main(int(sys.argv[1]), int(sys.argv[2]))))
