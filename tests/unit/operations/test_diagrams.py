"""How often a step was done, as the page of a case tells it."""

import pytest

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
    (diagram,) = diagrams(case.bundle, [Passed.of(entry) for entry in case.trail], [])
    (step,) = diagram.steps
    return step.status if step.status == "nu" else f"{step.status}, {step.times} keer"
