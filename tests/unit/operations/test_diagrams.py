"""How often a step was done, as the page of a case tells it."""

import pytest

from service import engine
from service.operations.diagrams import Passed, diagrams
from tests.unit.engine.diagrams import END, START, Case, bpmn, chain, many, user


@pytest.mark.parametrize("partners", [0, 1, 3])
def test_a_step_for_each_of_several_is_done_as_often_as_there_are(partners: int) -> None:
    each = user("vragen", inner=many('inputCollection="=partners"', sequential=True))
    case = Case(
        bpmn(START + each + END + chain("begin", "vragen", "einde")),
        variables={"partners": list(range(partners))},
    )
    for _ in range(partners):
        assert told(case) == "nu"
        case.complete("vragen")

    assert case.ended == "einde"
    assert told(case) == f"klaar, {partners} keer"


def told(case: Case) -> str:
    """The one step, as a list of the diagram has it."""
    trail = [
        Passed(
            entry.process_id,
            entry.element_id,
            entry.what,
            is_repetition=entry.element_type == engine.REPETITION,
        )
        for entry in case.trail
    ]
    (diagram,) = diagrams(case.bundle, trail, [])
    (step,) = diagram.steps
    return step.status if step.status == "nu" else f"{step.status}, {step.times} keer"
