"""Reading XML that may be damaged or hostile."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain import xml
from service.domain.errors import Unreadable


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-xml"),
        (b"<a>", "not-xml"),
        (b"\xff\xfe\x00", "not-utf-8"),
        (b"<?xml version='1.0' encoding='iso-8859-1'?><a b='\xe9'/>", "not-utf-8"),
        ("<?xml version='1.0' encoding='utf-16'?><a/>".encode("utf-16"), "not-utf-8"),
        (b"<?xml version='1.0' encoding='unknown-8'?><a/>", "not-xml"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "document-type"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "document-type"),
        (b"<a>" * 250 + b"</a>" * 250, "too-deep"),
        (b"<a>" + b"<b/>" * 50_001 + b"</a>", "too-many-elements"),
        (b"<a>" + b" " * xml.MAX_BYTES + b"</a>", "too-large"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        xml.read_xml(content, file="proces.bpmn")
    (finding,) = caught.value.findings
    assert (finding.file, finding.code) == ("proces.bpmn", code)
    assert finding.way_out


def test_a_plain_file_is_read() -> None:
    assert xml.read_xml(b"<a><b/></a>", file="x").tag == "a"


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_else(content: bytes) -> None:
    with contextlib.suppress(Unreadable):
        xml.read_xml(content, file="x")
