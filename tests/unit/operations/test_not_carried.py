"""What the engine runs but nobody around it carries is refused at publication, not ignored."""

import pytest

from service.operations import bundle_files
from service.operations.check_bundle import check_bundle

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x">'
    '<signal id="alarm" name="alarm"/>'
    '<process id="los" name="Los" isExecutable="true">'
)
TAIL = "</process></definitions>"
CLOCK = "<timerEventDefinition><timeCycle>R/P1D</timeCycle></timerEventDefinition>"
SIGNAL = '<signalEventDefinition signalRef="alarm"/>'


def body(start: str, end: str) -> bytes:
    return (
        f'{HEAD}<startEvent id="begin">{start}</startEvent><endEvent id="einde">{end}</endEvent>'
        f'<sequenceFlow id="f" sourceRef="begin" targetRef="einde"/>{TAIL}'
    ).encode()


@pytest.mark.parametrize(
    ("diagram", "code", "element"),
    [
        (body("", SIGNAL), "signal-not-carried", "einde"),
        (body(SIGNAL, ""), "signal-not-carried", "begin"),
        (body(CLOCK, ""), "timer-start-not-scheduled", "begin"),
    ],
)
def test_what_nobody_carries_is_refused_by_name(diagram: bytes, code: str, element: str) -> None:
    content = bundle_files.read_bundled("midden-delfland") | {"processes/los/los.bpmn": diagram}
    found = {(finding.code, finding.element_id) for finding in check_bundle(content)}
    assert (code, element) in found


def test_the_processes_that_come_with_the_product_need_nothing_of_the_kind() -> None:
    codes = {f.code for f in check_bundle(bundle_files.read_bundled("midden-delfland"))}
    assert codes.isdisjoint({"signal-not-carried", "timer-start-not-scheduled"})
