"""The small municipality, for every test of scenarios."""

from pathlib import Path

import pytest

from service.operations.scenario.casting import Repertoire
from tests.unit.operations.scenario import small


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Repertoire:
    """Compiled once."""
    return small.repertoire(tmp_path_factory.mktemp("proef"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder to put scenarios in."""
    return small.municipality(tmp_path)
