"""Writes the tables of docs/bpmn.md from the register of rules and the cases that prove them.

``python -m tests.unit.engine.guard.document`` rewrites them after a rule has changed.
"""

from collections.abc import Iterator
from pathlib import Path

from service.domain.findings import Severity
from service.engine.guard import rules_by_place
from service.engine.guard.check import READING
from service.engine.guard.vocabulary import ELEMENTS
from service.engine.guard.zeebe import EXTENSIONS
from tests.unit.engine.guard.clean import CLEAN

PAGE = Path("docs/bpmn.md")
BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"
_TESTS = "tests/unit/engine/guard"


def tables() -> str:
    """Everything between the two marks of the page."""
    return "\n".join([*_runs(), *_elements(), *_extensions(), *_refused()])


def page(text: str) -> str:
    """The page with its tables as they should be."""
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n\n{tables()}\n{END}{tail}"


def _runs() -> Iterator[str]:
    yield "## What runs"
    yield ""
    yield f"Evidence: `{_TESTS}/test_supported.py::test_the_guard_lets_through[<construct>]`,"
    yield f"with the diagram itself in `{_TESTS}/clean.py`. The real engine takes each of them from"
    yield f"start to end in `{_TESTS}/test_agreement.py`."
    yield ""
    yield "| Construct |"
    yield "| --- |"
    yield from (f"| {construct} |" for construct in sorted(CLEAN))
    yield ""


def _elements() -> Iterator[str]:
    yield "## BPMN elements that are taken"
    yield ""
    yield "Every other element or attribute in the BPMN namespace is refused by name."
    yield ""
    yield "| Element | Attributes |"
    yield "| --- | --- |"
    for tag in sorted(ELEMENTS):
        yield f"| `{tag}` | {_codes(ELEMENTS[tag].attributes)} |"
    yield ""


def _extensions() -> Iterator[str]:
    yield "## zeebe elements that are taken"
    yield ""
    yield "| Element | Stands in | Needs | May have |"
    yield "| --- | --- | --- | --- |"
    for tag, entry in EXTENSIONS.items():
        cells = (entry.parents, entry.required, entry.optional)
        yield f"| `zeebe:{tag}` | " + " | ".join(map(_codes, cells)) + " |"
    yield ""


def _refused() -> Iterator[str]:
    yield "## What is refused or remarked, by code"
    yield ""
    yield f"Evidence: `{_TESTS}/test_refusals.py::test_the_guard_finds[<code>]`, with the diagram"
    yield f"itself in `{_TESTS}/cases.py`. An error blocks publication; a warning does not."
    yield ""
    yield from _table("reading", [(code, Severity.ERROR, READING[code]) for code in READING])
    told = set(READING)
    for place, rules in rules_by_place():
        rows = [(code, rule.severity, rule.codes[code]) for rule in rules for code in rule.codes]
        fresh = {row[0]: row for row in rows if row[0] not in told}
        told |= set(fresh)
        yield from _table(place, list(fresh.values()))


def _table(place: str, rows: list[tuple[str, Severity, str]]) -> Iterator[str]:
    yield f"### {place.replace('_', ' ').capitalize()}"
    yield ""
    yield "| Code | Severity | Meaning |"
    yield "| --- | --- | --- |"
    for code, severity, meaning in rows:
        yield f"| `{code}` | {severity.value} | {meaning} |"
    yield ""


def _codes(names: frozenset[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
