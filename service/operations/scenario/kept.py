"""Scenarios that a municipality keeps with its processes: tests that every change must pass."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, Final
from uuid import UUID

from service.domain.errors import MeldrouteError, Refused
from service.domain.findings import Finding, Severity
from service.operations import bundle_files
from service.operations.published import Published, compile_files
from service.operations.scenario.casting import FOLDER, adjusted
from service.operations.scenario.memory import MemoryStage
from service.operations.scenario.play import play
from service.operations.scenario.read import read_scenario
from service.operations.scenario.script import Scenario, ScenarioFailed, spoken

DIFFERS: Final = "scenario-differs"
"""The code of the finding for a kept scenario that goes otherwise."""


@dataclass(frozen=True, kw_only=True)
class ScenarioResult:
    """How one kept scenario went."""

    path: str
    name: str
    """What it is called; its path when it cannot be read."""
    passed: bool
    step: int | None = None
    """The step, from 1, where it went otherwise; none for the beginning or the ending."""
    line: int | None = None
    reason: str = ""
    expected: str = ""
    found: str = ""


def kept_scenarios(files: bundle_files.Files) -> tuple[str, ...]:
    """The paths of the scenarios in a bundle, sorted."""
    return tuple(sorted(path for path in files if _is_scenario(path)))


def _compiled(files: bundle_files.Files) -> Published:
    return compile_files(files, id=UUID(int=0), number=0, checked=False)


def run_scenarios(
    files: bundle_files.Files, *, compiled: Callable[[bundle_files.Files], Published] = _compiled
) -> list[ScenarioResult]:
    """Plays the scenarios of a bundle on that bundle, in memory; other municipalities' not.

    ``compiled`` gives the bundle as it runs, and is only asked when there is something to play.

    Raises:
        Refused: the bundle does not compile, so nothing can be played.
    """
    paths = kept_scenarios(files)
    if not paths:
        return []
    published = compiled(files)
    return [result for path in paths if (result := _result(path, files[path], published))]


def scenario_findings(
    content: bundle_files.Files, *, compiled: Callable[[bundle_files.Files], Published] = _compiled
) -> list[Finding]:
    """A finding for each kept scenario that goes otherwise; it keeps a draft from publication.

    Nothing for a bundle that does not compile: that has findings of its own.
    """
    try:
        results = run_scenarios(content, compiled=compiled)
    except Refused:
        return []
    return [_finding(result) for result in results if not result.passed]


def _is_scenario(path: str) -> bool:
    place = PurePosixPath(path)
    return place.suffix == ".toml" and place.parent.name == FOLDER


def _result(path: str, content: bytes, published: Published) -> ScenarioResult | None:
    try:
        scenario = read_scenario(content, file=path)
    except Refused as error:
        return ScenarioResult(path=path, name=path, passed=False, reason=str(error))
    named = scenario.municipalities
    if named is not None and published.profile.id not in named:
        return None
    try:
        _play(scenario, published)
    except ScenarioFailed as error:
        return ScenarioResult(
            path=path,
            name=scenario.name,
            passed=False,
            step=error.place.number if error.place else None,
            line=error.place.line if error.place else None,
            reason=error.reason,
            expected=_spoken(error.expected),
            found=_spoken(error.found),
        )
    except MeldrouteError as error:
        return ScenarioResult(path=path, name=scenario.name, passed=False, reason=str(error))
    return ScenarioResult(path=path, name=scenario.name, passed=True)


def _play(scenario: Scenario, published: Published) -> None:
    profile = adjusted(published.profile, scenario)
    play(scenario, MemoryStage.of(replace(published, profile=profile), scenario))


def _finding(result: ScenarioResult) -> Finding:
    where = f"stap {result.step}" if result.step else "het verloop"
    return Finding(
        file=result.path,
        element_id=None,
        code=DIFFERS,
        severity=Severity.ERROR,
        reason=f"Toets ‘{result.name}’ gaat anders bij {where}: {' '.join(_told(result))}",
        way_out="Verbeter het proces; of speel de toets opnieuw in een proef en bewaar haar.",
        line=result.line,
    )


def _told(result: ScenarioResult) -> Iterator[str]:
    yield result.reason
    if result.expected:
        yield f"Verwacht: {result.expected}; gevonden: {result.found}."


def _spoken(value: Any) -> str:
    return "" if value is None else spoken(value)
