"""A stage on which the other cases that a scenario presupposes are there already."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from service.domain.errors import NotFound
from service.operations.collaborators import Collaborators
from service.operations.scenario.by_hand import ByHand
from service.operations.scenario.casting import FOLDER
from service.operations.scenario.database import DatabaseStage
from service.operations.scenario.play import play
from service.operations.scenario.read import read_scenario
from service.operations.scenario.script import Scenario, begun


def set_stage(
    session: Session,
    collaborators: Collaborators,
    scenario: Scenario,
    *,
    municipality: str,
    root: Path,
    work: ByHand | None = None,
) -> DatabaseStage:
    """The stage of a scenario; ``root`` holds the scenarios that ``eerder`` names.

    Raises:
        NotFound: one of those is not there.
        ScenarioFailed: one of those does not go as it is written.
    """
    before = []
    there = {}
    for called, earlier in scenario.earlier.items():
        at = scenario.begin - timedelta(weeks=earlier.weeks)
        other = begun(_read(root, scenario, earlier.scenario), at)
        presupposed = set_stage(
            session, collaborators, other, municipality=municipality, root=root, work=work
        )
        play(other, presupposed)
        before.append(presupposed)
        there[called] = presupposed.instance.reference
    stage = DatabaseStage.of(session, collaborators, scenario, municipality=municipality, work=work)
    stage.earlier, stage.before = there, before
    return stage


def _read(root: Path, scenario: Scenario, name: str) -> Scenario:
    process_id, _, stem = name.partition("/")
    path = root / "processes" / process_id / FOLDER / f"{stem}.toml"
    if not path.is_file():
        raise NotFound(f"{scenario.file}: eerder: scenario {name!r} bestaat niet.")
    return read_scenario(path.read_bytes(), file=name)
