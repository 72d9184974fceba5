"""Any bytes give findings, never an exception, within seconds."""

import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from service.domain.findings import Finding, Severity
from service.engine.guard import check_bpmn
from tests.unit.engine.guard import snippets as s
from tests.unit.engine.guard.cases import CASES
from tests.unit.engine.guard.clean import CLEAN

SMALL = [case for case in CASES.values() if isinstance(case, bytes) and len(case) < 20_000]
SEEDS = [*CLEAN.values(), *SMALL]
NAMES = ["id", "name", "sourceRef", "targetRef", "attachedToRef", "default", "isExecutable"]
WORDS = st.sampled_from(
    ["", " ", "begin", "stap", "=1", "=(", "true", "false", "P1D", "é", "x" * 300]
)


def check(content: bytes) -> list[Finding]:
    """The findings, of which none may come from the guard's own failure."""
    findings = check_bpmn(content, file="proces.bpmn")
    assert "guard-failed" not in {finding.code for finding in findings}
    for finding in findings:
        assert finding.reason
        assert finding.way_out
    return findings


@given(st.binary(max_size=2000))
def test_arbitrary_bytes_are_refused(content: bytes) -> None:
    assert check(content)


@given(st.text(alphabet="<>/=\"' abcde:&;!-[]?", max_size=200))
def test_arbitrary_markup_is_refused(text: str) -> None:
    assert check(text.encode())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.data_too_large])
@given(
    st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0), st.binary(max_size=3)), max_size=4)
)
def test_flipped_bytes_never_raise(seed: bytes, changes: list[tuple[int, bytes]]) -> None:
    content = bytearray(seed)
    for place, replacement in changes:
        start = place % len(content)
        content[start : start + 1] = replacement
    check(bytes(content))


def _drop(element: etree._Element, _other: etree._Element, _word: str) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _move(element: etree._Element, other: etree._Element, _word: str) -> None:
    if element not in (other, *other.iterancestors()):
        other.append(element)


def _rename(element: etree._Element, other: etree._Element, _word: str) -> None:
    element.tag = other.tag


def _set(element: etree._Element, other: etree._Element, word: str) -> None:
    element.set(NAMES[len(other) % len(NAMES)], word)


def _unset(element: etree._Element, _other: etree._Element, _word: str) -> None:
    for name in list(element.attrib)[:1]:
        del element.attrib[name]


def _say(element: etree._Element, _other: etree._Element, word: str) -> None:
    element.text = word


CHANGES = st.sampled_from([_drop, _move, _rename, _set, _unset, _say])
Change = Callable[[etree._Element, etree._Element, str], None]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.data_too_large])
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(CHANGES, st.integers(0), st.integers(0), WORDS), min_size=1, max_size=6),
)
def test_mutated_diagrams_never_raise(
    seed: bytes, changes: list[tuple[Change, int, int, str]]
) -> None:
    try:
        root = etree.fromstring(seed)
    except etree.XMLSyntaxError:
        return
    for change, first, second, word in changes:
        everything = list(root.iter("*"))
        change(everything[first % len(everything)], everything[second % len(everything)], word)
    check(etree.tostring(root))


def _long_chain(length: int) -> str:
    keys = [f"stap{number}" for number in range(length)]
    tasks = "".join(f'<task id="{key}" name="Stap"/>' for key in keys)
    return s.START + tasks + s.END + s.chain("begin", *keys, "einde")


def _wide(width: int) -> str:
    keys = [f"stap{number}" for number in range(width)]
    ways = "".join(
        f'<task id="{key}" name="Stap"/>'
        + s.flow("uit", key, when=f"=x = {number}")
        + s.flow(key, "einde")
        for number, key in enumerate(keys)
    )
    return (
        s.START
        + '<inclusiveGateway id="uit" default="anders"/>'
        + s.END
        + s.chain("begin", "uit")
        + s.flow("uit", "einde", key="anders")
        + ways
    )


def _nested(depth: int) -> str:
    body = '<startEvent id="b"/><endEvent id="e"/>' + s.chain("b", "e")
    for level in range(depth):
        body = (
            f'<startEvent id="b{level}"/><subProcess id="d{level}">{body}</subProcess>'
            f'<endEvent id="e{level}"/>' + s.chain(f"b{level}", f"d{level}", f"e{level}")
        )
    return body


@pytest.mark.parametrize(
    "body",
    [
        _long_chain(12_000),
        _wide(5_000),
        _nested(150),
        s.around(s.user()) + s.flow("stap", "weg") * 20_000,
        s.around(s.user()) + "<usertask/>" * 40_000,
        s.around(s.sub()) + s.boundary(s.TIMER) * 5_000,
        "<startEvent/>" * 20_000,
    ],
    ids=["long", "wide", "nested", "same flow", "unknown", "boundaries", "starts"],
)
def test_large_diagrams_take_seconds_at_most(body: str) -> None:
    content = s.diagram(body, drawn=False)
    begin = time.process_time()
    check(content)
    assert time.process_time() - begin < 10


def test_many_findings_are_cut_off_with_the_errors_kept() -> None:
    body = "".join(
        s.user(f"stap{number}", settings="") + s.chain("begin", f"stap{number}")
        for number in range(1500)
    )
    findings = check(s.diagram(s.START + body, drawn=False))
    assert len(findings) == 1000
    assert {finding.severity for finding in findings} == {Severity.ERROR}
