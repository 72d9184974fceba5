"""Any bytes give findings, never an exception, within seconds."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from service.domain.findings import Finding, Severity
from service.engine.guard import check_bpmn
from tests.pace import costs_at_most
from tests.unit.engine import diagrams as d
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


def _handlers(number: int) -> str:
    return s.around(s.user()) + "".join(
        d.handler(f"opvang{n}", d.timer("PT1H"), interrupting=False) for n in range(number)
    )


def _undone(number: int) -> str:
    keys = [f"stap{n}" for n in range(number)]
    steps = "".join(
        d.user(key)
        + d.boundary(f"rand_{key}", key, "<compensateEventDefinition/>")
        + f'<task id="terug_{key}" name="Terug" isForCompensation="true"/>'
        + f'<association id="lijn_{key}" sourceRef="rand_{key}" targetRef="terug_{key}"/>'
        for key in keys
    )
    return s.START + steps + s.END + s.chain("begin", *keys, "einde")


@pytest.mark.parametrize(
    "body",
    [
        _long_chain(9_900),
        _wide(4_900),
        _nested(150),
        _handlers(2_450),
        _undone(1_800),
        s.around(s.user()) + s.flow("stap", "weg") * 20_000,
        s.around(s.user()) + "<usertask/>" * 40_000,
        s.around(s.sub()) + s.boundary(s.TIMER) * 5_000,
        "<startEvent/>" * 20_000,
    ],
    ids=[
        "long",
        "wide",
        "nested",
        "handlers",
        "undone",
        "same flow",
        "unknown",
        "boundaries",
        "starts",
    ],
)
def test_large_diagrams_take_seconds_at_most(body: str) -> None:
    content = s.diagram(body, drawn=False)
    with costs_at_most(15):  # what grows with the square takes minutes
        check(content)


def test_many_findings_are_cut_off_with_the_errors_kept() -> None:
    body = "".join(
        s.user(f"stap{number}", settings="") + s.chain("begin", f"stap{number}")
        for number in range(1500)
    )
    findings = check(s.diagram(s.START + body, drawn=False))
    assert len(findings) == 1000
    assert {finding.severity for finding in findings} == {Severity.ERROR}


PLAIN = s.diagram(s.around(s.user()), drawn=False)


def _declared(encoding: str, content: bytes) -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?>'.encode("ascii") + content


NASTY = {
    "a zip": lambda: b"PK\x03\x04" + b"\0" * 100_000,
    "NUL in a name": lambda: PLAIN.replace(b"Stap", b"St\0ap"),
    "only NUL": lambda: b"\0" * 4_000_000,
    "open tags": lambda: b"<a>" * 1_000_000,
    "UTF-16 declared as UTF-8": lambda: PLAIN.decode().encode("utf-16"),
    "UTF-8 declared as UTF-16": lambda: _declared("UTF-16", PLAIN),
    "UTF-7": lambda: _declared("UTF-7", PLAIN.decode().encode("utf-7")),
    "Latin-1 declared as UTF-8": lambda: _declared("UTF-8", PLAIN.replace(b"Stap", b"St\xe4p")),
    "an encoding that is none": lambda: _declared("geen", PLAIN),
    "entities in entities": (
        "<!DOCTYPE z [<!ENTITY e0 'ha'>"
        + "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 10))
        + "]><z>&e9;</z>"
    ).encode,
    "a file as entity": lambda: b"<!DOCTYPE z [<!ENTITY f SYSTEM 'file:///etc/hosts'>]><z>&f;</z>",
    "one prefix twice": lambda: PLAIN.replace(b"xmlns:zeebe", b'xmlns:zeebe="a" xmlns:zeebe', 1),
    "a hundred thousand prefixes": lambda: PLAIN.replace(
        b"<process ", b"<process " + b" ".join(b'xmlns:n%d="u"' % n for n in range(100_000)) + b" "
    ),
    "a hundred thousand attributes": lambda: PLAIN.replace(
        b"<process ", b"<process " + b" ".join(b'a%d="1"' % n for n in range(100_000)) + b" "
    ),
    "a name of megabytes": lambda: PLAIN.replace(b'"Stap"', b'"' + b"x" * 4_000_000 + b'"', 1),
    "many flows": lambda: PLAIN.replace(
        b"</process>", b'<sequenceFlow id="f" sourceRef="begin"/>' * 90_000 + b"</process>"
    ),
    "a deep expression": lambda: s.diagram(
        s.around(s.user()) + s.flow("stap", "einde", when="=" + "(" * 300_000), drawn=False
    ),
    "a long number": lambda: s.diagram(
        s.around(d.catch("stap", d.timer(f"PT{'9' * 1_000_000}S"))), drawn=False
    ),
}
_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))
import time
from service.engine.guard import check_bpmn
from tests.pace import here
bound = here(5)
resource.setrlimit(resource.RLIMIT_CPU, (int(2 * bound), int(2 * bound)))
content = sys.stdin.buffer.read()
begin = time.process_time()
found = check_bpmn(content, file="p.bpmn")
assert time.process_time() - begin < bound
assert all(finding.reason and finding.way_out for finding in found)
print(*sorted({finding.code for finding in found}))
"""


@pytest.mark.parametrize("kind", NASTY)
def test_nothing_takes_more_than_five_seconds_and_half_a_gigabyte(kind: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED], input=NASTY[kind](), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-500:]
    assert b"guard-failed" not in done.stdout
