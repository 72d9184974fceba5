"""A finding speaks the words of the editor: somebody who never saw XML can act on it."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from service.domain.findings import Finding
from service.engine.guard import Known, check_bpmn
from service.engine.guard.panel import FIELDS, PARTS, ZEEBE_WORDS
from service.engine.guard.refused import REFUSED, REFUSED_ATTRIBUTES
from service.engine.guard.vocabulary import ELEMENTS, VALUES
from service.engine.guard.words import EVENTS, NOUNS
from service.engine.guard.zeebe import (
    EXTENSIONS,
    REFUSED_EXTENSION_ATTRIBUTES,
    REFUSED_EXTENSIONS,
)
from tests.unit.engine.guard import snippets as s
from tests.unit.engine.guard.cases import CASES
from tests.unit.engine.guard.parts import more, with_element
from tests.unit.engine.guard.snippets import around, diagram, extra

ISLANDS = Path("service/web/islands")
ZEEBE_TAGS = EXTENSIONS.keys() | REFUSED_EXTENSIONS.keys()
ZEEBE_ATTRIBUTES = REFUSED_EXTENSION_ATTRIBUTES.keys() | {
    name for entry in EXTENSIONS.values() for name in entry.required | entry.optional
}
BPMN_TAGS = ELEMENTS.keys() | REFUSED.keys()
BPMN_ATTRIBUTES = VALUES.keys() | REFUSED_ATTRIBUTES.keys()
NAMES = ZEEBE_TAGS | ZEEBE_ATTRIBUTES | BPMN_TAGS | BPMN_ATTRIBUTES | {"id"}
NAMES |= {name for entry in ELEMENTS.values() for name in entry.attributes}
XML = re.compile(r"\b(?:zeebe|bpmn|camunda):|\b[a-z]+[A-Z]\w*|[<>]|=‘")
"""Prefixes, names in camel case, brackets of tags and ``name=‘value’``."""


def test_a_bare_name_of_the_file_is_found() -> None:
    for text in (
        "heeft een lege zeebe:ioMapping.",
        "Vul candidateGroups in.",
        "heeft retries=‘-1’.",
        "noemt ‘weg’ als incoming.",
        "heeft geen id.",
        "Kies bij ‘formId’ een formulier.",
    ):
        assert bare(text), text
    assert bare("Kies een formulier bij ‘Formulier’ (formId).") == []
    assert bare("heeft het kenmerk ‘kleur’; dat wordt niet uitgevoerd.") == []


@pytest.mark.parametrize("case", sorted(CASES))
def test_no_finding_speaks_xml(case: str) -> None:
    found = CASES[case]
    content, known = found if isinstance(found, tuple) else (found, Known())
    assert spoken(check_bpmn(content, file="proces.bpmn", known=known)) == {}


@pytest.mark.parametrize("tag", sorted(BPMN_TAGS))
def test_every_element_has_a_word(tag: str) -> None:
    assert tag in PARTS or tag in NOUNS
    assert spoken(check_bpmn(with_element(tag), file="proces.bpmn")) == {}


@pytest.mark.parametrize("name", sorted(BPMN_ATTRIBUTES))
def test_every_attribute_has_a_word(name: str) -> None:
    wrong = f'{name}="anders"'
    start = s.START.replace("<startEvent", f"<startEvent {wrong}")
    body = around(s.user(more=wrong)).replace(s.START, start)
    found = check_bpmn(diagram(body), file="proces.bpmn")
    assert any(f"({name})" in finding.reason for finding in found)
    assert spoken(found) == {}


@pytest.mark.parametrize("tag", sorted(ZEEBE_TAGS))
def test_every_setting_has_a_word(tag: str) -> None:
    assert tag in ZEEBE_WORDS
    assert spoken(settings_of(tag)) == {}


def settings_of(tag: str) -> Iterator[Finding]:
    """The setting on a step that may not have it; and where it may, empty and with wrong values."""
    yield from check_bpmn(diagram(around(more(f"<zeebe:{tag}/>"))), file="proces.bpmn")
    holders = EXTENSIONS[tag].parents - {"properties", "ioMapping"} if tag in EXTENSIONS else ()
    for holder in sorted(holders):
        for wrong in ("", " ".join(f'{name}="anders"' for name in sorted(ZEEBE_ATTRIBUTES))):
            setting = extra(f"<zeebe:{tag} {wrong}/>")
            content = diagram(around(f'<{holder} id="stap">{setting}</{holder}>'))
            yield from check_bpmn(content, file="proces.bpmn")


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_the_panel_has_the_group_and_the_field(name: str) -> None:
    for label in FIELDS[name]:
        assert f'"{label}"' in panel_sources(), label


@pytest.mark.parametrize("tag", sorted({**NOUNS, **EVENTS}.keys() - {"definitions", "laneSet"}))
def test_the_editor_calls_an_element_the_same(tag: str) -> None:
    word = {**NOUNS, **EVENTS}[tag]
    if not re.search(r"definitie|Categorie", word):
        assert f'"{word}"' in panel_sources(), word


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_finding_that_names_a_field_opens_it(case: str) -> None:
    found = CASES[case]
    content, known = found if isinstance(found, tuple) else (found, Known())
    for finding in check_bpmn(content, file="proces.bpmn", known=known):
        named = LABELS & set(re.findall("‘([^’]*)’", finding.way_out))
        assert finding.field or not named, finding


LABELS = {labels[-1] for labels in FIELDS.values()}


@cache
def panel_sources() -> str:
    files = [ISLANDS / "nl-bpmn-words.js", *sorted((ISLANDS / "modeler/picks").glob("*.js"))]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def spoken(findings: Iterator[Finding] | list[Finding]) -> dict[str, list[str]]:
    """Names of the file that the findings use as if they were words, by code."""
    told = {one.code: bare(f"{one.reason} {one.way_out}") for one in findings}
    return {code: names for code, names in told.items() if names}


def bare(text: str) -> list[str]:
    """Names of XML outside brackets; quoted is only what the diagram itself says."""
    quotes = re.findall("‘([^’]*)’", text)
    plain = re.sub(r"\([^()]*\)", "", re.sub("‘[^’]*’", "‘’", text))
    words = set(re.findall(r"\w+", plain))
    camel = {name for name in quotes if name in NAMES and not name.islower()}
    return [*XML.findall(plain), *sorted(words & NAMES | camel)]
