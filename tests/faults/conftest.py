"""One production site for the tests of this folder, and the mark ``faults`` on all of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.site import Site, site

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.faults)
            item.add_marker(pytest.mark.timeout(1200))  # more than the patience of one step


@pytest.fixture(scope="session")
def shared_site() -> Iterator[Site]:
    with site() as made:
        yield made


@pytest.fixture
def running(shared_site: Site) -> Site:
    """The site with every part running."""
    shared_site.start()
    return shared_site
