"""Plays every scenario in memory, in each of its municipalities."""

from collections.abc import Iterable
from pathlib import Path

from service.domain.errors import MeldrouteError
from service.operations.scenario.casting import Repertoire
from service.operations.scenario.memory import MemoryStage
from service.operations.scenario.play import Walked, play
from service.operations.scenario.read import read_scenario


def walk_all(repertoire: Repertoire, files: Iterable[Path]) -> tuple[Walked, list[MeldrouteError]]:
    """What was walked together, as far as each scenario came; and what did not go as written."""
    walked: set[tuple[str, str]] = set()
    failed: list[MeldrouteError] = []
    for path in files:
        try:
            scenario = read_scenario(path.read_bytes(), file=str(path))
            municipalities = repertoire.municipalities(scenario)
        except MeldrouteError as error:
            failed.append(error)
            continue
        for municipality in municipalities:
            stage = MemoryStage.of(repertoire.published_for(scenario, municipality), scenario)
            try:
                play(scenario, stage)
            except MeldrouteError as error:
                failed.append(error)
            walked |= stage.walked
    return frozenset(walked), failed
