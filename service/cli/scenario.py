"""``meldroute scenario``: play scenario files in memory, without a database."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from service.cli._values import to_json
from service.domain.errors import Misconfigured, NotFound, Refused, Unreadable
from service.domain.profile import Profile, read_profile
from service.operations import bundle_files
from service.operations.scenario.casting import FOLDER, Repertoire, read_repertoire
from service.operations.scenario.memory import MemoryStage
from service.operations.scenario.play import play
from service.operations.scenario.read import read_scenario
from service.operations.scenario.script import Scenario, ScenarioFailed


@click.command(name="scenario")
@click.argument(
    "paths",
    metavar="BESTAND…",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, path_type=Path),
)
@click.option(
    "--gemeente",
    help="Speel alleen in deze gemeente: een naam, of een profiel (.toml). "
    "Anders in elke gemeente die het scenario noemt.",
)
@click.option("--json", "machine", is_flag=True, help="Schrijf het verloop als JSON.")
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[Path, ...], *, gemeente: str | None, machine: bool
) -> None:
    """Speel scenario's in het geheugen, op een klok die vooruit springt.

    Van een map worden alle scenario's daaronder gespeeld. Afsluitcode 0: alles gaat zoals het
    scenario zegt, 1: iets gaat anders, 2: een bestand is niet te lezen.
    """
    outcomes: list[dict[str, Any]] = []
    repertoires: dict[Path, Repertoire] = {}
    for path in _files(paths):
        root = _root_of(path)
        if root not in repertoires:
            repertoires[root] = _with_profile(read_repertoire(root), gemeente)
        for outcome in _play_file(path, repertoires[root], gemeente):
            outcomes.append(outcome)
            if not machine:
                _print(outcome)
    if machine:
        click.echo(to_json({"scenarios": outcomes}))
    ctx.exit(max((outcome["exit"] for outcome in outcomes), default=0))


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(
                found
                for found in path.rglob("*.toml")
                if FOLDER in found.relative_to(path).parts or path.name == FOLDER
            )
        else:
            yield path


def _root_of(path: Path) -> Path:
    """The folder with ``processes`` that a scenario lies in; else what comes with the product."""
    for folder in path.resolve().parents:
        if folder.name == "processes" and (folder / "gemeenten").is_dir():
            return folder.parent
    return bundle_files.content_root()


def _with_profile(repertoire: Repertoire, gemeente: str | None) -> Repertoire:
    """The same, with a profile of its own when ``--gemeente`` is a file."""
    if gemeente is None or not gemeente.endswith(".toml"):
        return repertoire
    profile = _profile(Path(gemeente))
    return Repertoire(published=repertoire.published, profiles={profile.id: profile})


def _profile(path: Path) -> Profile:
    try:
        return read_profile(path.read_bytes(), file=str(path))
    except OSError as error:
        raise Misconfigured(f"{path}: {error.strerror}.") from error


def _play_file(
    path: Path, repertoire: Repertoire, gemeente: str | None
) -> Iterator[dict[str, Any]]:
    try:
        scenario = read_scenario(path.read_bytes(), file=str(path))
    except Refused as error:
        yield _outcome(path, None, None, error=str(error), exit=1 + isinstance(error, Unreadable))
        return
    for municipality in _municipalities(scenario, repertoire, gemeente):
        yield _played(path, scenario, repertoire, municipality)


def _municipalities(
    scenario: Scenario, repertoire: Repertoire, gemeente: str | None
) -> tuple[str, ...]:
    if gemeente is not None and gemeente.endswith(".toml"):
        return tuple(repertoire.profiles)
    named = repertoire.municipalities(scenario)
    if gemeente is not None and gemeente not in repertoire.profiles:
        raise NotFound(
            f"Gemeente {gemeente!r} is onbekend; bekend zijn: {', '.join(repertoire.profiles)}."
        )
    return named if gemeente is None else tuple(name for name in named if name == gemeente)


def _played(
    path: Path, scenario: Scenario, repertoire: Repertoire, municipality: str
) -> dict[str, Any]:
    stage = MemoryStage.of(repertoire.published_for(scenario, municipality), scenario)
    try:
        course = play(scenario, stage)
    except ScenarioFailed as error:
        at = {
            "step": error.place.number if error.place else None,
            "line": error.place.line if error.place else None,
            "expected": error.expected,
            "found": error.found,
        }
        return _outcome(path, scenario, municipality, error=str(error), exit=1, **at)
    return _outcome(path, scenario, municipality, exit=0, ends=course.ends)


def _outcome(
    path: Path, scenario: Scenario | None, municipality: str | None, **more: Any
) -> dict[str, Any]:
    return {
        "file": str(path),
        "name": scenario.name if scenario else None,
        "municipality": municipality,
        "error": None,
        **more,
    }


def _print(outcome: dict[str, Any]) -> None:
    sign = "✗" if outcome["exit"] else "✓"
    where = f" ({outcome['municipality']})" if outcome["municipality"] else ""
    click.echo(f"{sign} {outcome['name'] or outcome['file']}{where}")
    if outcome["error"]:
        click.echo("    " + outcome["error"].replace("\n", "\n    "))
    else:
        click.echo(f"    {' → '.join(outcome['ends']) or 'loopt nog'}")
