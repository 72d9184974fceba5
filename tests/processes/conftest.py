"""The diagrams, tables and profile of the repository, read once, for every test about content."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree

from service.domain.profile import Profile, read_profile
from service.domain.xml import read_xml
from tests.processes.acts import MONDAY
from tests.processes.walking import Walk

ROOT = Path(__file__).parents[2]
NAMES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "dmn": "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "zeebe": "http://camunda.org/schema/zeebe/1.0",
}
DIAGRAMS = sorted((ROOT / "processes").glob("*/*.bpmn"))
TABLES = sorted((ROOT / "processes").glob("*/*.dmn"))
PROFILES = sorted((ROOT / "processes" / "gemeenten").glob("*.toml"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test per file for whoever asks for a ``diagram``, ``table`` or ``profile``."""
    for name, paths in (
        ("diagram_path", DIAGRAMS),
        ("table_path", TABLES),
        ("profile_path", PROFILES),
    ):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, paths, ids=[path.stem for path in paths])


@pytest.fixture
def diagram(diagram_path: Path) -> etree._Element:
    """The root of one BPMN file."""
    return read_xml(diagram_path.read_bytes(), file=diagram_path.name)


@pytest.fixture
def table(table_path: Path) -> etree._Element:
    """The root of one DMN file."""
    return read_xml(table_path.read_bytes(), file=table_path.name)


@pytest.fixture(scope="session")
def profile() -> Profile:
    """The municipality whose choices the scenarios walk with."""
    path = ROOT / "processes" / "gemeenten" / "midden-delfland.toml"
    return read_profile(path.read_bytes(), file=path.name)


@pytest.fixture
def each_profile(profile_path: Path) -> Profile:
    """Every municipality in turn."""
    return read_profile(profile_path.read_bytes(), file=profile_path.name)


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def names() -> Mapping[str, str]:
    """Prefixes for XPath."""
    return NAMES


@pytest.fixture
def walk(profile: Profile) -> Walk:
    """A case that has not begun, on a Monday morning."""
    return Walk(profile, MONDAY)
