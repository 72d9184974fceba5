"""Whatever changes in a file of the bundle, somebody who reads the sentences knows it."""

import json
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from service.domain.xml import read_xml
from service.operations import bundle_files
from service.operations.comparing import compare
from service.operations.comparing.tree import local

ONLY_WRITTEN = "Alleen anders opgeschreven; wat dit bestand doet, is hetzelfde."
FOLLOWS = ("incoming", "outgoing")
"""What an arrow says already."""


@cache
def bundle() -> dict[str, bytes]:
    return bundle_files.read_bundled("maashorst")


def paths(suffix: str) -> list[str]:
    return sorted(bundle_files.with_suffix(bundle(), suffix))


def told(path: str, content: bytes) -> tuple[str, ...]:
    [change] = compare(bundle(), {**bundle(), path: content}).files
    return change.sentences


@st.composite
def xml_edits(draw: st.DrawFn, suffix: str) -> tuple[str, bytes]:
    """A file in which one attribute, one text or one leaf is other than it was."""
    path = draw(st.sampled_from(paths(suffix)))
    root = read_xml(bundle()[path], file=path)
    elements = [e for e in root.iter() if local(str(e.tag)) not in FOLLOWS]
    element = draw(st.sampled_from(elements))
    parent = element.getparent()
    ways = [*map(str, element.attrib), "#text" if element.text and element.text.strip() else ""]
    ways += ["#gone"] if parent is not None and not len(element) else []
    way = draw(st.sampled_from([way for way in ways if way] or ["extra"]))
    if way == "#gone" and parent is not None:
        parent.remove(element)
    elif way == "#text":
        element.text = f"{element.text} anders"
    else:
        element.set(way, f"{element.get(way, '')}0" if way != "id" else "nieuw_id")
    return path, etree.tostring(root)


@settings(max_examples=40)
@given(xml_edits(".bpmn"))
def test_no_change_of_a_diagram_goes_unmentioned(edit: tuple[str, bytes]) -> None:
    path, content = edit
    assert told(path, content)[0] != ONLY_WRITTEN


@settings(max_examples=30)
@given(xml_edits(".dmn"))
def test_no_change_of_a_table_goes_unmentioned(edit: tuple[str, bytes]) -> None:
    path, content = edit
    assert told(path, content)[0] != ONLY_WRITTEN


def places(part: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a form: what it is in, and its name or position there."""
    for key in part if isinstance(part, dict) else range(len(part)):
        yield part, key
        if isinstance(part[key], dict | list):
            yield from places(part[key])


@st.composite
def form_edits(draw: st.DrawFn) -> tuple[str, bytes]:
    path = draw(st.sampled_from(paths(".form")))
    form = json.loads(bundle()[path])
    around, key = draw(st.sampled_from(list(places(form))))
    value = around[key]
    if draw(st.booleans()):
        del around[key]
    elif isinstance(value, str):
        around[key] = f"{value} anders"
    else:
        around[key] = not value
    return path, orjson.dumps(form)


@settings(max_examples=40)
@given(form_edits())
def test_no_change_of_a_form_goes_unmentioned(edit: tuple[str, bytes]) -> None:
    path, content = edit
    assert told(path, content)[0] != ONLY_WRITTEN


@st.composite
def profile_edits(draw: st.DrawFn) -> bytes:
    """The profile without one of its lines, or with one that says something else."""
    lines = bundle()[bundle_files.PROFILE].decode().split("\n")
    at = draw(st.integers(0, len(lines) - 1))
    wrong = draw(st.booleans())
    lines[at] = lines[at].replace('"', '"x', 1).replace("true", "false") if wrong else ""
    return "\n".join(lines).encode()


@settings(max_examples=40)
@given(profile_edits())
def test_no_change_of_the_profile_goes_unmentioned(content: bytes) -> None:
    try:
        after = tomllib.loads(content.decode())
    except tomllib.TOMLDecodeError:
        return
    before = bundle()[bundle_files.PROFILE]
    if content != before:
        first = told(bundle_files.PROFILE, content)[0]
        assert (first != ONLY_WRITTEN) or after == tomllib.loads(before.decode())


@pytest.mark.parametrize("suffix", [".bpmn", ".dmn", ".form"])
def test_each_file_against_another_of_its_kind_is_told_without_an_error(suffix: str) -> None:
    one, *others = paths(suffix)
    for other in others[:40]:
        assert told(one, bundle()[other])
