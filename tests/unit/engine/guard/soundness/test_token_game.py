"""The guard agrees with a plain token game, and with the engine, on random processes."""

import random
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from service import engine
from service.domain.findings import Finding, errors_of
from service.engine.guard import check_bpmn
from tests.unit.engine.guard.soundness.nets import Process, play, processes

ALONE = {"deadlock", "possible-deadlock", "never-ends", "lack-of-synchronisation"}
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
many = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def findings(process: Process) -> dict[str, list[Finding]]:
    """What the guard says about tokens, by code."""
    found: dict[str, list[Finding]] = {}
    for finding in check_bpmn(process.xml(), file="p"):
        assert finding.code != "guard-failed"
        found.setdefault(finding.code, []).append(finding)
    return found


def joins(found: dict[str, list[Finding]], *codes: str) -> set[int]:
    """The numbers of the joins with one of these findings."""
    return {int((f.element_id or "")[1:]) for code in codes for f in found.get(code, ())}


@many
@given(processes(loops=False))
def test_without_loops_the_guard_finds_what_a_plain_token_game_finds(process: Process) -> None:
    found, outcome = findings(process), play(process, cap=1)
    note(process.xml().decode())
    assert ("lack-of-synchronisation" in found) == outcome.clash
    if not outcome.clash:
        _agree(found, process)


@many
@given(processes(loops=True))
def test_with_loops_the_guard_says_nothing_that_is_not_so(process: Process) -> None:
    found, outcome = findings(process), play(process, cap=1)
    note(process.xml().decode())
    if "lack-of-synchronisation" in found:
        assert outcome.clash
    if not outcome.clash and "no-path-to-end" not in found:
        _agree(found, process)


def _agree(found: dict[str, list[Finding]], process: Process) -> None:
    outcome = play(process, cap=1)
    waiting = joins(found, "deadlock", "possible-deadlock")
    assert waiting <= outcome.stuck
    assert bool(waiting) == bool(outcome.stuck)
    assert joins(found, "deadlock") == waiting - outcome.through
    assert ("never-ends" in found) == outcome.endless


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(processes(loops=False, edges=False), st.randoms(use_true_random=False))
def test_what_the_guard_does_not_doubt_comes_to_an_end_in_the_engine(
    process: Process, chance: random.Random
) -> None:
    if ALONE & set(findings(process)):
        return
    content = process.xml()
    assert not errors_of(check_bpmn(content, file="p"))
    bundle = engine.compile_bundle({"p.bpmn": content}, {})
    around = engine.Surroundings(now=NOW, gemeente={})
    last = engine.start(bundle, "proces", variables={"keuze": chance.randint(0, 3)}, around=around)
    todo = list(last.opened)
    while last.ended is None:
        assert todo, "nothing to do, and not at an end"
        task = todo.pop(chance.randrange(len(todo)))
        later = engine.Surroundings(now=around.now + timedelta(minutes=1), gemeente={})
        last = engine.complete_task(
            bundle,
            last.state,
            task_id=task.task_id,
            answers={"keuze": chance.randint(0, 3)},
            around=later,
        )
        todo += last.opened


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(processes(loops=False))
def test_the_same_file_gives_the_same_findings(process: Process) -> None:
    content = process.xml()
    assert check_bpmn(content, file="p") == check_bpmn(content, file="p")
