"""Random processes of every kind of block come to their end, whatever happens on the way."""

import re

import pytest

from tests.unit.engine.random_processes import drawn
from tests.unit.engine.soak import run

_CONSTRUCTS = (
    "userTask",
    "serviceTask",
    "scriptTask",
    "manualTask",
    "sendTask",
    "receiveTask",
    "callActivity",
    "subProcess",
    "transaction",
    "exclusiveGateway",
    "parallelGateway",
    "inclusiveGateway",
    "eventBasedGateway",
    "multiInstanceLoopCharacteristics",
    "standardLoopCharacteristics",
    "completionCondition",
    "loopCondition",
    "boundaryEvent",
    "dataObject",
    "timerEventDefinition",
    "messageEventDefinition",
    "signalEventDefinition",
    "errorEventDefinition",
    "escalationEventDefinition",
    "conditionalEventDefinition",
    "linkEventDefinition",
    "compensateEventDefinition",
    "cancelEventDefinition",
    "terminateEventDefinition",
    "timeCycle",
    "conditionExpression",
)
_PLACES = (
    'triggeredByEvent="true"',
    'isInterrupting="false"',
    'cancelActivity="false"',
    'isForCompensation="true"',
    'isSequential="true"',
    'activityRef="',
    "outputCollection=",
    'default="',
)


def test_the_random_processes_have_every_construct_that_runs() -> None:
    everything = "".join(drawn(seed)[0].decode() for seed in range(200))
    drawn_tags = set(re.findall(r"<(\w+)", everything))
    assert [tag for tag in _CONSTRUCTS if tag not in drawn_tags] == []
    assert [place for place in _PLACES if place not in everything] == []


@pytest.mark.parametrize("first", range(0, 200, 20))
def test_random_processes_keep_their_promises_with_a_restart_after_every_step(first: int) -> None:
    for seed in range(first, first + 20):
        try:
            run(seed, guarded=seed % 20 == 0)
        except Exception as error:
            raise AssertionError(f"again: python -m tests.unit.engine.soak {seed}") from error
