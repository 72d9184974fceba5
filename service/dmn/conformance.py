"""Runs test cases of the DMN Technology Compatibility Kit against our decisions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lxml import etree

from service.dmn.compile import read_dmn
from service.dmn.definitions import Definitions, Outcome
from service.dmn.together import read_together
from service.dmn.xml import attribute, child, children, local_name, text_of
from service.domain.errors import MeldrouteError
from service.domain.xml import read_xml
from service.feel import Environment, compile_expression

_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_TOLERANCE = Decimal("1e-8")
"""Expected numbers in the kit are rounded; results have 34 digits."""
_READERS: Mapping[str, str] = MappingProxyType(
    {
        "boolean": 'text = "true"',
        "date": "date(text)",
        "time": "time(text)",
        "dateTime": "date and time(text)",
        "duration": "duration(text)",
    }
)
_NUMBERS = frozenset({"decimal", "double", "integer", "int", "long", "float", "number"})


@dataclass(frozen=True, kw_only=True)
class CaseResult:
    """One expected result of one test case."""

    file: str
    case: str
    node: str
    passed: bool
    expected: str
    actual: str
    """The value, or why there is none."""


def run_kit(folder: Path, *, now: datetime) -> Iterator[CaseResult]:
    """Every expected result in ``folder`` and below, in the order of the file names."""
    for tests in sorted(folder.rglob("*.xml")):
        root = read_xml(tests.read_bytes(), file=str(tests))
        if local_name(root) == "testCases":
            yield from _run_file(tests, root, Environment(now=now))


def _run_file(tests: Path, root: etree._Element, env: Environment) -> Iterator[CaseResult]:
    model = text_of(child(root, "modelName")) or f"{tests.stem}.dmn"
    try:
        definitions: Definitions | MeldrouteError = _load(tests.parent / model)
    except MeldrouteError as error:
        definitions = error
    for case in children(root, "testCase"):
        inputs = {
            attribute(node, "name") or "": _value_of(node, env)
            for node in children(case, "inputNode")
        }
        for expected in children(case, "resultNode"):
            yield _run_case(tests, case, expected, definitions, inputs, env)


def _load(path: Path) -> Definitions:
    """A model with the other models of its folder, which it may import."""
    others = {other.name: other.read_bytes() for other in sorted(path.parent.glob("*.dmn"))}
    content = others.pop(path.name) if path.name in others else path.read_bytes()
    return read_dmn(
        content, file=path.name, imported=read_together(others, strict=False), strict=False
    )


def _run_case(
    tests: Path,
    case: etree._Element,
    node: etree._Element,
    definitions: Definitions | MeldrouteError,
    inputs: Mapping[str, Any],
    env: Environment,
) -> CaseResult:
    name = attribute(node, "name") or ""
    expected = _value_of(child(node, "expected"), env)
    try:
        if isinstance(definitions, MeldrouteError):
            raise definitions
        outcome = _outcome_of(definitions, case, name, inputs, env)
        passed = same(expected, outcome.value)
        reasons = "; ".join(item.message for item in outcome.diagnoses[:2])
        actual = f"{outcome.value}" + (f" ({reasons})" if reasons and not passed else "")
    except MeldrouteError as error:
        passed, actual = False, f"{type(error).__name__}: {error}"
    return CaseResult(
        file=tests.name,
        case=attribute(case, "id") or "",
        node=name,
        passed=passed,
        expected=f"{expected}",
        actual=actual,
    )


def _outcome_of(
    definitions: Definitions,
    case: etree._Element,
    name: str,
    inputs: Mapping[str, Any],
    env: Environment,
) -> Outcome:
    service = attribute(case, "invocableName")
    if service is not None and attribute(case, "type") == "decisionService":
        outputs, outcome = definitions.call_service(service, inputs, env)
        if len(outputs) > 1 and isinstance(outcome.value, dict):
            return Outcome(value=outcome.value.get(name), diagnoses=outcome.diagnoses)
        return outcome
    decision = definitions.by_name.get(name)
    return definitions.decide(decision.id if decision else name, inputs, env)


def same(expected: Any, actual: Any) -> bool:
    """Whether two FEEL values are the same, but for the rounding of numbers."""
    if isinstance(expected, Decimal) and isinstance(actual, Decimal):
        return abs(expected - actual) <= _TOLERANCE * max(abs(expected), Decimal(1))
    if isinstance(expected, list) and isinstance(actual, list):
        return len(expected) == len(actual) and all(map(same, expected, actual))
    if isinstance(expected, dict) and isinstance(actual, dict):
        return expected.keys() == actual.keys() and all(
            same(value, actual[key]) for key, value in expected.items()
        )
    return type(expected) is type(actual) and bool(expected == actual)


def _value_of(holder: etree._Element | None, env: Environment) -> Any:
    """The value inside an input node, result node, component or item."""
    if holder is None or holder.get(_NIL) == "true":
        return None
    components = {
        attribute(item, "name") or "": _value_of(item, env)
        for item in children(holder, "component")
    }
    if components:
        return components
    listed = child(holder, "list")
    if listed is not None:
        nil = listed.get(_NIL) == "true"
        return None if nil else [_value_of(item, env) for item in children(listed, "item")]
    value = child(holder, "value")
    if value is None or value.get(_NIL) == "true":
        return None
    return _scalar(value, env)


def _scalar(value: etree._Element, env: Environment) -> Any:
    kind = str(value.get(_TYPE) or "string").rpartition(":")[2]
    if kind in _NUMBERS:
        return Decimal(text_of(value))
    if kind in _READERS:
        return compile_expression(_READERS[kind]).evaluate({"text": text_of(value)}, env).value
    return value.text or ""
