"""The scenario files of the repository, and the bundle that they are played with."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from service.domain.errors import MeldrouteError
from service.operations.scenario.casting import Repertoire, read_repertoire, scenario_files
from service.operations.scenario.read import read_scenario

ROOT = Path(__file__).parents[2]
PROFILES = tuple(sorted(p.stem for p in (ROOT / "processes" / "gemeenten").glob("*.toml")))
FILES = scenario_files(ROOT)


@cache
def repertoire() -> Repertoire:
    """Compiled once for all tests."""
    return read_repertoire(ROOT)


def told(path: Path) -> str:
    """A file as people name it: ``meldroute_signaal/geen_vermoeden``."""
    return f"{path.parents[1].name}/{path.stem}"


def castings() -> Iterator[tuple[Path, str]]:
    """Each file with each municipality that it names; a file that is wrong fails in its test."""
    for path in FILES:
        try:
            scenario = read_scenario(path.read_bytes(), file=told(path))
        except MeldrouteError:
            yield path, PROFILES[0]
            continue
        for municipality in scenario.municipalities or PROFILES:
            yield path, municipality
