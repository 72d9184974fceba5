"""One call that checks a whole file: read it, understand it, ask every rule."""

import logging
import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from lxml import etree

from service.domain.by_content import by_content
from service.domain.errors import Unreadable
from service.domain.findings import Finding, Severity
from service.domain.xml import read_xml
from service.engine.guard.known import Known
from service.engine.guard.model import Diagram, understand
from service.engine.guard.registry import RULES, Rule
from service.engine.guard.rules import PLACES
from service.engine.guard.rules.outcomes import caught_by_calls
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import is_bpmn, line_of, local

MOST = 1000
"""More findings than this say nothing new; errors are kept before warnings."""

MOST_ELEMENTS = 20_000
"""The largest of 15,000 public diagrams has 8,000; more cannot be judged within seconds."""
MOST_ATTRIBUTES = 200
"""On one element; an attribute is found by looking along all of them."""

READING: Mapping[str, str] = {
    "not-xml": "the file is not well-formed XML",
    "document-type": "the file has a document type declaration",
    "too-large": "the file is larger than is read",
    "too-deep": "elements are nested deeper than is read",
    "too-many-elements": "more elements than are read",
    "too-many-attributes": "more attributes on one element than are read",
    "not-bpmn": "XML that is not BPMN 2.0",
    "guard-failed": "the guard itself failed; the file is refused",
}
"""Codes given before, or in place of, the rules."""

_A_DAY = re.compile(rb"\d{4}-\d\d-\d\d")
"""As timers write it."""

_HIDDEN = re.compile(rb"&#|\\[uU]")
"""A character by its number, in XML or FEEL, which could hide a day or an id."""

_PLAIN = re.compile(r"[A-Za-z0-9_.:-]+")
"""Ids that a file can spell in one way only, unless by the numbers of characters."""

log = logging.getLogger(__name__)


def check_bpmn(content: bytes, *, file: str, known: Known | None = None) -> list[Finding]:
    """Everything that is wrong with a diagram, in document order; never raises.

    ``known`` says which forms, decisions, processes, roles and job types exist; without it,
    references outside the file are not checked.
    """
    return list(_findings(content, file, _Around.of(known or Known(), content)))


@dataclass(frozen=True)
class _Around:
    """What is known around a diagram, as far as the diagram can depend on it."""

    told: tuple[Hashable, ...]
    known: Known = field(compare=False)

    @classmethod
    def of(cls, known: Known, content: bytes) -> "_Around":
        """Without what the diagram does not name, and the moment where it names no day."""
        values = {one.name: _named_of(content, getattr(known, one.name)) for one in fields(known)}
        values["now"] = known.now if _may_name_a_day(content) else None
        told = (frozenset(v.items()) if isinstance(v, Mapping) else v for v in values.values())
        return cls(tuple(told), Known(**values))


@by_content
def _may_name_a_day(content: bytes, /) -> bool:
    return bool(_A_DAY.search(content) or _HIDDEN.search(content))


def _named_of(content: bytes, value: Any) -> Any:
    """Of ids, or of what is known by id, as much as the diagram may name."""
    if isinstance(value, Mapping):
        named = _named(content, frozenset(value))
        return {one: known for one, known in value.items() if one in named}
    return _named(content, value) if isinstance(value, frozenset) else value


@by_content
def _named(content: bytes, /, ids: frozenset[str]) -> frozenset[str]:
    if _HIDDEN.search(content):
        return ids
    return frozenset(one for one in ids if not _PLAIN.fullmatch(one) or one.encode() in content)


@by_content
def _findings(content: bytes, /, file: str, around: _Around) -> tuple[Finding, ...]:
    try:
        root = read_xml(content, file=file)
    except Unreadable as unreadable:
        return tuple(unreadable.findings)
    if not is_bpmn(root, "definitions"):
        return (_not_bpmn(root, file),)
    if too_much := _bounded(root, file):
        return (too_much,)
    diagram = understand(root, file=file)
    found = {finding: None for rule in RULES for finding in _ask(rule, diagram, around.known)}
    return tuple(_in_order(list(found)))


@by_content
def errors_caught_by_calls(content: bytes, *, file: str) -> frozenset[str]:
    """The error codes that this file's calls catch, for ``Known.caught_errors`` of other files.

    Never raises; a file that cannot be read catches nothing.
    """
    try:
        root = read_xml(content, file=file)
    except Unreadable:
        return frozenset()
    return caught_by_calls(understand(root, file=file))


def errors_caught_elsewhere(files: Mapping[str, bytes]) -> dict[str, frozenset[str]]:
    """``Known.caught_errors`` of each file of a publication: what calls in the others catch.

    Never raises. Keys of ``files`` and of the outcome are file names.
    """
    caught = {file: errors_caught_by_calls(content, file=file) for file, content in files.items()}
    return {
        file: frozenset().union(*(codes for other, codes in caught.items() if other != file))
        for file in files
    }


def rules_by_place() -> list[tuple[str, list[Rule]]]:
    """The register, place by place, in reading order: what docs/bpmn.md is made of."""
    names = [module.__name__.rpartition(".")[2] for module in PLACES]
    return [(name, [rule for rule in RULES if rule.place == name]) for name in names]


def _ask(rule: Rule, diagram: Diagram, known: Known) -> Iterator[Finding]:
    """The findings of one rule; its own failure refuses the file instead of passing it."""
    try:
        yield from rule.findings(diagram, known)
    except Exception:
        # A diagram must never bring the guard down; the log keeps the trace.
        log.exception("guard rule failed", extra={"rule": sorted(rule.codes)})
        yield Finding(
            file=diagram.file,
            element_id=None,
            code="guard-failed",
            severity=Severity.ERROR,
            reason="De controle kon dit diagram niet helemaal beoordelen.",
            way_out="Meld dit bij de beheerder, met het bestand erbij.",
        )


def _in_order(found: list[Finding]) -> list[Finding]:
    if len(found) > MOST:
        found = sorted(found, key=lambda finding: finding.severity is not Severity.ERROR)[:MOST]
    return sorted(found, key=lambda finding: (finding.line or 0, finding.severity, finding.code))


def _bounded(root: etree._Element, file: str) -> Finding | None:
    count = 0
    for count, element in enumerate(root.iter("*"), 1):  # noqa: B007 - counts on
        if len(element.attrib) > MOST_ATTRIBUTES:
            reason = f"Een onderdeel heeft meer dan {MOST_ATTRIBUTES} kenmerken."
            return _too_much(file, "too-many-attributes", reason, line_of(element))
    if count > MOST_ELEMENTS:
        reason = (
            f"Het diagram heeft {count} onderdelen; meer dan {MOST_ELEMENTS} wordt niet beoordeeld."
        )
        return _too_much(file, "too-many-elements", reason, None)
    return None


def _too_much(file: str, code: str, reason: str, line: int | None) -> Finding:
    return Finding(
        file=file,
        element_id=None,
        code=code,
        severity=Severity.ERROR,
        reason=reason,
        way_out="Splits het proces in processen die elkaar aanroepen.",
        line=line,
    )


def _not_bpmn(root: etree._Element, file: str) -> Finding:
    return Finding(
        file=file,
        element_id=None,
        code="not-bpmn",
        severity=Severity.ERROR,
        reason=f"Dit bestand is geen BPMN-diagram: het begint met {quoted(local(root))}.",
        way_out="Kies een bestand dat uit een BPMN-editor komt (BPMN 2.0).",
        line=line_of(root),
    )
