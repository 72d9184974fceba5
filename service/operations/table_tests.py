"""Plays the test rows of a decision table against the table as it stands."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, Final

from service import dmn, engine, feel
from service.domain.errors import ExpressionError, Refused, WrongProfile
from service.domain.findings import Finding, Severity
from service.domain.profile import Profile, read_profile
from service.domain.working_days import AMSTERDAM
from service.operations import bundle_files
from service.operations.table_test_file import (
    FOLDER,
    TableTest,
    read_table_tests,
    table_path,
)

_PROFILE_NAME: Final = "gemeente"
_SAME: Final = feel.compile_expression("uitkomst = verwacht", names=("uitkomst", "verwacht"))


@dataclass(frozen=True, kw_only=True)
class PlayedTest:
    """What became of one test row."""

    test: TableTest
    got: str
    """The outcome as FEEL; "" when there is none because something is wrong."""
    passed: bool
    problem: str = ""
    """Why it could not be played: one Dutch sentence."""
    matched: tuple[str, ...] = ()
    """Ids of the rules on which the outcome rests."""


class AskedTable:
    """A decision file of a bundle, ready to be asked."""

    def __init__(self, content: bundle_files.Files, path: str, *, now: datetime | None) -> None:
        """Compile the table; what is wrong with it is told by ``problem``."""
        self.problem = ""
        body = content[path]
        alone = {path: body}
        models = bundle_files.with_suffix(content, ".dmn") if dmn.imports_others(body) else alone
        found = dmn.read_together(models, strict=False, refused=lambda _error: None)
        self._definitions = next((one for one in found if one.file == path), None)
        if self._definitions is None:
            self.problem = "De tabel zelf heeft fouten; herstel die eerst."
        self._reads = _reads(body, path)
        self.decisions: Mapping[str, str] = dmn.decision_names(body)
        """What the decisions are called, by id."""
        self._own = path.rsplit("/", 1)[-1].removesuffix(".dmn")
        profile = _profile(content)
        self._gemeente = {} if profile is None else {_PROFILE_NAME: profile.as_context()}
        moment = now or datetime.now(AMSTERDAM)
        self._env = (
            feel.Environment(now=moment)
            if profile is None
            else feel.Environment(now=moment, calendar=profile.calendar)
        )

    def decision_of(self, test: TableTest) -> str:
        """The id of the decision that a row is about; "" when nobody can tell."""
        if test.decision or len(self.decisions) != 1:
            return test.decision or (self._own if self._own in self.decisions else "")
        return next(iter(self.decisions))

    def inputs_of(self, decision: str) -> tuple[str, ...]:
        """The paths that a decision reads, and those that it needs."""
        needed = {path for one in self._needed(decision) for path in self._reads.get(one, ())}
        return tuple(sorted(needed))

    @property
    def inputs(self) -> tuple[str, ...]:
        """The paths that any decision of the file reads."""
        return tuple(sorted({p for one in self.decisions for p in self.inputs_of(one)}))

    def play(self, test: TableTest) -> PlayedTest:
        """Asks the table what a row asks."""
        problem = self.problem or self._misfit(test)
        if problem or self._definitions is None:
            return PlayedTest(test=test, got="", passed=False, problem=problem)
        try:
            given = {path: self._value(text) for path, text in test.inputs.items()}
            expected = self._value(test.expected)
            outcome = self._definitions.decide(
                self.decision_of(test), {**self._gemeente, **_nested(given)}, self._env
            )
        except ExpressionError as error:
            return PlayedTest(test=test, got="", passed=False, problem=str(error))
        same = _SAME.evaluate({"uitkomst": outcome.value, "verwacht": expected}, self._env)
        return PlayedTest(
            test=test,
            got=feel.feel_text(outcome.value),
            passed=same.value is True,
            matched=outcome.matched,
        )

    def _misfit(self, test: TableTest) -> str:
        decision = self.decision_of(test)
        if decision not in self.decisions:
            known = ", ".join(self.decisions) or "geen"
            return f"Beslissing {decision!r} staat niet in deze tabel; wel: {known}."
        known_inputs = self.inputs_of(decision)
        for path in test.inputs:
            if path not in known_inputs and path.split(".")[0] not in known_inputs:
                return f"De tabel leest {path!r} niet; wel: {', '.join(known_inputs) or 'niets'}."
        return ""

    def _value(self, text: str) -> Any:
        """The value of a cell of a row.

        Raises:
            ExpressionError: it is no value.
        """
        expression = feel.compile_expression(text)
        if expression.names:
            name = min(expression.names)
            raise ExpressionError(
                f'{name} is een naam en geen waarde; schrijf "{name}" als u een tekst bedoelt.'
            )
        return expression.value({}, self._env)

    def _needed(self, decision: str) -> Iterator[str]:
        waiting, seen = [decision], set[str]()
        known = {} if self._definitions is None else self._definitions.decisions
        while waiting:
            here = waiting.pop()
            if here in seen:
                continue
            seen.add(here)
            yield here
            waiting += known[here].requires if here in known else ()


def play_tests(
    content: bundle_files.Files, table: str, tests: Iterable[TableTest], *, now: datetime | None
) -> tuple[PlayedTest, ...]:
    """What becomes of test rows against a table of a bundle."""
    tested = AskedTable(content, table, now=now)
    return tuple(tested.play(test) for test in tests)


def table_test_findings(
    content: bundle_files.Files,
    *,
    only: Container[str] | None = None,
    now: datetime | None = None,
) -> list[Finding]:
    """What is wrong with the test rows of a bundle, and which of them a table fails.

    ``only``: of these files alone.
    """
    paths = (path for path in content if path.endswith(".toml") and f"/{FOLDER}/" in path)
    asked = [path for path in paths if only is None or path in only]
    return list(chain.from_iterable(_findings(content, path, now) for path in asked))


def _findings(content: bundle_files.Files, path: str, now: datetime | None) -> Iterator[Finding]:
    table = table_path(path)
    try:
        tests = read_table_tests(content[path], file=path)
    except Refused as error:
        yield from error.findings
        return
    if table not in content:
        yield _finding(
            path, "no-table", f"De tabel {table} is er niet.", "Haal dit bestand met toetsen weg."
        )
        return
    for number, result in enumerate(play_tests(content, table, tests, now=now), 1):
        if not result.passed:
            yield _failed(path, number, result)


def _failed(path: str, number: int, result: PlayedTest) -> Finding:
    test = result.test
    said = result.problem or f"verwacht was {test.expected}, en de tabel geeft {result.got}."
    return _finding(
        path,
        "test-failed",
        f"Toets {number} ‘{test.name}’: {said}",
        "Verbeter de tabel, of pas de toets aan als de nieuwe uitkomst klopt.",
        line=test.line,
    )


def _finding(path: str, code: str, reason: str, way_out: str, line: int | None = None) -> Finding:
    return Finding(
        file=path,
        element_id=None,
        code=code,
        severity=Severity.ERROR,
        reason=reason,
        way_out=way_out,
        line=line,
    )


def _profile(content: bundle_files.Files) -> Profile | None:
    """The profile of the bundle; one that is wrong has findings of its own."""
    if bundle_files.PROFILE not in content:
        return None
    try:
        return read_profile(content[bundle_files.PROFILE], file=bundle_files.PROFILE)
    except WrongProfile:
        return None


def _reads(body: bytes, path: str) -> dict[str, frozenset[str]]:
    """What each decision reads: paths where its columns tell them, else names."""
    columns = engine.inputs_of_decisions(body, file=path)
    found: dict[str, frozenset[str]] = {}
    for decision, names in dmn.names_read(body).items():
        paths = columns.get(decision, frozenset())
        told = {one.split(".")[0] for one in paths}
        found[decision] = frozenset(
            one for one in (*paths, *(names - told)) if one.split(".")[0] != _PROFILE_NAME
        )
    return found


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Paths opened into contexts."""
    found: dict[str, Any] = {}
    for path, value in sorted(values.items()):
        *above, last = path.split(".")
        place = found
        for name in above:
            if not isinstance(place.get(name), dict):
                place[name] = {}
            place = place[name]
        place[last] = value
    return found
