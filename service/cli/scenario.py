"""``meldroute scenario``: play scenario files in memory, without a database."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from service.cli._values import to_json
from service.domain.errors import Misconfigured, NotFound, Refused, Unreadable
from service.domain.profile import Profile, read_profile
from service.operations import bundle_files
from service.operations.published import Publications
from service.operations.scenario.casting import (
    FOLDER,
    Repertoire,
    read_repertoire,
    scenario_files,
)
from service.operations.scenario.kept import kept_scenarios
from service.operations.scenario.memory import MemoryStage
from service.operations.scenario.play import play
from service.operations.scenario.read import read_scenario
from service.operations.scenario.script import Scenario, ScenarioFailed


@click.command(name="scenario")
@click.argument(
    "paths",
    metavar="BESTAND…",
    nargs=-1,
    type=click.Path(exists=True, path_type=Path),
)
@click.option(
    "--gemeente",
    help="Speel alleen in deze gemeente: een naam, of een profiel (.toml). "
    "Anders in elke gemeente die het scenario noemt.",
)
@click.option(
    "--bundle",
    "bundle",
    type=click.Path(exists=True, path_type=Path),
    help="Speel op deze bundel, een map of een opgehaalde publicatie (.zip), met haar profiel. "
    "Zonder BESTAND: alle toetsen die in de bundel staan.",
)
@click.option("--json", "machine", is_flag=True, help="Schrijf het verloop als JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    *,
    gemeente: str | None,
    bundle: Path | None,
    machine: bool,
) -> None:
    """Speel scenario's in het geheugen, op een klok die vooruit springt.

    Van een map worden alle scenario's daaronder gespeeld. Afsluitcode 0: alles gaat zoals het
    scenario zegt, 1: iets gaat anders, 2: een bestand is niet te lezen.
    """
    if not paths and bundle is None:
        raise click.UsageError("Noem een scenario of een map; of een bundel met --bundle.")
    outcomes: list[dict[str, Any]] = []
    played = _on_repertoires(paths, gemeente) if bundle is None else _on_bundle(bundle, paths)
    for outcome in played:
        outcomes.append(outcome)
        if not machine:
            _print(outcome)
    if machine:
        click.echo(to_json({"scenarios": outcomes}))
    ctx.exit(max((outcome["exit"] for outcome in outcomes), default=0))


def _on_repertoires(paths: Iterable[Path], gemeente: str | None) -> Iterator[dict[str, Any]]:
    """Each file on the processes that it lies with, in each municipality that it names."""
    repertoires: dict[Path, Repertoire] = {}
    for path in _files(paths):
        root = _root_of(path)
        if root not in repertoires:
            repertoires[root] = _with_profile(read_repertoire(root), gemeente)
        places = partial(_municipalities, repertoire=repertoires[root], gemeente=gemeente)
        yield from _play_file(str(path), path.read_bytes(), repertoires[root], places)


def _on_bundle(bundle: Path, paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """The files, or what the bundle keeps, with the processes and the profile of the bundle."""
    files = _bundle_files(bundle)
    if bundle_files.PROFILE not in files:
        raise NotFound(f"{bundle}: hierin staat geen {bundle_files.PROFILE}.")
    published = Publications().draft(files)
    only = published.profile
    repertoire = Repertoire(published=published, profiles={only.id: only})
    for path in _files(paths):
        yield from _play_file(str(path), path.read_bytes(), repertoire, repertoire.municipalities)
    for kept in () if paths else kept_scenarios(files):
        yield from _play_file(kept, files[kept], repertoire, partial(_if_here, here=only.id))


def _bundle_files(bundle: Path) -> dict[str, bytes]:
    if bundle.is_file():
        return bundle_files.unpack(bundle.read_bytes())
    kept = {str(path.relative_to(bundle)): path.read_bytes() for path in scenario_files(bundle)}
    return {**bundle_files.read_folder(bundle), **kept}


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
    path: str,
    content: bytes,
    repertoire: Repertoire,
    places: Callable[[Scenario], Sequence[str]],
) -> Iterator[dict[str, Any]]:
    """``places``: the municipalities in which a scenario is played."""
    try:
        scenario = read_scenario(content, file=path)
    except Refused as error:
        yield _outcome(path, None, None, error=str(error), exit=1 + isinstance(error, Unreadable))
        return
    for municipality in places(scenario):
        yield _played(path, scenario, repertoire, municipality)


def _if_here(scenario: Scenario, here: str) -> tuple[str, ...]:
    """Here, unless a kept scenario is of other municipalities only."""
    return (here,) if here in (scenario.municipalities or (here,)) else ()


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
    path: str, scenario: Scenario, repertoire: Repertoire, municipality: str
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
    path: str, scenario: Scenario | None, municipality: str | None, **more: Any
) -> dict[str, Any]:
    return {
        "file": path,
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
