"""What the engine runs and the house around it carries may be published."""

import pytest

from service.domain.findings import errors_of
from service.operations import bundle_files
from service.operations.check_bundle import check_bundle

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x">'
    '<signal id="alarm" name="alarm"/><message id="post" name="post"/>'
    '<process id="los" name="Los" isExecutable="true">'
)
TAIL = "</process></definitions>"
CLOCK = "<timerEventDefinition><timeCycle>R/P1D</timeCycle></timerEventDefinition>"
SIGNAL = '<signalEventDefinition signalRef="alarm"/>'
MESSAGE = '<messageEventDefinition messageRef="post"/>'


def body(start: str, end: str) -> bytes:
    return (
        f'{HEAD}<startEvent id="begin">{start}</startEvent><endEvent id="einde">{end}</endEvent>'
        f'<sequenceFlow id="f" sourceRef="begin" targetRef="einde"/>{TAIL}'
    ).encode()


@pytest.mark.parametrize(
    "diagram",
    [body("", SIGNAL), body(SIGNAL, ""), body(CLOCK, ""), body(MESSAGE, ""), body(CLOCK, SIGNAL)],
    ids=["throws a signal", "by a signal", "by the clock", "by a message", "both"],
)
def test_what_is_carried_is_not_refused(diagram: bytes) -> None:
    content = bundle_files.read_bundled("midden-delfland") | {"processes/los/los.bpmn": diagram}
    assert errors_of(check_bundle(content)) == []
