"""Every scenario file goes on a database as it is written, with the handlers of the product."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.bootstrap import Application, bootstrap
from service.operations.demo import load_demo
from service.operations.scenario.by_hand import ByHand
from service.operations.scenario.earlier import set_stage
from service.operations.scenario.play import play
from service.operations.scenario.read import read_scenario
from tests.conftest import TestServer
from tests.integration.conftest import MONDAY, Post, settings_for
from tests.processes.stage import PROFILES, ROOT, castings, told

FIRST = dict(reversed(list(castings())))
"""Each file with the first municipality that it names."""


@pytest.fixture(scope="module")
def region(
    database_server: TestServer, template_database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Application]:
    """All municipalities in one installation, with one account per role."""
    with database_server.database(template=template_database) as address:
        application = bootstrap(settings_for(address, tmp_path_factory.mktemp("region")))
        for municipality in PROFILES:
            with application.sessions.begin() as session:
                load_demo(session, now=MONDAY, municipality=municipality)
        yield application
        application.close()


@pytest.mark.parametrize(
    ("path", "municipality"), FIRST.items(), ids=[told(path) for path in FIRST]
)
def test_a_case_goes_as_its_scenario_says(
    region: Application, path: Path, municipality: str
) -> None:
    scenario = read_scenario(path.read_bytes(), file=told(path))
    with region.sessions() as session:  # Nothing stays: the next case begins as this one did.
        stage = set_stage(
            session,
            region.collaborators,
            scenario,
            municipality=municipality,
            root=ROOT,
            work=ByHand(mailer=Post()),
        )
        play(scenario, stage)
