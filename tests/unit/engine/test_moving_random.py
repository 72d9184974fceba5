"""Moving to a publication with the same diagram changes nothing, wherever a case stands."""

from collections import Counter
from random import Random

import pytest

from service import engine
from service.engine import codec
from service.engine.report import report
from tests.unit.engine.diagrams import NOW, unguarded
from tests.unit.engine.random_processes import drawn
from tests.unit.engine.soak import MOST, act, actions, chosen

EACH = 15


def moved_all_the_way(seed: int) -> None:
    """One process to its end, moved to its twin after every step."""
    content, promised = drawn(seed)
    here, there = unguarded({"p.bpmn": content}), unguarded({"p.bpmn": content})
    plan = engine.plan_migration(here, there, here.processes)
    assert {move.why for move in plan.moves} == {"same"}
    random = Random(seed)  # noqa: S311 - a test must be able to run again
    around = engine.Surroundings(now=NOW)
    first = engine.start(here, "proces", variables={}, around=around)
    done: Counter[str] = Counter(e.element_id for e in first.trail if e.what == "completed")
    case = codec.load(first.state, here, around)
    for _ in range(MOST):
        if case.completed:
            break
        state = codec.dump(case)
        advance = engine.migrate(here, there, state, plan, around=case.around)
        assert advance.state == state
        assert (advance.closed, advance.cancelled_jobs, advance.trail) == ((), (), ())
        here, there = there, here
        case = codec.load(advance.state, here, case.around)
        act(case, chosen(random, actions(case)))
        done.update(e.element_id for e in case.trail if e.what == "completed")
        case = codec.load(report(case, {}).state, here, case.around)
    assert case.completed
    assert done["einde"] == 1
    assert {key: done[key] for key in promised.exact} == promised.exact


@pytest.mark.parametrize("first", range(0, 10 * EACH, EACH))
def test_a_case_that_moves_after_every_step_goes_as_if_it_stayed(first: int) -> None:
    for seed in range(first, first + EACH):
        try:
            moved_all_the_way(seed)
        except Exception as error:
            raise AssertionError(f"seed {seed} of moved_all_the_way") from error
